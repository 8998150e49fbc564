import { useI18n } from 'vue-i18n'
import { useToast } from '@nuxt/ui/composables'
import type { InputOf, OutputOf } from '../../../src-main/contract/operations.ts'
import { useActions } from '../../stores/actions.ts'

type Undo = OutputOf<'orders.cancel'>['undo']

/** A toast with a way back stays as long as somebody needs to read it and reach it, and no longer than the way is open. */
const longestMs = 20_000

/** What is done to an order: each says how it went, and offers the way back. Answers undefined when it was refused. */
export function useOrderDeeds() {
  const { t } = useI18n()
  const toast = useToast()
  const { perform } = useActions()

  interface Told {
    readonly back?: (() => unknown) | undefined
    readonly ms?: number | undefined
    readonly description?: string | undefined
  }

  function tell(title: string, { back, ms = longestMs, description }: Told = {}): void {
    toast.add({
      title,
      icon: 'i-lucide-check',
      color: 'success',
      ...(description && { description }),
      ...(back && {
        duration: Math.min(ms, longestMs),
        actions: [
          { label: t('returns.undo'), icon: 'i-lucide-undo-2', color: 'neutral', variant: 'outline', onClick: () => void back() },
        ],
      }),
    }) // prettier-ignore
  }

  async function takeBack(order: string, undo: string): Promise<void> {
    const done = await perform('orders.undo', { order, undo })
    if (!done) return
    const [code = order, other = ''] = done.orders
    tell(t(`changes.undone.${done.address ?? done.deed}`, { code, other }))
  }

  const wayBack = (order: string, undo: Undo): Told =>
    undo ? { back: () => takeBack(order, undo.id), ms: undo.ms } : {}

  const release = (order: string): Promise<unknown> =>
    perform('orders.release', { order }, t('orders.released', { code: order }))

  async function hold(order: string): Promise<unknown> {
    const done = await perform('orders.hold', { order })
    if (done !== undefined) tell(t('orders.held', { code: order }), { back: () => release(order) })
    return done
  }

  /** `isTold`: the storefront hears of it, once the time to take it back is over. */
  async function cancel(order: string, { reason, isTold }: { reason: string; isTold: boolean }): Promise<unknown> {
    const done = await perform('orders.cancel', { order, reason })
    if (!done) return undefined
    const description = done.undo && isTold ? t('changes.toldLater') : undefined
    tell(t('orders.cancelled', { code: order }), { ...wayBack(order, done.undo), description })
    return done
  }

  async function merge(into: string, other: string): Promise<unknown> {
    const done = await perform('orders.merge', { into, other })
    if (done) tell(t('changes.done.merge', { code: into }), wayBack(into, done.undo))
    return done
  }

  async function move(input: InputOf<'orders.change-address'>): Promise<unknown> {
    const { order: code } = input
    const done = await perform('orders.change-address', input)
    if (done) tell(t(`changes.done.address.${done.outcome}`, { code }), wayBack(code, done.undo))
    return done
  }

  async function split(order: string, parts: InputOf<'orders.split'>['parts']): Promise<unknown> {
    const made = await perform('orders.split', { order, parts })
    if (made) tell(t('changes.done.split', { code: made.code }), { back: () => joinAgain(order, made.code) })
    return made
  }

  const joinAgain = (into: string, other: string): Promise<unknown> =>
    perform('orders.merge', { into, other }, t('changes.done.merge', { code: into }))

  async function sendRest(order: string): Promise<unknown> {
    const made = await perform('orders.send-rest', { order })
    if (made) tell(t('changes.done.sendRest', { code: made.code }))
    return made
  }

  return { hold, release, cancel, merge, move, split, sendRest }
}
