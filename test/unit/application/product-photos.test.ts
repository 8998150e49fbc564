import { createCanvas } from '@napi-rs/canvas'
import { afterAll, describe, expect, test } from 'vitest'
import { photoOf, removePhoto, setPhoto } from '../../../src-main/application/product-photos.ts'
import { openTestShop, removeTestShops } from './test-shop.ts'

afterAll(removeTestShops)

const photo = (side: number): string => createCanvas(side, side).toBuffer('image/webp').toString('base64')

describe('the photo of a product', () => {
  test('is kept, replaced and removed, and each deed says what puts it back', async () => {
    const { workshop, caller } = await openTestShop()
    const set = async (base64: string) => (await setPhoto(workshop, caller, { sku: 'TEA', base64 })).undo
    const [first, second] = [photo(10), photo(20)]
    expect(await photoOf(workshop, 'TEA')).toBeNull()
    expect(await set(first)).toEqual({ sku: 'TEA' })
    expect(await photoOf(workshop, 'TEA')).toMatchObject({ mediaType: 'image/webp', widthPx: 10, base64: first })
    expect(await set(second)).toEqual({ sku: 'TEA', base64: first })
    expect(await removePhoto(workshop, caller, 'TEA')).toEqual({ undo: { sku: 'TEA', base64: second } })
    expect(await photoOf(workshop, 'TEA')).toBeNull()
    expect(await removePhoto(workshop, caller, 'TEA')).toEqual({ undo: { sku: 'TEA' } })
  })

  test('is written down as a deed without the picture', async () => {
    const shop = await openTestShop()
    const base64 = photo(10)
    await setPhoto(shop.workshop, shop.caller, { sku: 'TEA', base64 })
    expect(shop.written()).toMatch(/set-photo/)
    const { rows } = await shop.workshop.store.listAudit({ offset: 0, limit: 10 })
    expect(JSON.stringify(rows)).not.toContain(base64.slice(20, 40))
  })

  test('is refused with its reason when it is none, and for a product that is not there', async () => {
    const { workshop, caller } = await openTestShop()
    const refused = async (sku: string, base64: string) =>
      setPhoto(workshop, caller, { sku, base64 }).then(
        () => 'kept',
        ({ code, details }: { code: string; details: { reason?: string } }) => [code, details.reason],
      )
    expect(await refused('TEA', 'not base64')).toEqual(['ERR_PHOTO_NOT_USABLE', 'other-kind'])
    expect(await refused('TEA', btoa('<svg/>'))).toEqual(['ERR_PHOTO_NOT_USABLE', 'other-kind'])
    expect(await refused('TEA', photo(700))).toEqual(['ERR_PHOTO_NOT_USABLE', 'too-many-pixels'])
    expect(await refused('GHOST', photo(10))).toEqual(['ERR_PRODUCT_NOT_FOUND', undefined])
    expect(await photoOf(workshop, 'TEA')).toBeNull()
  })
})
