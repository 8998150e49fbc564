import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useToast } from '@nuxt/ui/composables'
import type { OutputOf } from '../../../src-main/contract/operations.ts'
import { smallPhoto } from '../../devices/camera/small-photo.ts'
import { useActions } from '../../stores/actions.ts'
import { useUndoToast } from './undo-toast.ts'

type Undo = OutputOf<'products.photo-set'>['undo']

/** Setting and removing a product's photo; each deed can be taken back from its toast. */
export function usePhotographing(product: () => { readonly sku: string; readonly name: string }) {
  const { t } = useI18n()
  const toast = useToast()
  const { perform } = useActions()
  const say = useUndoToast()
  const isBusy = ref(false)

  const putBack = ({ sku, base64 }: Undo): Promise<unknown> =>
    base64 === undefined
      ? perform('products.photo-remove', { sku }, t('worklist.undone'))
      : perform('products.photo-set', { sku, base64 }, t('worklist.undone'))

  async function keep(source: Blob | HTMLVideoElement): Promise<void> {
    const { sku, name } = product()
    isBusy.value = true
    try {
      const base64 = await smallPhoto(source)
      if (base64 === undefined) {
        toast.add({ title: t('photo.noPicture'), description: t('photo.noPictureText'), icon: 'i-lucide-image-off' })
        return
      }
      const outcome = await perform('products.photo-set', { sku, base64 })
      if (outcome) say({ title: t(outcome.undo.base64 === undefined ? 'photo.kept' : 'photo.replaced', { name }) }, () => putBack(outcome.undo)) // prettier-ignore
    } finally {
      isBusy.value = false
    }
  }

  async function remove(): Promise<void> {
    const { sku, name } = product()
    const outcome = await perform('products.photo-remove', { sku })
    if (outcome) say({ title: t('photo.removed', { name }) }, () => putBack(outcome.undo))
  }

  return { keep, remove, isBusy }
}
