import { readPhoto, type ProductPhoto } from '../domain/product-photo.ts'
import { fromBase64, toBase64 } from '../kernel/base64.ts'
import { AppError } from '../kernel/errors.ts'
import { photoLimits } from '../kernel/photo-limits.ts'
import { auditEntry } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

/** A photo as it crosses a door. */
export type ShownPhoto = Omit<ProductPhoto, 'bytes'> & { readonly base64: string }

/** The photo that was there before, to be set again; undefined = there was none. */
export interface PhotoOutcome {
  readonly undo: { readonly sku: string; readonly base64?: string | undefined }
}

/** The photo of a product; null where it has none, or where there is no such product. */
export async function photoOf({ store }: Pick<Deps, 'store'>, sku: string): Promise<ShownPhoto | null> {
  const photo = await store.findPhoto(sku)
  if (!photo) return null
  const { bytes, ...facts } = photo
  return { ...facts, base64: toBase64(bytes) }
}

/**
 * Keeps a photo as the only one of a product. Throws ERR_PRODUCT_NOT_FOUND { product } and ERR_PHOTO_NOT_USABLE
 * { reason } for anything that is no small still picture, by its bytes.
 */
export async function setPhoto(
  deps: Deps,
  caller: Caller,
  { sku, base64 }: { readonly sku: string; readonly base64: string },
): Promise<PhotoOutcome> {
  const [product] = await deps.store.loadProducts([sku])
  if (!product) throw new AppError('ERR_PRODUCT_NOT_FOUND', { product: sku })
  const bytes = fromBase64(base64)
  const facts = bytes ? readPhoto(bytes) : ({ fault: 'other-kind' } as const)
  if (!bytes || 'fault' in facts) throw notUsable('fault' in facts ? facts.fault : 'other-kind')
  const undo = await undoOf(deps, sku)
  const photo: ProductPhoto = { sku, ...facts, takenAt: deps.system.clock.now(), bytes }
  const deed = { action: 'set-photo', entity: 'product', entityId: sku, facts: { bytes: bytes.length } }
  await deps.store.savePhoto(photo, auditEntry(deps.system, caller, deed))
  return { undo }
}

const notUsable = (reason: string): AppError =>
  new AppError('ERR_PHOTO_NOT_USABLE', { reason, mostPixels: photoLimits.sidePx, mostBytes: photoLimits.bytes })

/** Takes the photo of a product away. Nothing happens where there is none. */
export async function removePhoto(deps: Deps, caller: Caller, sku: string): Promise<PhotoOutcome> {
  const undo = await undoOf(deps, sku)
  if (undo.base64 === undefined) return { undo }
  const deed = { action: 'remove-photo', entity: 'product', entityId: sku }
  await deps.store.removePhoto(sku, auditEntry(deps.system, caller, deed))
  return { undo }
}

async function undoOf({ store }: Deps, sku: string): Promise<PhotoOutcome['undo']> {
  const former = await store.findPhoto(sku)
  return former ? { sku, base64: toBase64(former.bytes) } : { sku }
}
