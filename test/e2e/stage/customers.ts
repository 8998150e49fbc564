import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { callerOf, type Caller } from '../../../src-main/hosts/demo/http.ts'
import { resources } from './programs.ts'

export interface Line {
  readonly sku: string
  readonly quantity: number
}

export interface SampleCustomer {
  readonly kind: 'account' | 'guest'
  readonly email: string
  readonly name: string
  readonly phone?: string
  readonly locale: string
  readonly address: {
    readonly name: string
    readonly company?: string
    readonly lines: readonly string[]
    readonly postcode: string
    readonly city: string
    readonly country: string
    readonly lat?: number
    readonly lon?: number
  }
  readonly instructions?: string
  readonly window?: object
  readonly service: string
  readonly basket: readonly Line[]
}

// The sample shop's own file, checked by its tests.
export const sampleCustomers = JSON.parse(
  readFileSync(join(resources, 'customers.json'), 'utf8'),
) as readonly SampleCustomer[]

/** A parcel in words that preview, answer and order page share. */
export interface CustomerPackage {
  readonly number: number
  readonly of: number
  readonly letter: string
  readonly carton: string | null
  readonly contents: readonly { readonly sku: string; readonly name: string; readonly quantity: number }[]
  readonly travelsAlone: boolean
  readonly why: { readonly code: string; readonly text: string }
  readonly status: string
  readonly statusText: string
  readonly history: readonly { readonly status: string; readonly at: string; readonly text: string }[]
  readonly tracking?: { readonly carrier: string; readonly number?: string }
}

export interface OrderPage {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly isPartly: boolean
  readonly packagesFrom: 'preview' | 'shop'
  readonly packages: readonly CustomerPackage[]
  readonly changes: readonly { readonly code: string; readonly text: string }[]
}

export interface Bought {
  readonly customer: SampleCustomer
  readonly userId: string
  readonly lines: readonly Line[]
  readonly preview: readonly CustomerPackage[]
  /** The answer to `POST /orders`. */
  readonly answer: OrderPage
  /** The same request with the same key once more. */
  again(): Promise<OrderPage>
  /** The customer opens the order page. */
  look(): Promise<OrderPage>
  readonly http: Caller
}

export interface Visit {
  /** Instead of the sample customer's own basket. */
  readonly basket?: readonly Line[]
  /** Signs in to the account made at an earlier visit. */
  readonly returns?: boolean
}

/** Only for accounts that live as long as a test. */
const password = 'rain on the garden wall'
let orders = 0

/** One customer at a terminal of their own: identify, fill the cart, look how it travels, order. */
export async function buy(address: string, customer: SampleCustomer, visit: Visit = {}): Promise<Bought> {
  const http = callerOf(address)
  const { lat, lon, ...place } = customer.address
  const deliveryAddress = {
    ...place,
    ...(customer.phone && { phone: customer.phone }),
    ...(lat !== undefined && lon !== undefined && { coordinates: { lat, lon } }),
  }
  const userId = await identify(http, customer, { deliveryAddress, returns: visit.returns === true })
  const lines = linesOf(visit.basket ?? customer.basket)
  await http.send('PUT', '/cart', { lines })
  const { travel } = await http.send<{ travel: { packages: readonly CustomerPackage[] } }>('POST', '/cart/preview', {
    country: place.country,
  })
  const request = {
    service: customer.service,
    payment: 'invoice',
    deliveryAddress,
    ...(customer.instructions && { instructions: customer.instructions }),
    ...(await nextMorning(http, customer)),
  }
  const key = { 'idempotency-key': `mission-${++orders}` }
  const order = (): Promise<OrderPage> => http.send<OrderPage>('POST', '/orders', request, key)
  const answer = await order()
  return {
    customer,
    userId,
    lines,
    preview: travel.packages,
    answer,
    again: order,
    look: () => http.get<OrderPage>(`/orders/${answer.id}`),
    http,
  }
}

async function identify(
  http: Caller,
  customer: SampleCustomer,
  how: { readonly deliveryAddress: object; readonly returns: boolean },
): Promise<string> {
  const { email, name, locale, phone } = customer
  const person = { email, name, locale, deliveryAddresses: [how.deliveryAddress], ...(phone && { phone }) }
  const body = { ...person, mode: 'guest' }
  const request =
    customer.kind === 'guest'
      ? body
      : how.returns
        ? { mode: 'sign-in', email, password }
        : { ...person, mode: 'sign-up', password }
  const { user } = await http.send<{ user: { userId: string } }>('POST', '/session', request)
  return user.userId
}

const linesOf = (basket: readonly Line[]): readonly Line[] =>
  [...Map.groupBy(basket, (line) => line.sku)].map(([sku, lines]) => ({
    sku,
    quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
  }))

/** The next morning on offer for those who want a window: the round that is planned now comes by then. */
async function nextMorning(http: Caller, customer: SampleCustomer): Promise<{ window?: unknown }> {
  if (!customer.window || customer.service === 'collect') return {}
  const { windows } = await http.get<{ windows: readonly { readonly from: string }[] }>('/checkout')
  const window = windows.find(({ from }) => hourInShop(Date.parse(from)) === 9)
  return window === undefined ? {} : { window }
}

/** The hour of the day in the sample shop's town. */
export const hourInShop = (at: number): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit' }).format(at))

/** Parcels as far as a customer can compare them: letter, carton, contents. */
export const parcelsInWords = (packages: readonly CustomerPackage[]): readonly object[] =>
  packages.map(({ letter, carton, contents }) => ({
    letter,
    carton,
    contents: contents.map(({ sku, quantity }) => `${quantity} x ${sku}`).toSorted(),
  }))

/** The same contents in the same cartons; which of them is called A is no difference. */
export function sameParcels(a: readonly CustomerPackage[], b: readonly CustomerPackage[]): boolean {
  const texts = (packages: readonly CustomerPackage[]): string =>
    parcelsInWords(packages.map((one) => ({ ...one, letter: '' })))
      .map((one) => JSON.stringify(one))
      .toSorted()
      .join()
  return texts(a) === texts(b)
}
