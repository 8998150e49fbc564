import { AppError } from '../kernel/errors.ts'
import { counterConnectionId, counterPlatform } from '../domain/counter.ts'
import { totalsIncludingTax } from '../domain/invoice-amounts.ts'
import type { Order, Payment, TimeWindow } from '../domain/order.ts'
import type { Settings } from '../domain/settings.ts'
import type { UserDetails } from '../domain/user.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { PostalAddress, StorefrontOrder, UserInformation } from '../ports/storefront.ts'
import { auditEntry, newId } from './audit.ts'
import { importOrders } from './import-orders.ts'
import { pricedLines, type NewOrder, type PricedLine } from './preview-order.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'vault' | 'system' | 'geocoder'>

/** Who orders, as far as they said. A known customer is named by `userId`; who collects need say nothing. */
export interface CounterCustomer {
  readonly userId?: string | undefined
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly locale?: string | undefined
  readonly address?: Omit<PostalAddress, 'name' | 'phone' | 'coordinates'> | undefined
}

export interface CounterOrder extends Pick<NewOrder, 'lines' | 'service' | 'shippingMinor'> {
  /** Made by who asks, once for each order: the same key again is the same order. */
  readonly key: string
  readonly customer: CounterCustomer
  readonly window?: TimeWindow | undefined
  readonly instructions?: string | undefined
  readonly payment: Payment
  /** Save it although stock is short: it then waits. */
  readonly acceptShort: boolean
}

export interface PlacedOrder {
  readonly orderId: string
  readonly code: string
  /** False when this key had made its order before. */
  readonly isNew: boolean
  readonly short: readonly { readonly sku: string; readonly wanted: number; readonly free: number }[]
}

/**
 * Takes an order at the counter or on the phone. From here on it is an order like any other: the same checks, code,
 * events and waves; only nothing is reported to anybody. Personal data is sealed before it meets the store. Throws
 * ERR_PRODUCT_NOT_FOUND, ERR_ORDER_SHORT { sku, wanted, free } unless that is accepted, ERR_USER_NOT_FOUND,
 * ERR_INPUT_INVALID for a delivery without an address.
 */
export async function placeCounterOrder(deps: Deps, caller: Caller, input: CounterOrder): Promise<PlacedOrder> {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const [before] = await deps.store.findImported(counterConnectionId, [input.key])
  if (before) return { orderId: before.id, code: before.code, isNew: false, short: [] }
  const { lines, unknown } = await pricedLines(deps, input.lines)
  if (unknown.length > 0) throw new AppError('ERR_PRODUCT_NOT_FOUND', { product: unknown[0] })
  const short = shortOf(lines)
  const first = short[0]
  if (first && !input.acceptShort) throw new AppError('ERR_ORDER_SHORT', first)
  const user = await userOf(deps, settings, input)
  const address = addressOf(input, user)
  if (input.service !== 'collect' && !address)
    throw new AppError('ERR_INPUT_INVALID', { path: 'customer.address', expected: 'an address to deliver to' })
  const connection = await counterConnection(deps, caller)
  const entry = entryOf(input, { now: deps.system.clock.now(), settings, lines, user, address })
  await importOrders(
    deps,
    { ...caller, source: 'counter' },
    { connection, settings, cursor: input.key, entries: [entry], refused: [] },
  )
  const order = await getPlaced(deps, input.key)
  return { orderId: order.id, code: order.code, isNew: true, short }
}

const shortOf = (lines: readonly PricedLine[]): PlacedOrder['short'] =>
  lines
    .filter((line) => line.quantity > line.free)
    .map(({ product, quantity, free }) => ({ sku: product.sku, wanted: quantity, free }))

