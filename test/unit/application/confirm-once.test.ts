import { afterAll, describe, expect, test } from 'vitest'
import { createRoom } from '../../../src-main/hosts/handlers.ts'
import type { Reply } from '../../../src-main/contract/failure.ts'
import { groupSeparator } from '../../../src-main/kernel/scanned-code.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { issued, pickAll, shelves, takeOrders } from './line-of-work.ts'
import { gtins, openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const ids = ['0193a3c5-0000-7000-8000-000000000001', '0193a3c5-0000-7000-8000-000000000002'] as const

/** The floor's calls as a station makes them. */
function station(shop: TestShop) {
  const room = createRoom(shop.workshop)
  return (operation: string, input: object): Promise<Reply<unknown>> =>
    room.call(operation, input, { door: 'station', actor: 'station:1' }, 'job')
}

async function issuedTea(quantity: number) {
  const shop = await openTestShop()
  await takeOrders(shop, [storefrontOrder({ TEA: quantity })])
  const wave = await issued(shop)
  return { shop, wave, call: station(shop) }
}

describe('a confirmation under an id of the station', () => {
  test('counts once, however often it is told, and answers how the stop stands', async () => {
    const { shop, wave, call } = await issuedTea(3)
    const pick = { wave, tour: 1, seq: 1, code: gtins.TEA, quantity: 1, id: ids[0] }
    const once = await call('pick.confirm', pick)
    expect(once).toMatchObject({ ok: true, value: { picked: 1, quantity: 3 } })
    expect(await call('pick.confirm', pick)).toEqual(once)
    expect(await call('pick.confirm', { ...pick, id: ids[1] })).toMatchObject({ value: { picked: 2 } })
    expect(await call('pick.confirm', pick)).toMatchObject({ value: { picked: 2 } })
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [8, 1] })
  })

  test('that was refused kept nothing: the same id may be tried again', async () => {
    const { wave, call } = await issuedTea(2)
    const pick = { wave, tour: 1, seq: 1, code: gtins.MUG, quantity: 2, id: ids[0] }
    expect(await call('pick.confirm', pick)).toMatchObject({ error: { code: 'ERR_PICK_WRONG_PRODUCT' } })
    expect(await call('pick.confirm', { ...pick, code: gtins.TEA })).toMatchObject({ value: { picked: 2 } })
  })

  test('is refused for anything else than it was made for', async () => {
    const { wave, call } = await issuedTea(3)
    const pick = { wave, tour: 1, seq: 1, code: gtins.TEA, quantity: 1, id: ids[0] }
    await call('pick.confirm', pick)
    expect(await call('pick.confirm', { ...pick, quantity: 2 })).toMatchObject({ error: { code: 'ERR_INPUT_INVALID' } })
  })

  test('counts a short pick and a packed parcel once as well', async () => {
    const { shop, wave, call } = await issuedTea(2)
    const short = { wave, tour: 1, seq: 1, quantity: 2, id: ids[0] }
    expect(await call('pick.short', short)).toMatchObject({ value: { otherLocation: 'A-2', stop: { short: 2 } } })
    expect(await call('pick.short', short)).toMatchObject({ ok: true, value: { stop: { short: 2 } } })
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [8, 0], 'TEA A-2': [4, 2] })
    await pickAll(shop, wave)
    const [parcel] = (await shop.store.loadWave(wave)).parcels
    const pack = { parcelId: parcel?.id ?? '', id: ids[1] }
    const once = await call('pack.confirm', pack)
    expect(once).toMatchObject({ ok: true, value: { wavePacked: true } })
    expect(await call('pack.confirm', pack)).toEqual(once)
  })
})

describe('what a longer code tells', () => {
  test('finds the product, and refuses a piece past its day', async () => {
    const { wave, call } = await issuedTea(2)
    const pick = { wave, tour: 1, seq: 1, quantity: 1 }
    const code = (day: string) => `]d201${gtins.TEA.padStart(14, '0')}15${day}10L1${groupSeparator}`
    expect(await call('pick.confirm', { ...pick, code: code('200101') })).toMatchObject({
      error: { code: 'ERR_PICK_EXPIRED', details: { day: '2020-01-01', sku: 'TEA' } },
    })
    expect(await call('pick.confirm', { ...pick, code: code('490101') })).toMatchObject({ value: { picked: 1 } })
  })
})

describe('the weight of a packed parcel', () => {
  test('is compared with its plan; what is off is said with the piece that explains it, and may be accepted', async () => {
    const { shop, wave, call } = await issuedTea(2)
    await pickAll(shop, wave)
    const bundle = await shop.store.loadWave(wave)
    const [parcel] = bundle.parcels
    const teaG = bundle.products.find(({ sku }) => sku === 'TEA')?.weightG ?? 0
    const plannedG = parcel?.totals.grossG ?? 0
    const pack = { parcelId: parcel?.id ?? '', wrongScans: 3 }
    expect(await call('pack.confirm', { ...pack, weighedG: plannedG - teaG })).toMatchObject({
      error: { code: 'ERR_PACK_WEIGHT', details: { plannedG, differenceG: -teaG, hintSku: 'TEA', hintPieces: 1 } },
    })
    expect((await shop.store.loadWave(wave)).parcels[0]?.status).toBe('picking')
    expect(await call('pack.confirm', { ...pack, weighedG: plannedG - teaG, acceptsWeight: true })).toMatchObject({
      ok: true,
    })
  })
})
