import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryStore } from '../../../src-main/adapters/memory/memory-store.ts'
import { createRoom, type Visitor } from '../../../src-main/hosts/handlers.ts'
import { seededRandom, type Random } from '../../../src-main/kernel/random.ts'
import { bundledWorld } from '../../histories/bundled-world.ts'
import { makeSecrets, openOurs, ourWorkshop, seededSystem, type Secrets } from '../../histories/our-side.ts'
import { platforms } from '../../histories/platforms.ts'
import { people, type World } from '../../histories/world.ts'

let secrets: Secrets
beforeAll(async () => {
  secrets = await makeSecrets()
})
afterAll(() => secrets.remove())

const pieces = 12
const manager: Visitor = { door: 'desktop', actor: 'desktop' }
const stations: readonly Visitor[] = [1, 2].map((number) => ({ door: 'station', actor: `station:${number}` }))

type Call = (operation: string, input: object, who: Visitor) => Promise<unknown>
interface Day {
  readonly random: Random
  readonly world: World
  readonly call: Call
  readonly store: ReturnType<typeof memoryStore>
  counter: number
}

/** Lets the others go on for a while. */
async function pause(random: Random, most: number): Promise<void> {
  for (let ticks = random.below(most); ticks > 0; ticks--) await new Promise((resolve) => setImmediate(resolve))
}

const actors: readonly ((day: Day) => Promise<unknown>)[] = [
  async ({ random, world }) =>
    world.place(
      { PAINT: 1 + random.below(2) },
      people[random.below(people.length)] ?? (people[0] as (typeof people)[0]),
    ), // there are four
  async ({ random, world }) => {
    const orders = world.orders()
    const order = orders[random.below(Math.max(1, orders.length))]
    if (order && random.unit() < 0.3) world.setStatus(order.id, 'cancelled', { isSilent: false })
  },
  async (day) => day.call('orders.place', { key: `counter-${(day.counter += 1)}`, lines: [{ code: 'PAINT', quantity: 1 }], service: 'collect' }, manager), // prettier-ignore
  async ({ call, random }) => call('storefronts.sync', { background: random.unit() < 0.7 }, manager),
  async ({ call }) => call('storefronts.push-stock', {}, manager),
  async ({ call }) => call('waves.plan', {}, manager),
  async (day) => work(day, stations[0] ?? manager),
  async (day) => work(day, stations[1] ?? manager),
]

/** A station issues, picks, finds a piece missing now and then; an order is cancelled at times. */
async function work({ call, store, random }: Day, who: Visitor): Promise<void> {
  const { rows } = await store.listWaves({ offset: 0, limit: 20 })
  const wave = rows[random.below(Math.max(1, rows.length))]?.wave
  if (!wave) return
  if (wave.stage === 'planned') await call('waves.issue-documents', { wave: wave.id }, manager)
  if (wave.stage === 'planned') await call('waves.issue-labels', { wave: wave.id }, manager)
  const bundle = await store.loadWave(wave.id)
  const open = bundle.tours.flatMap((tour) =>
    tour.stops.filter((stop) => stop.quantity > stop.picked + stop.short).map((stop) => ({ tour: tour.seq, stop })),
  )
  const next = open[random.below(Math.max(1, open.length))]
  if (!next) return
  const at = { wave: wave.id, tour: next.tour, seq: next.stop.seq }
  if (random.unit() < 0.2) await call('pick.short', { ...at, quantity: 1 }, who)
  else if (random.unit() < 0.1) await call('orders.cancel', { order: next.stop.orderId, reason: 'by-shop' }, manager)
  else await call('pick.confirm', { ...at, code: next.stop.sku, quantity: 1 }, who)
}

/** Pieces that customers have been promised, wherever they asked: those an order gave up do not count. */
async function promised({ store, world }: Day): Promise<number> {
  const { rows } = await store.listOrders({ offset: 0, limit: 500 })
  const here = new Map(rows.map(({ order }) => [`${order.connectionId} ${order.externalId}`, order]))
  let sum = 0
  for (const { order } of rows)
    if (order.connectionId === 'counter' && order.status !== 'cancelled')
      for (const line of order.lines) sum += line.quantity - line.withdrawn
  for (const there of world.orders()) {
    const order = here.get(`main ${there.id}`)
    if (there.status === 'cancelled' || order?.status === 'cancelled') continue
    for (const line of there.lines)
      sum += line.quantity - (order?.lines.find(({ externalId }) => externalId === line.id)?.withdrawn ?? 0)
  }
  return sum
}

async function oneDay(seed: number): Promise<void> {
  const random = seededRandom(seed)
  let now = 1_795_338_000_000
  const clock = { now: () => (now += 20) }
  const world = bundledWorld(clock)
  const store = memoryStore()
  const realFetch = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    await pause(random, 12)
    const answer = await world.answer(new Request(input, init))
    await pause(random, 12)
    return answer
  }
  try {
    const connector = platforms.open.connector(world, clock)
    const workshop = ourWorkshop({ secrets, store, system: seededSystem(clock, seed), storefrontFor: () => connector })
    await openOurs(workshop, secrets, { id: 'main', platform: world.platform, url: world.url, token: world.token, undoMs: 0 }) // prettier-ignore
    const room = createRoom(workshop)
    let job = 0
    const call: Call = async (operation, input, who) => {
      const reply = await room.call(operation, input, who, `job-${(job += 1)}`)
      if (!reply.ok && ['ERR_INTERNAL', 'ERR_INPUT_INVALID', 'ERR_NOT_ALLOWED'].includes(reply.error.code))
        throw new Error(`${operation}: ${JSON.stringify(reply.error)}`)
      return reply
    }
    const day: Day = { random, world, call, store, counter: 0 }
    await call('storefronts.sync', {}, manager)
    await Promise.all(
      actors.map(async (act) => {
        for (let time = 0; time < 12; time++) {
          await pause(random, 30)
          await act(day)
          // Counted with what is still on offer: whoever buys next is promised it.
          expect(await promised(day), `seed ${seed}`).toBeLessThanOrEqual(pieces)
        }
      }),
    )
    await call('storefronts.sync', {}, manager)
    await call('storefronts.sync', {}, manager)
    expect((await promised(day)) + world.sellable('PAINT'), `seed ${seed}`).toBeLessThanOrEqual(pieces)
  } finally {
    globalThis.fetch = realFetch
    world.close()
  }
}

describe('the last piece', () => {
  test('is never promised twice, by two stations, a counter and a busy storefront together', async () => {
    for (let seed = 1; seed <= 40; seed++) await oneDay(seed)
  })
})
