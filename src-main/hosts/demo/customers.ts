import { readFileSync } from 'node:fs'
import process from 'node:process'
import { seededRandom, type Random } from '../../kernel/random.ts'
import { callerOf, type Caller } from './http.ts'

/**
 * The customers, as a process of their own: each signs up or comes as a guest, searches, fills a cart, looks how it
 * travels, orders, and later looks at the order page. Knows the storefront's address and its published interface only.
 * Arguments: address, file of customers, how many, seed. Parent's messages: `{ look: [indices] }` or `{ stop: true }`.
 */
interface Customer {
  readonly kind: 'account' | 'guest'
  readonly email: string
  readonly name: string
  readonly phone?: string
  readonly locale: string
  readonly address: {
    readonly name: string
    readonly lines: readonly string[]
    readonly postcode: string
    readonly city: string
    readonly country: string
    readonly company?: string
    readonly region?: string
    readonly lat?: number
    readonly lon?: number
  }
  readonly instructions?: string
  readonly window?: { readonly fromSecond: number; readonly toSecond: number }
  readonly service: 'standard' | 'express' | 'collect'
  readonly basket: readonly { readonly sku: string; readonly quantity: number }[]
}

interface Package {
  readonly letter: string
  readonly carton: string | null
  readonly contents: readonly { readonly sku: string; readonly quantity: number }[]
}

export interface Ordered {
  readonly index: number
  readonly orderId: string
  readonly pieces: number
  readonly packages: number
  /** The answer to the order lists the same packages as the preview did. */
  readonly equalsPreview: boolean
  readonly searchFound: boolean
}

export interface Looked {
  readonly index: number
  readonly status: string
  readonly isPartly: boolean
  readonly parcels: readonly {
    readonly letter: string
    readonly status: string
    readonly history: readonly { readonly status: string; readonly at: string }[]
  }[]
}

const callers = new Map<number, { readonly caller: Caller; readonly orderId: string }>()

async function order(address: string, customer: Customer, at: { index: number; random: Random }): Promise<Ordered> {
  const caller = callerOf(address)
  const { lat, lon, ...place } = customer.address
  const deliveryAddress = {
    ...place,
    ...(customer.phone && { phone: customer.phone }),
    ...(lat !== undefined && lon !== undefined && { coordinates: { lat, lon } }),
  }
  const person = {
    email: customer.email,
    name: customer.name,
    locale: customer.locale,
    deliveryAddresses: [deliveryAddress],
    ...(customer.phone && { phone: customer.phone }),
  }
  // A password nobody needs again: the demo's accounts are thrown away with it.
  const password = Array.from({ length: 4 }, () => at.random.next().toString(36)).join('-')
  await caller.send(
    'POST',
    '/session',
    customer.kind === 'account' ? { mode: 'sign-up', password, ...person } : { mode: 'guest', ...person },
  )
  const searchFound = await findFirst(caller, customer)
  await caller.send('PUT', '/cart', { lines: linesOf(customer) })
  const preview = await caller.send<{ travel: { packages: readonly Package[] } }>('POST', '/cart/preview', {
    country: place.country,
  })
  const idempotencyKey = `demo-${at.index}-${at.random.next()}`
  const wanted = {
    service: customer.service,
    payment: 'invoice',
    deliveryAddress,
    ...(customer.instructions && { instructions: customer.instructions }),
    ...(await windowOf(caller, customer)),
  }
  const placed = await caller.send<{ id: string; packages: readonly Package[] }>('POST', '/orders', wanted, {
    'idempotency-key': idempotencyKey,
  })
  callers.set(at.index, { caller, orderId: placed.id })
  return {
    index: at.index,
    orderId: placed.id,
    pieces: customer.basket.reduce((sum, line) => sum + line.quantity, 0),
    packages: placed.packages.length,
    equalsPreview: sameParcels(preview.travel.packages, placed.packages),
    searchFound,
  }
}

const linesOf = (customer: Customer): Customer['basket'] =>
  [...Map.groupBy(customer.basket, (line) => line.sku)].map(([sku, lines]) => ({
    sku,
    quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
  }))

/** Looks for the first product of the basket by its own name, the way a person would. */
async function findFirst(caller: Caller, customer: Customer): Promise<boolean> {
  const sku = customer.basket[0]?.sku ?? ''
  const { product } = await caller.get<{ product: { name: string } }>(`/products/${encodeURIComponent(sku)}`)
  const found = await caller.get<{ products: readonly { sku: string }[] }>(
    `/search?q=${encodeURIComponent(product.name)}`,
  )
  return found.products.slice(0, 5).some((candidate) => candidate.sku === sku)
}

/** The first window on offer for those who want one. */
async function windowOf(caller: Caller, customer: Customer): Promise<{ window?: unknown }> {
  if (!customer.window || customer.service === 'collect') return {}
  const { windows } = await caller.get<{ windows: readonly unknown[] }>('/checkout')
  return windows[0] === undefined ? {} : { window: windows[0] }
}

function sameParcels(a: readonly Package[], b: readonly Package[]): boolean {
  const text = (packages: readonly Package[]): string =>
    JSON.stringify(
      packages.map(({ letter, carton, contents }) => ({
        letter,
        carton,
        contents: contents.map(({ sku, quantity }) => `${sku} x ${quantity}`).toSorted(),
      })),
    )
  return text(a) === text(b)
}

async function look(index: number): Promise<Looked> {
  const known = callers.get(index)
  if (!known) throw new Error(`customer ${index} has no order`)
  const page = await known.caller.get<{ status: string; isPartly: boolean; packages: Looked['parcels'] }>(
    `/orders/${known.orderId}`,
  )
  return {
    index,
    status: page.status,
    isPartly: page.isPartly,
    parcels: page.packages.map(({ letter, status, history }) => ({
      letter,
      status,
      history: history.map((step) => ({ status: step.status, at: step.at })),
    })),
  }
}

async function main(): Promise<void> {
  const [address = '', file = '', count = '1', seed = '1'] = process.argv.slice(2)
  // The sample shop's own file, checked by its tests.
  const customers = (JSON.parse(readFileSync(file, 'utf8')) as readonly Customer[]).slice(0, Number(count))
  const random = seededRandom(Number(seed))
  const ordered: Ordered[] = []
  for (const [index, customer] of customers.entries()) ordered.push(await order(address, customer, { index, random }))
  process.send?.({ ordered })
  process.on('message', (message: { look?: readonly number[]; stop?: boolean }) => {
    if (message.stop) process.exit(0)
    Promise.all((message.look ?? []).map(look)).then((looked) => process.send?.({ looked }), fail)
  })
}

function fail(error: unknown): void {
  process.stderr.write(
    `customers: ${error instanceof Error ? `${error.message} ${'details' in error ? JSON.stringify(error.details) : ''}` : String(error)}\n`,
  )
  process.exit(1)
}

main().catch(fail)