/** Made when the first order is taken. It is kept among the storefronts because orders belong to one; it has no token. */
export async function counterConnection(
  deps: Pick<Deps, 'store' | 'vault' | 'system'>,
  caller: Caller,
): Promise<Connection> {
  const known = (await deps.store.loadConnections()).find((connection) => connection.id === counterConnectionId)
  if (known) return known
  const connection: Connection = {
    id: counterConnectionId,
    platform: counterPlatform,
    url: '',
    sealedToken: deps.vault.seal(counterConnectionId, {}),
    options: {},
  }
  await deps.store.saveConnection(
    connection,
    auditEntry(deps.system, caller, { action: 'open-counter', entity: 'storefront', entityId: counterConnectionId }),
  )
  return connection
}

async function userOf(deps: Deps, settings: Settings, { customer, service }: CounterOrder): Promise<UserInformation> {
  const known = customer.userId === undefined ? undefined : await deps.store.findUser(customer.userId)
  if (customer.userId !== undefined && !known) throw new AppError('ERR_USER_NOT_FOUND', { user: customer.userId })
  // What the vault opens is what take-order sealed: UserDetails, bound to this user's id.
  const details = known?.personal && (deps.vault.open(known.userId, known.personal) as unknown as UserDetails)
  const name = customer.name ?? details?.name
  const contact = {
    email: customer.email ?? details?.contact.email,
    phone: customer.phone ?? details?.contact.phone,
  }
  const address = customer.address && { ...customer.address, name: name ?? '', phone: contact.phone }
  return {
    userId: known?.userId ?? newId(deps.system),
    kind: known?.kind ?? 'guest',
    identifiedBy: known?.identifiedBy ?? 'external',
    identifiedAt: known?.identifiedAt ?? deps.system.clock.now(),
    locale: customer.locale ?? known?.locale ?? settings.shop.locale,
    name,
    contact,
    deliveryAddresses: [
      ...(address ? [address] : []),
      ...(details?.deliveryAddresses ?? []).filter((other) => !address || !isSamePlace(other, address)),
    ],
    deliveryWishes: details?.deliveryWishes ?? { service },
  }
}

const isSamePlace = (a: PostalAddress, b: PostalAddress): boolean =>
  a.postcode === b.postcode && a.city === b.city && a.lines.join('\n') === b.lines.join('\n')

/** Who has it delivered and named no address has it sent where the last one went. */
const addressOf = (input: CounterOrder, user: UserInformation): PostalAddress | undefined =>
  input.customer.address || input.service !== 'collect' ? user.deliveryAddresses[0] : undefined

interface Parts {
  readonly now: number
  readonly settings: Settings
  readonly lines: readonly PricedLine[]
  readonly user: UserInformation
  readonly address: PostalAddress | undefined
}

function entryOf(input: CounterOrder, { now, settings, lines, user, address }: Parts): StorefrontOrder {
  const { currency } = settings.shop
  const priced = lines.map(({ product, quantity }) => ({
    quantity,
    unitPriceMinor: product.priceMinor,
    taxRate: product.taxRate,
  }))
  const totals = totalsIncludingTax(priced, input.shippingMinor)
  const money = (minor: number): { currency: string; minor: number } => ({ currency, minor })
  return {
    id: input.key,
    number: input.key,
    status: 'open',
    placedAt: now,
    changedAt: now,
    user,
    deliveryAddress: address,
    window: input.window,
    service: input.service,
    instructions: input.instructions,
    payment: input.payment,
    lines: lines.map(({ product, quantity }, index) => ({
      id: String(index + 1),
      productId: product.sku,
      sku: product.sku,
      gtin: product.gtin,
      name: product.name,
      quantity,
      unitPrice: money(product.priceMinor),
      taxRate: product.taxRate,
    })),
    totals: {
      goods: money(totals.goodsMinor),
      shipping: money(totals.shippingMinor),
      tax: money(totals.taxMinor),
      total: money(totals.totalMinor),
    },
    currency,
  }
}

async function getPlaced({ store }: Deps, key: string): Promise<Order> {
  const [order] = await store.findImported(counterConnectionId, [key])
  if (!order) throw new AppError('ERR_INTERNAL', { what: 'order-not-saved' })
  return order
}
