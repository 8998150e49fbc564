import { expect, test } from 'vitest'
import type { ProductPhoto } from '../../../src-main/domain/product-photo.ts'
import { makeAudit, makeProduct, testNow } from '../../fixtures/builders.ts'
import { everything, type MakeStore, openShop } from './shop.ts'

const photo = (given: Partial<ProductPhoto> = {}): ProductPhoto => ({
  sku: 'TEA',
  mediaType: 'image/webp',
  widthPx: 640,
  heightPx: 480,
  takenAt: testNow,
  bytes: Uint8Array.from([0, 1, 128, 255]),
  ...given,
})

export function photoSuite(makeStore: MakeStore): void {
  test('a product has one photo: it comes back byte for byte, is replaced as a whole and is removed', async () => {
    const store = await openShop(makeStore)
    expect(await store.findPhoto('TEA')).toBeUndefined()
    const first = photo()
    await store.savePhoto(first, makeAudit())
    expect(await store.findPhoto('TEA')).toEqual(first)
    const second = photo({ mediaType: 'image/jpeg', widthPx: 1, heightPx: 2, bytes: Uint8Array.from([9]) })
    await store.savePhoto(second, makeAudit())
    second.bytes.fill(0)
    expect(await store.findPhoto('TEA')).toMatchObject({ mediaType: 'image/jpeg', bytes: Uint8Array.from([9]) })
    await store.removePhoto('TEA', makeAudit())
    expect(await store.findPhoto('TEA')).toBeUndefined()
    expect((await store.listAudit(everything)).total).toBeGreaterThanOrEqual(3)
  })

  test('the photo of a product stays when the product is saved anew, and ends with the shop', async () => {
    const store = await openShop(makeStore)
    await store.savePhoto(photo(), makeAudit())
    await store.saveProducts([makeProduct({ sku: 'TEA', name: 'Green tea' })], [], makeAudit())
    expect(await store.findPhoto('TEA')).toBeDefined()
    await store.removeEverything()
    expect(await store.findPhoto('TEA')).toBeUndefined()
  })
}
