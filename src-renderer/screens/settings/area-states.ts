import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useBridge, type Bridge } from '../../bridge/index.ts'
import { useLoaded } from '../../stores/loaded.ts'
import { useWallTime } from '../../stores/now.ts'
import { useSession } from '../../stores/session.ts'

/** One area of the settings: how it stands, in one sentence, and where it is changed. */
export interface Area {
  readonly name: string
  readonly icon: string
  readonly to: string
  readonly sentence: string
  /** Something is missing that a shop wants. */
  readonly isLacking: boolean
}

async function readFacts(bridge: Bridge) {
  const [settings, printing, staff, stations, terminals, privacy, keys, backups, couriers, storefronts] =
    await Promise.all([
      bridge.call('settings.get', {}),
      bridge.call('printers.list', {}),
      bridge.call('staff.list', {}),
      bridge.call('stations.state', {}),
      bridge.call('terminals.list', {}),
      bridge.call('privacy.state', {}),
      bridge.call('keys.state', {}),
      bridge.call('backup.state', {}),
      bridge.call('couriers.list', {}),
      bridge.call('storefronts.list', {}),
    ])
  return { settings, printing, staff, stations, terminals, privacy, keys, backups, couriers, storefronts }
}
type Facts = Awaited<ReturnType<typeof readFacts>>

/** How an area stands: the name of its sentence, what is filled in, and how many it speaks of. */
interface Said {
  readonly state: string
  readonly facts?: { readonly [name: string]: string | number }
  readonly n?: number
  readonly isLacking: boolean
}

const shopOf = ({ settings: { shop, isSample } }: Facts): Said => ({
  state: isSample ? 'sample' : 'own',
  facts: { name: shop.name, country: shop.country, currency: shop.currency, zone: shop.zone },
  isLacking: false,
})

const storefrontsOf = ({ storefronts: { length } }: Facts): Said => ({
  state: length > 0 ? 'some' : 'none',
  n: length,
  isLacking: length === 0,
})

function couriersOf({ couriers }: Facts): Said {
  const without = couriers.filter(({ keys }) => keys.every(({ revokedAt }) => revokedAt !== undefined)).length
  const state = couriers.length === 0 ? 'none' : without > 0 ? 'lacking' : 'all'
  return { state, facts: { without }, n: couriers.length, isLacking: state !== 'all' }
}

function printersOf({ printing: { printers, uses } }: Facts): Said {
  const forLabels = uses.find(({ kind }) => kind === 'label')?.printerId
  const printer = printers.find(({ id }) => id === forLabels)
  const state = printers.length === 0 ? 'none' : printer ? 'label' : 'noLabel'
  return { state, facts: { printer: printer?.name ?? '' }, n: printers.length, isLacking: state !== 'label' }
}

function staffOf({ staff }: Facts): Said {
  const without = staff.filter(({ hasPin }) => !hasPin).length
  const state = staff.length === 0 ? 'none' : without > 0 ? 'lacking' : 'all'
  return { state, facts: { without }, n: staff.length, isLacking: without > 0 }
}

function stationsOf({ stations, terminals }: Facts): Said {
  const state = !stations.isWanted ? 'closed' : stations.problem ? 'problem' : 'open'
  const paired = terminals.filter(({ revokedAt }) => revokedAt === undefined).length
  return { state, facts: { minutes: stations.lockMinutes }, n: paired, isLacking: state === 'problem' }
}

function privacyOf({ settings, privacy: { purgeDaysAfterDelivery: days } }: Facts): Said {
  const isOff = settings.privacy.sealing === 'off'
  return { state: isOff ? 'off' : 'sealed', facts: { days }, n: days, isLacking: isOff }
}

/** The areas that one sentence says; the key and the backup have words of their own. */
const kinds = [
  ['shop', 'i-lucide-store', '/first-run/shop', shopOf],
  ['storefronts', 'i-lucide-globe', '/storefronts', storefrontsOf],
  ['couriers', 'i-lucide-truck', '/couriers', couriersOf],
  ['printers', 'i-lucide-printer', '/printing', printersOf],
  ['staff', 'i-lucide-users', '/stations/staff', staffOf],
  ['stations', 'i-lucide-tablet-smartphone', '/stations', stationsOf],
  ['privacy', 'i-lucide-shield-check', '/privacy/forgetting', privacyOf],
] as const

/** How every area stands, read from the shop itself and never remembered. */
export function useAreas() {
  const bridge = useBridge()
  const session = useSession()
  const { t } = useI18n()
  const now = useWallTime()
  const { value, problem, reload } = useLoaded(
    () => session.settings?.shop.name,
    () => readFacts(bridge),
  )

  function backupSentence({ lastVerifiedAt, folder, failure, second }: Facts['backups']): string {
    const verified =
      lastVerifiedAt === undefined
        ? t('privacy.backups.never')
        : t('privacy.backups.verified', { when: session.formats.moment(lastVerifiedAt, now.value), folder })
    const more = [
      ...(failure ? [t('settings.areas.backup.failed')] : []),
      ...(second === 'none' ? [t('privacy.backups.secondNone')] : []),
    ]
    return [verified, ...more].join(' ')
  }

  const areas = computed<readonly Area[]>(() => {
    const facts = value.value
    if (!facts) return []
    const said = kinds.map(([name, icon, to, read]): Area => {
      const { state, facts: filled = {}, n = 2, isLacking } = read(facts)
      return { name, icon, to, isLacking, sentence: t(`settings.areas.${name}.${state}`, { ...filled, n }, n) }
    })
    const { keys, backups } = facts
    const isFine = backups.lastVerifiedAt !== undefined && !backups.isDue && !backups.failure
    return [
      ...said,
      {
        name: 'keys',
        icon: 'i-lucide-key-round',
        to: '/privacy/keys',
        sentence: keys.openedBy
          ? t('settings.areas.keys.open', { way: t(`privacy.keys.kinds.${keys.openedBy}`) })
          : t('settings.areas.keys.closed'),
        isLacking: !keys.isOpen,
      },
      {
        name: 'backup',
        icon: 'i-lucide-archive-restore',
        to: '/privacy/backups',
        sentence: backupSentence(backups),
        isLacking: !isFine || backups.second !== 'present',
      },
    ]
  })
  return { areas, problem, reload }
}
