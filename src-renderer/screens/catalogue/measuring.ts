import { useI18n } from 'vue-i18n'
import type { InputOf, OutputOf } from '../../../src-main/contract/operations.ts'
import { useActions } from '../../stores/actions.ts'
import { useUndoToast } from './undo-toast.ts'

type Change = InputOf<'catalogue.measure'>['changes'][number]
type Outcome = OutputOf<'catalogue.measure'>

/** Saying what products measure; each deed can be taken back from its toast. */
export function useMeasuring() {
  const { t } = useI18n()
  const say = useUndoToast()
  const { perform } = useActions()

  /** As it goes back through the door: lists there are no longer read-only. */
  const again = (undo: Outcome['undo']): Change[] => structuredClone(undo) as Change[] // plain data, equal in shape

  const tell = (title: string, released: number, undo: () => Promise<unknown>): void =>
    say({ title, ...(released > 0 && { description: t('worklist.released', { n: released }, released) }) }, undo)

  async function measure(change: Change, title: string): Promise<boolean> {
    const outcome = await perform('catalogue.measure', { changes: [change] })
    if (!outcome) return false
    tell(title, outcome.released, () => perform('catalogue.measure', { changes: again(outcome.undo) }, t('worklist.undone'))) // prettier-ignore
    return true
  }

  async function confirm(sku: string, title: string): Promise<boolean> {
    const outcome = await perform('catalogue.confirm-measures', { skus: [sku] })
    if (!outcome) return false
    tell(title, outcome.released, () => perform('catalogue.measure', { changes: again(outcome.undo) }, t('worklist.undone'))) // prettier-ignore
    return true
  }

  async function estimate(): Promise<void> {
    const outcome = await perform('catalogue.estimate', {})
    if (!outcome) return
    const { skus, without, released } = outcome
    const title = [
      t('worklist.estimated', { n: skus.length }, skus.length),
      without > 0 && t('worklist.without', { n: without }, without),
    ]
      .filter(Boolean)
      .join(' ')
    tell(title, released, () =>
      perform('catalogue.estimate', { skus: [...skus], withdraw: true }, t('worklist.undone')),
    )
  }

  return { measure, confirm, estimate }
}
