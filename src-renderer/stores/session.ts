import { useLocalStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useBridge, type Caller } from '../bridge/index.ts'
import { AppError } from '../../src-main/kernel/errors.ts'
import type { OperationName, OutputOf } from '../../src-main/contract/operations.ts'
import { createFormats } from '../format/amounts.ts'
import { useLanguage } from './language.ts'
import { useUnits } from './units.ts'

type Settings = OutputOf<'settings.get'>

const isNotSetUp = (error: unknown): boolean => error instanceof AppError && error.code === 'ERR_SHOP_NOT_INITIALISED'

/** Before anybody answered: a station that may do nothing yet. */
const stranger: Caller = { door: 'station', name: '' }

/** Who is here, and how the shop writes money and times. */
export const useSession = defineStore('session', () => {
  const bridge = useBridge()
  const language = useLanguage()
  const units = useUnits()
  const caller = ref<Caller>(stranger)
  /** Who stood here last: a station that is opened anew while the connection is down goes on as that. Nothing secret. */
  const lastHere = useLocalStorage<Caller>('backroom.last-here', stranger)
  const settings = ref<Settings>()
  const isStation = computed(() => caller.value.door === 'station')
  const isPaired = computed(() => !isStation.value || caller.value.standing !== undefined)
  const needsSignIn = computed(() => caller.value.standing === 'nobody')
  /** It was paired, and a manager took that back. */
  const wasRevoked = computed(() => !isPaired.value && lastHere.value.name !== '')
  const formats = computed(() =>
    createFormats({
      // Days before months and 24 hours, as most English-speaking shops in the world write them.
      locale: language.locale.value === 'en' ? 'en-GB' : language.locale.value,
      currency: settings.value?.shop.currency ?? 'EUR',
      zone: settings.value?.shop.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      units: units.value,
      direction: language.direction.value,
    }),
  )

  async function load(): Promise<void> {
    await lookWhoIsHere()
    await loadSettings()
  }

  /** Asks again; without an answer whoever was here stays. */
  async function lookWhoIsHere(): Promise<void> {
    try {
      const now = await bridge.whoAmI()
      if (JSON.stringify(now) !== JSON.stringify(caller.value)) caller.value = now
      if (now.standing !== undefined) lastHere.value = now
    } catch {
      if (caller.value === stranger) caller.value = lastHere.value
    }
  }

  /** A shop that was never set up has no settings, nor has who may not read them; the screens then say so themselves. */
  async function loadSettings(): Promise<void> {
    if (!isPaired.value || needsSignIn.value) return
    settings.value = await bridge
      .call('settings.get', {})
      .catch((error: unknown) => (isNotSetUp(error) ? undefined : settings.value))
  }

  /** Something was written somewhere: settings may differ, and so may who stands here. */
  async function refresh(): Promise<void> {
    if (isStation.value) await lookWhoIsHere()
    await loadSettings()
  }

  /** The server refuses in any case; what it would refuse is not shown. */
  const may = (operation: OperationName): boolean =>
    caller.value.operations?.includes(operation) ?? caller.value.door !== 'station'
  return { caller, settings, isStation, isPaired, needsSignIn, wasRevoked, formats, load, lookWhoIsHere, loadSettings, refresh, may } // prettier-ignore
})
