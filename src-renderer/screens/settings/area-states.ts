import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useBridge } from '../../bridge/index.ts'
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

/** How every area stands, read from the shop itself and never remembered. */
export function useAreas() {
  const bridge = useBridge()
  const session = useSession()
  const { t } = useI18n()
  const now = useWallTime()
  const {
    value: facts,
    problem,
    reload,
  } = useLoaded(
    () => session.settings?.shop.name,
    async () => {
      const [printing, staff, stations, terminals, privacy, keys, backups, couriers, storefronts] = await Promise.all([
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
      return { printing, staff, stations, terminals, privacy, keys, backups, couriers, storefronts }
    },
  )
  const areas = computed<readonly Area[]>(() => {
    const { value: known } = facts
    const { settings, formats } = session
    if (!known || !settings) return []
    const say = (name: string, state: string, facts: object = {}, n = 2): string =>
      t(`settings.areas.${name}.${state}`, { ...facts }, n)
    const labelPrinter = known.printing.uses.find(({ kind }) => kind === 'label')
    const printer = known.printing.printers.find(({ id }) => id === labelPrinter?.printerId)
    const withoutPin = known.staff.filter(({ hasPin }) => !hasPin).length
    const paired = known.terminals.filter(({ revokedAt }) => revokedAt === undefined).length
    const withoutKey = known.couriers.filter(({ keys }) =>
      keys.every(({ revokedAt }) => revokedAt !== undefined),
    ).length
    const { lastVerifiedAt, folder, isDue, failure, second } = known.backups
    const isBackedUp = lastVerifiedAt !== undefined
    const opens = known.keys.openedBy
    return [
      {
        name: 'shop',
        icon: 'i-lucide-store',
        to: '/setup',
        sentence: say('shop', settings.isSample ? 'sample' : 'own', { name: settings.shop.name, country: settings.shop.country, currency: settings.shop.currency, zone: settings.shop.zone }), // prettier-ignore
        isLacking: false,
      },
      {
        name: 'storefronts',
        icon: 'i-lucide-globe',
        to: '/setup',
        sentence: say('storefronts', known.storefronts.length > 0 ? 'some' : 'none', { n: known.storefronts.length }, known.storefronts.length), // prettier-ignore
        isLacking: known.storefronts.length === 0,
      },
      {
        name: 'couriers',
        icon: 'i-lucide-truck',
        to: '/couriers',
        sentence: known.couriers.length === 0 ? say('couriers', 'none') : say('couriers', withoutKey > 0 ? 'lacking' : 'all', { n: known.couriers.length, without: withoutKey }, known.couriers.length), // prettier-ignore
        isLacking: known.couriers.length === 0 || withoutKey > 0,
      },
      {
        name: 'printers',
        icon: 'i-lucide-printer',
        to: '/printing',
        sentence: known.printing.printers.length === 0 ? say('printers', 'none') : printer ? say('printers', 'label', { n: known.printing.printers.length, printer: printer.name }, known.printing.printers.length) : say('printers', 'noLabel', { n: known.printing.printers.length }, known.printing.printers.length), // prettier-ignore
        isLacking: printer === undefined,
      },
      {
        name: 'staff',
        icon: 'i-lucide-users',
        to: '/stations/staff',
        sentence: known.staff.length === 0 ? say('staff', 'none') : say('staff', withoutPin > 0 ? 'lacking' : 'all', { n: known.staff.length, without: withoutPin }, known.staff.length), // prettier-ignore
        isLacking: withoutPin > 0,
      },
      {
        name: 'stations',
        icon: 'i-lucide-tablet-smartphone',
        to: '/stations',
        sentence: say('stations', known.stations.isWanted ? (known.stations.problem ? 'problem' : 'open') : 'closed', { n: paired, minutes: known.stations.lockMinutes }, paired), // prettier-ignore
        isLacking: known.stations.isWanted && known.stations.problem !== undefined,
      },
      {
        name: 'privacy',
        icon: 'i-lucide-shield-check',
        to: '/privacy/forgetting',
        sentence: say('privacy', settings.privacy.sealing === 'off' ? 'off' : 'sealed', { days: known.privacy.purgeDaysAfterDelivery }, known.privacy.purgeDaysAfterDelivery), // prettier-ignore
        isLacking: settings.privacy.sealing === 'off',
      },
      {
        name: 'keys',
        icon: 'i-lucide-key-round',
        to: '/privacy/keys',
        sentence: known.keys.isOpen && opens ? say('keys', 'open', { way: t(`privacy.keys.kinds.${opens}`) }) : say('keys', 'closed'), // prettier-ignore
        isLacking: !known.keys.isOpen,
      },
      {
        name: 'backup',
        icon: 'i-lucide-archive-restore',
        to: '/privacy/backups',
        sentence: [
          isBackedUp ? t('privacy.backups.verified', { when: formats.moment(lastVerifiedAt, now.value), folder }) : t('privacy.backups.never'), // prettier-ignore
          ...(failure ? [say('backup', 'failed')] : []),
          ...(second === 'none' ? [t('privacy.backups.secondNone')] : []),
        ].join(' '),
        isLacking: !isBackedUp || isDue || failure !== undefined || second !== 'present',
      },
    ]
  })
  return { areas, problem, reload }
}
