import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { placeCounterOrder, type CounterOrder, type PlacedOrder } from '../../../src-main/application/place-counter-order.ts' // prettier-ignore
import { usualInvoiceSettings, type InvoiceSettings } from '../../../src-main/domain/invoice.ts'
import type { Order } from '../../../src-main/domain/order.ts'
import { testId, testNow } from '../../fixtures/builders.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

const folder = mkdtempSync(join(tmpdir(), 'backroom-counter-'))
let files = 0

export function removeCounterShops(): void {
  removeTestShops()
  rmSync(folder, { recursive: true, force: true })
}

/** Both stores, for tests that run over each. */
export const stores = [
  ['in memory', undefined],
  [
    'in a SQLite file',
    () => {
      files += 1
      const path = join(folder, `shop-${files}.sqlite`)
      return openSqliteStore({ path, clock: { now: () => testNow }, backupFolder: join(folder, 'b') })
    },
  ],
] as const

/** A shop that may invoice. */
export const openCounterShop = (
  makeStore?: (typeof stores)[number][1],
  invoices: Partial<InvoiceSettings> = {},
): Promise<TestShop> =>
  openTestShop({ makeStore, settings: { invoices: { ...usualInvoiceSettings, vatId: 'DE123456789', ...invoices } } })

export const counterAddress = {
  lines: ['Xylophonallee 77'],
  postcode: '10115',
  city: 'Berlin',
  country: 'DE',
}

export const place = (shop: TestShop, given: Partial<CounterOrder> = {}): Promise<PlacedOrder> =>
  placeCounterOrder(shop.workshop, shop.caller, {
    key: testId('counter-key'),
    lines: [{ code: 'TEA', quantity: 2 }],
    service: 'collect',
    customer: {},
    payment: 'on-delivery',
    shippingMinor: 0,
    acceptShort: false,
    ...given,
  })

export async function orderOf(shop: TestShop, idOrCode: string): Promise<Order> {
  const file = await shop.store.findOrder(idOrCode)
  if (!file) throw new Error(`no order ${idOrCode}`)
  return file.order
}
