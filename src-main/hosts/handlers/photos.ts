import { photoOf, removePhoto, setPhoto } from '../../application/product-photos.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { photoOperations } from '../../contract/operations/photos.ts'
import type { Handlers } from '../handlers.ts'

type PhotoHandlers = Pick<Handlers, keyof typeof photoOperations>

export const photoHandlers = (workshop: Workshop): PhotoHandlers => ({
  'products.photo': ({ sku }) => photoOf(workshop, sku),
  'products.photo-set': (input, caller) => setPhoto(workshop, caller, input),
  'products.photo-remove': ({ sku }, caller) => removePhoto(workshop, caller, sku),
})
