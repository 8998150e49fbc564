import { useI18n } from 'vue-i18n'
import { useToast } from '@nuxt/ui/composables'

/** One toast at a time: whoever goes from product to product has no tower of them over the fields. */
let shown: string | number | undefined

/** Says what was done to a product, with the way back. */
export function useUndoToast() {
  const { t } = useI18n()
  const toast = useToast()
  return (said: { readonly title: string; readonly description?: string }, undo: () => Promise<unknown>): void => {
    if (shown !== undefined) toast.remove(shown)
    shown = toast.add({
      ...said,
      icon: 'i-lucide-check',
      color: 'success',
      actions: [
        {
          label: t('worklist.undo'),
          icon: 'i-lucide-undo-2',
          color: 'neutral',
          variant: 'outline',
          onClick: () => void undo(),
        },
      ],
    }).id
  }
}
