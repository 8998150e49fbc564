import { z } from 'zod'
import type { PhotoOutcomeView, ProductPhotoView } from '../measure-views.ts'
import { command, everywhere, packing, query } from '../operation.ts'

const sku = z.string().min(1).max(200)

/** How products look. What is larger than a photo may be is told in words of its own, so the limit here is far above. */
export const photoOperations = {
  'products.photo': query<ProductPhotoView | null>()(everywhere, z.object({ sku })),
  'products.photo-set': command<PhotoOutcomeView>()(packing, z.object({ sku, base64: z.string().max(8_000_000) })),
  'products.photo-remove': command<PhotoOutcomeView>()(packing, z.object({ sku })),
}
