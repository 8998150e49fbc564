import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useBridge, type Caller } from '../bridge/index.ts'
import type { OperationName, OutputOf } from '../../src-main/contract/operations.ts'
import { createFormats } from '../format/amounts.ts'
import { useLanguage } from './language.ts'

type Settings = OutputOf<'settings.get'>

/** Operations whose buttons a station does not show; the server refuses them there in any case. */
const managersOnly: ReadonlySet<OperationName> = new Set<OperationName>([
  'waves.plan',
  'waves.run',
  'orders.hold',
  'orders.recipient',
  'orders.place',
  'counter.return',
  'invoices.list',
  'catalogue.import',
  'catalogue.measure',
  'manifests.list',
  'couriers.list',
  'storefronts.sync',
  'reports.deliver',
  'settings.save',
  'keys.state',
  'printers.save',
])

/** Who is here, and how the shop writes money and times. */
export const useSession = defineStore('session', () => {
  const bridge = useBridge()
  const language = useLanguage()
  const caller = ref<Caller>({ door: 'station', name: '' })
  const settings = ref<Settings>()
  const isStation = computed(() => caller.value.door === 'station')
  const formats = computed(() =>
    createFormats({
      // Days before months and 24 hours, as most English-speaking shops in the world write them.
      locale: language.locale.value === 'en' ? 'en-GB' : language.locale.value,
      currency: settings.value?.shop.currency ?? 'EUR',
      zone: settings.value?.shop.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
  )

  async function load(): Promise<void> {
    caller.value = await bridge.whoAmI()
    await loadSettings()
  }

  /** A shop that was never set up has no settings; the screens then say so themselves. */
  async function loadSettings(): Promise<void> {
    settings.value = await bridge.call('settings.get', {}).catch(() => undefined)
  }

  const may = (operation: OperationName): boolean => !isStation.value || !managersOnly.has(operation)
  return { caller, settings, isStation, formats, load, loadSettings, may }
})
