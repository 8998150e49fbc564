import { describe, expect, test } from 'vitest'
import type { FulfilmentStatus } from '../../../src-main/domain/fulfilment.ts'
import { seededRandom } from '../../../src-main/kernel/random.ts'
import type { OutgoingReport, ReportAnswer, Storefront } from '../../../src-main/ports/storefront.ts'
import type { FakeOptions } from '../../fake-woocommerce/fake-woocommerce.ts'
import { aShop, reportsFor } from './a-shop.ts'

const isSettled = ({ outcome }: ReportAnswer): boolean => outcome !== 'retry'

/** What the outbox does: the oldest unsettled report of the order, again and again. */
async function deliver(open: () => Storefront, reports: readonly OutgoingReport[]): Promise<ReportAnswer[]> {
  const answers: ReportAnswer[] = []
  for (const report of reports) {
    for (let tries = 0; ; tries += 1) {
      if (tries > 60) throw new Error('never settled')
      const [answer] = await open()
        .pushReports([report])
        .catch((): ReportAnswer[] => [])
      if (!answer || !isSettled(answer)) continue
      answers.push(answer)
      break
    }
  }
  return answers
}

const anOrder = (options: FakeOptions = {}, choices = {}) => {
  const made = aShop(options, { choices })
  const teas = ['Assam', 'Sencha'].map((name) => made.fake.addProduct({ name, sku: name.toUpperCase() }))
  const id = made.fake.placeOrder({ lines: teas.map((productId) => ({ productId, quantity: 2 })) }) ?? 0
  return { ...made, id, report: reportsFor(made.fake, id) }
}

type Made = ReturnType<typeof anOrder>

const wholeLife = ({ report }: Made): OutgoingReport[] => [
  report({ id: 'r1', kind: 'planned', sequence: 1 }),
  report({ id: 'r2', kind: 'picking', sequence: 2 }, 0),
  report({ id: 'r3', kind: 'packed', sequence: 3 }, 0),
  report({ id: 'r4', kind: 'handed-over', sequence: 4, tracking: { carrier: 'Rad', number: '0042' } }, 0),
  report({ id: 'r5', kind: 'handed-over', sequence: 5 }, 1),
  report({ id: 'r6', kind: 'delivered', sequence: 6 }, 0),
  report({ id: 'r7', kind: 'delivered', sequence: 7 }, 1),
]

const shops: readonly (readonly [string, FakeOptions])[] = [
  ['by notes, older storage', { version: '7.9' }],
  ['by notes, signed over plain HTTP', { version: '9.4', address: 'http://shop.test' }],
  ['by fulfilments', { version: '11.0' }],
]

describe.each(shops)('a customer is told each status exactly once (%s)', (_name, options) => {
  const told = ({ fake }: Made) => fake.truth().mails.map(({ kind, text }) => `${kind} ${text}`)

  test('when nothing goes wrong, in order and in words with the packages', async () => {
    const made = anOrder(options)
    const answers = await deliver(() => made.shop, wholeLife(made))
    expect(answers.every(({ outcome }) => outcome === 'accepted')).toBe(true)
    const mails = told(made)
    expect(mails).toHaveLength(6) // packed is not told
    expect(mails[0]).toMatch(/in 2 Paketen:\nA: 2 × Assam\nB: 2 × Sencha\n/)
    expect(made.fake.getOrder(made.id).status).toBe('processing')
    if (options.version === '11.0') {
      const [first] = made.fake.getOrder(made.id).fulfilments
      const meta = Object.fromEntries(first?.meta.map(({ key, value }) => [key, value]) ?? [])
      expect(meta).toMatchObject({ _tracking_number: '0042', _provider_name: 'Rad' })
      expect(meta['_items']).toEqual([{ item_id: made.fake.getOrder(made.id).lines[0]?.id, qty: 2 }])
    }
  })

  test('when the program dies before or after any one call, and starts again', async () => {
    const calm = anOrder(options, { completeOrders: true })
    await deliver(() => calm.shop, wholeLife(calm))
    const expected = told(calm)
    const calls = calm.fake.requests.length
    for (let dyingAt = 0; dyingAt < calls; dyingAt += 1) {
      for (const isAfterwards of [false, true]) {
        const made = anOrder(options, { completeOrders: true })
        let count = 0
        const fetch = async (request: Request): Promise<Response> => {
          count += 1
          if (count - 1 !== dyingAt) return made.fake.fetch(request)
          if (isAfterwards) await made.fake.fetch(request)
          throw new TypeError('fetch failed')
        }
        await deliver(() => made.connect({ fetch, choices: { completeOrders: true } }), wholeLife(made))
        expect(told(made)).toEqual(expected)
        expect(made.fake.getOrder(made.id).status).toBe('completed')
      }
    }
  })

  test('through any weather of the host', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const calm = anOrder({ ...options, seed })
      await deliver(() => calm.shop, wholeLife(calm))
      const made = anOrder({ ...options, seed })
      made.fake.faults.set({ rate: 0.1 + seededRandom(seed).unit() * 0.3 })
      await deliver(() => made.shop, wholeLife(made))
      expect(told(made)).toEqual(told(calm))
    }
  })
})

