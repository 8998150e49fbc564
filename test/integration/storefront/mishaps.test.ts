import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProtocolStorefront } from '../../../src-main/adapters/storefronts/open-protocol/open-protocol-storefront.ts'
import type { StatusReport } from '../../../src-main/domain/outbox.ts'
import type { Storefront } from '../../../src-main/ports/storefront.ts'
import { CustomerClient } from './customer-client.ts'
import { newFolder, shopToken, startProcess, type StorefrontProcess } from './running-storefront.ts'

let storefront: StorefrontProcess
let shop: Storefront

beforeAll(async () => {
  storefront = await startProcess(newFolder(), { withRules: false })
  shop = openProtocolStorefront({ address: storefront.address, token: shopToken, clock: { now: () => Date.now() } })
})
afterAll(() => storefront.stop())

async function placed(quantity: number) {
  const customer = new CustomerClient(storefront.address)
  await customer.identify(`${crypto.randomUUID()}@example.org`)
  const { json } = await customer.order([{ sku: 'TEA-01', quantity }])
  const order = json as { id: string; lines: { id: string }[] } // the schema is checked in customer-journey.test.ts
  let sequence = 0
  const say = async (...words: readonly (Pick<StatusReport, 'kind'> & Partial<StatusReport>)[]): Promise<void> => {
    for (const word of words) {
      sequence += 1
      const report = { id: crypto.randomUUID(), orderId: 'ours', at: Date.now() + sequence, sequence, ...word }
      const answers = await shop.pushReports([{ externalOrderId: order.id, report }])
      expect(answers.map(({ outcome }) => outcome)).toEqual(['accepted'])
    }
  }
  const contents = (letters: string): NonNullable<StatusReport['contents']> =>
    [...letters].map((letter) => ({
      parcelId: `parcel-${letter}`,
      letter,
      carton: 'M',
      grossG: 900,
      contents: [{ externalLineId: order.lines[0]?.id ?? '', sku: 'TEA-01', quantity }],
      why: { code: 'smallest-carton', facts: {} },
    }))
  return { customer, id: order.id, say, contents }
}

test('what was lost and sent again is one order to its customer, who reads of both packages', async () => {
  const { customer, id, say, contents } = await placed(1)
  const [A, B] = [{ parcelId: 'parcel-A' }, { parcelId: 'parcel-B' }]
  await say({ kind: 'planned', contents: contents('A') }, { kind: 'handed-over', ...A })
  await say({ kind: 'failed', ...A, reason: 'lost' })
  expect((await customer.page(`/orders/${id}`)).text).toContain('the courier lost it')
  await say({ kind: 'planned', contents: contents('AB') })
  const { packages, status } = await customer.readOrder(id)
  expect([status, packages.map(({ letter, status: now }) => [letter, now])]).toEqual([
    'planned',
    [
      ['A', 'failed'],
      ['B', 'planned'],
    ],
  ])
  await say({ kind: 'handed-over', ...B }, { kind: 'delivered', ...B })
  expect((await customer.readOrder(id)).packages.map(({ status: now }) => now)).toEqual(['failed', 'delivered'])
})

test('who sends a part back, and then the rest, reads both', async () => {
  const { customer, id, say, contents } = await placed(2)
  const A = { parcelId: 'parcel-A' }
  await say({ kind: 'planned', contents: contents('A') }, { kind: 'handed-over', ...A }, { kind: 'delivered', ...A })
  await say({ kind: 'delivered', ...A, reason: 'partly-returned' })
  const page = await customer.page(`/orders/${id}`)
  expect(page.text).toContain('Delivered (a part of it came back to us)')
  await say({ kind: 'returned', ...A })
  expect((await customer.readOrder(id)).status).toBe('returned')
})

test('what the courier left behind is packed again', async () => {
  const { customer, id, say, contents } = await placed(1)
  const A = { parcelId: 'parcel-A' }
  await say({ kind: 'planned', contents: contents('A') }, { kind: 'packed', ...A }, { kind: 'handed-over', ...A })
  await say({ kind: 'packed', ...A, reason: 'not-handed-over' })
  expect((await customer.readOrder(id)).status).toBe('packed')
  expect((await customer.page(`/orders/${id}`)).text).toContain('it goes with the next collection')
})
