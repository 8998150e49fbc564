import { useI18n } from 'vue-i18n'
import { useToast } from '@nuxt/ui/composables'
import { useActions } from '../../stores/actions.ts'
import { forSaving, type CartonRow } from './carton-draft.ts'

/** Saving and taking out, each with a way back. */
export function useKeeping() {
  const { t } = useI18n()
  const toast = useToast()
  const { perform } = useActions()

  const put = (row: Pick<CartonRow, 'carton'> & { readonly onHand?: number | undefined }) =>
    perform('cartons.save', { carton: forSaving(row.carton), ...(row.onHand !== undefined && { onHand: row.onHand }) })

  function say(title: string, undo: () => Promise<unknown>): void {
    toast.add({
      title,
      icon: 'i-lucide-check',
      color: 'success',
      actions: [{ label: t('cartons.undo'), color: 'neutral', variant: 'outline', onClick: () => void undo() }],
    })
  }

  /** `before` undefined = it is new. True when it was saved. */
  async function save(
    row: { readonly carton: CartonRow['carton']; readonly onHand?: number | undefined },
    before: CartonRow | undefined,
  ): Promise<boolean> {
    const saved = await put(row)
    if (!saved) return false
    say(t('cartons.saved', { code: row.carton.code }), () =>
      before ? put(before) : perform('cartons.remove', { code: row.carton.code }),
    )
    return true
  }

  async function remove(code: string): Promise<boolean> {
    const was = await perform('cartons.remove', { code })
    if (was) say(t('cartons.removed', { code }), () => put(was))
    return was !== undefined
  }
  return { save, remove }
}