describe('reports to WooCommerce', () => {
  test('set "completed" only if the shop chose so, and only when every package has arrived', async () => {
    const made = anOrder({}, { completeOrders: true })
    const life = wholeLife(made)
    await deliver(() => made.shop, life.slice(0, -1))
    expect(made.fake.getOrder(made.id).status).toBe('processing')
    await deliver(() => made.shop, life.slice(-1))
    expect(made.fake.getOrder(made.id).status).toBe('completed')
  })

  test('never complete an order that was refunded or cancelled meanwhile', async () => {
    const made = anOrder({}, { completeOrders: true })
    const life = wholeLife(made)
    await deliver(() => made.shop, life.slice(0, -1))
    made.fake.setStatus(made.id, 'cancelled')
    const [answer] = await deliver(() => made.shop, life.slice(-1))
    expect(answer?.outcome).toBe('accepted')
    expect(made.fake.getOrder(made.id).status).toBe('cancelled')
  })

  test('tell only what the shop chose, and remember the rest in silence', async () => {
    const tellCustomer: FulfilmentStatus[] = ['handed-over']
    const made = anOrder({}, { tellCustomer })
    await deliver(() => made.shop, wholeLife(made))
    expect(made.fake.truth().mails).toHaveLength(2)
    expect((await made.shop.describe()).reportKinds).toEqual(tellCustomer)
    const [late] = await made.shop.pushReports([made.report({ id: 'r0', kind: 'packed', sequence: 3 }, 1)])
    expect(late).toEqual({ id: 'r0', outcome: 'stale', presentKind: 'delivered', presentSequence: 7 })
  })

  test('are told as notes where somebody shipped the pieces by hand', async () => {
    const made = anOrder({ version: '11.0' })
    const lines = made.fake.getOrder(made.id).lines
    const items = lines.map(({ id, quantity }) => ({ item_id: id, qty: quantity }))
    const meta = [{ id: 1, key: '_items', value: items }]
    made.fake.addFulfilment(made.id, { status: 'fulfilled', isFulfilled: true, meta }, false)
    await deliver(() => made.shop, wholeLife(made).slice(0, 4))
    expect(made.fake.truth().mails.map(({ kind }) => kind)).toEqual(['note', 'note', 'note'])
  })

  test('on a trashed or unknown order are refused with a reason, and hold up nobody', async () => {
    const made = anOrder()
    made.fake.trash(made.id)
    const [binned] = await made.shop.pushReports([made.report({ id: 'r1', kind: 'planned', sequence: 1 })])
    expect(binned).toEqual({ id: 'r1', outcome: 'rejected', reason: 'order-in-bin' })
    const unknown = { ...made.report({ id: 'r2', kind: 'planned', sequence: 1 }), externalOrderId: 'abc/../1' }
    expect(await made.shop.pushReports([unknown])).toEqual([{ id: 'r2', outcome: 'rejected', reason: 'order-unknown' }])
  })

  test('that got no answer are sent again only when the call cannot be at work any more', async () => {
    const made = anOrder()
    made.fake.faults.next('answer-late', /^POST .*notes/)
    const [answer, second] = await made.shop.pushReports(wholeLife(made).slice(0, 2))
    expect(answer).toEqual({ id: 'r1', outcome: 'retry', afterMs: 90_000 })
    expect(second).toMatchObject({ id: 'r2', outcome: 'retry' }) // kept behind the one before it
    expect(made.fake.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  test('keep nothing personal at the order, and nothing that a backslash could break', async () => {
    const made = anOrder()
    await deliver(() => made.shop, wholeLife(made).slice(0, 1))
    const value = String(made.fake.getOrder(made.id).meta.find(({ key }) => key === '_backroom_reports')?.value)
    expect(value).not.toMatch(/\\|Ada|Customer|Long Street|example\.org/)
  })

  test('throw when the key is refused: that is nobody’s report', async () => {
    const made = anOrder()
    const stranger = made.connect({ token: `ck_${'0'.repeat(40)}:cs_${'0'.repeat(40)}` })
    await expect(stranger.pushReports(wholeLife(made))).rejects.toMatchObject({ code: 'ERR_STOREFRONT_REFUSED' })
  })
})
