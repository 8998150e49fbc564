import { assertNever } from '../kernel/errors.ts'
import { canonicalJson, type Json, toJson } from '../kernel/json.ts'
import { isoDay, zonedTime } from '../kernel/time.ts'
import type { Product } from '../domain/catalogue.ts'
import type { HoldReason, Order, OrderLine, OrderTotals } from '../domain/order.ts'
import type { PersonalData, Recipient } from '../domain/recipient.ts'
import type { Settings } from '../domain/settings.ts'
import type { UserDetails, UserInformation } from '../domain/user.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { PostalAddress, RefusedEntry, StorefrontOrder } from '../ports/storefront.ts'
import { newId } from './audit.ts'
import { holdsOf, keptHolds } from './check-order.ts'
import { type Happening } from './fulfil.ts'
import { searchTokens } from './search-tokens.ts'
import type { Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'vault' | 'system' | 'geocoder'>

export interface OrderPage {
  readonly connection: Connection
  readonly settings: Settings
  readonly cursor: string
  readonly entries: readonly StorefrontOrder[]
  readonly refused: readonly RefusedEntry[]
}

/** Statuses in which a changed order may simply be replaced: nobody has touched it yet. */
export const untouched: ReadonlySet<string> = new Set(['received', 'on-hold'])

export interface Taken {
  readonly order: Order
  readonly user: UserInformation
  readonly happenings: readonly Happening[]
  readonly tokens: readonly string[]
  readonly isNew: boolean
}

interface Taking {
  readonly entry: StorefrontOrder
  readonly before: Order | undefined
  readonly contentHash: string
  readonly page: OrderPage
  readonly productBySku: ReadonlyMap<string, Product>
}

export async function takeOrder(deps: Deps, taking: Taking): Promise<Taken> {
  const { entry, before, page } = taking
  const now = deps.system.clock.now()
  const id = before?.id ?? newId(deps.system)
  const recipient = recipientOf(entry)
  const at = recipient && (pointOf(entry) ?? (await deps.geocoder.locate(recipient)))
  const personal: PersonalData | undefined = recipient && {
    recipient,
    email: entry.user.contact.email,
    note: entry.instructions,
    at,
  }
  const lines = linesOf(deps, entry, before)
  const status = statusOf(
    taking,
    holdsFor({ entry, before, lines, hasAddress: recipient !== undefined }, taking.productBySku),
  )
  const order: Order = {
    id,
    code: before?.code ?? (await nextCode(deps, entry, page.settings)),
    connectionId: page.connection.id,
    externalId: entry.id,
    userId: entry.user.userId,
    placedAt: entry.placedAt,
    importedAt: before?.importedAt ?? now,
    currency: entry.currency,
    service: entry.service,
    window: entry.window,
    lines,
    totals: totalsFor(entry, before),
    payment: entry.payment,
    status: status.status,
    isPartly: before?.isPartly ?? false,
    holds: status.holds,
    country: recipient?.country ?? page.settings.shop.country,
    postcodeArea: (recipient?.postcode ?? '').replaceAll(/\s/g, '').slice(0, 2).toUpperCase(),
    addressToken: deps.vault.token('address', canonicalJson(toJson({ userId: entry.user.userId, recipient }))),
    personal: personal && deps.vault.seal(id, toJson(personal)),
    contentHash: taking.contentHash,
  }
  const happenings = status.happened ? [{ orderId: id, status: status.status, at: before ? now : entry.placedAt }] : []
  return {
    order,
    user: userOf(deps, entry),
    happenings,
    tokens: searchTokens(deps.vault, entry),
    isNew: before === undefined,
  }
}

function statusOf(
  taking: Taking,
  holds: readonly HoldReason[],
): { status: Order['status']; holds: readonly HoldReason[]; happened: boolean } {
  const { entry, before } = taking
  if (entry.status === 'cancelled' && (!before || untouched.has(before.status))) {
    return { status: 'cancelled', holds: [], happened: before?.status !== 'cancelled' }
  }
  if (before && !untouched.has(before.status)) return { status: before.status, holds, happened: false }
  const held =
    entry.status === 'on-hold' ? [...holds, { code: 'by-hand', facts: { by: 'storefront' } } as const] : holds
  const status = held.length > 0 ? 'on-hold' : 'received'
  return { status, holds: held, happened: before?.status !== status }
}

/** An order that is already on its way keeps its lines; what the storefront changed since is a question for the manager. */
function holdsFor(
  order: { entry: StorefrontOrder; before: Order | undefined; lines: readonly OrderLine[]; hasAddress: boolean },
  productBySku: ReadonlyMap<string, Product>,
): readonly HoldReason[] {
  const { before, entry } = order
  if (before && !untouched.has(before.status)) {
    return [
      ...before.holds.filter((hold) => hold.facts['changed'] === undefined),
      {
        code: 'by-hand',
        facts: { changed: entry.status === 'cancelled' ? 'cancelled-at-storefront' : 'changed-at-storefront' },
      },
    ]
  }
  const hasAddress = order.hasAddress || entry.service === 'collect'
  const fromCatalogue = holdsOf({ lines: order.lines, hasAddress }, productBySku)
  return [...keptHolds(before?.holds ?? []).filter((hold) => hold.facts['by'] !== 'storefront'), ...fromCatalogue]
}

function linesOf(deps: Deps, entry: StorefrontOrder, before: Order | undefined): readonly OrderLine[] {
  if (before && !untouched.has(before.status)) return before.lines
  const known = new Map(before?.lines.map((line) => [line.externalId, line]))
  return entry.lines.map((line) => ({
    id: known.get(line.id)?.id ?? newId(deps.system),
    externalId: line.id,
    sku: line.sku,
    gtin: line.gtin,
    name: line.name,
    quantity: line.quantity,
    withdrawn: known.get(line.id)?.withdrawn ?? 0,
    unitPriceMinor: line.unitPrice.minor,
    taxRate: line.taxRate,
  }))
}

/** `231-07`: day of the year and running number of that day, on the shop's calendar. */
async function nextCode(deps: Deps, entry: StorefrontOrder, settings: Settings): Promise<string> {
  const day = isoDay(entry.placedAt, settings.shop.zone)
  const running = await deps.store.nextOrderNumber(day)
  const { dayOfYear } = zonedTime(entry.placedAt, settings.shop.zone)
  return `${String(dayOfYear).padStart(3, '0')}-${String(running).padStart(2, '0')}`
}

function userOf(deps: Deps, entry: StorefrontOrder): UserInformation {
  const { user } = entry
  const details: UserDetails = {
    name: user.name ?? '',
    contact: user.contact,
    deliveryAddresses: user.deliveryAddresses,
    deliveryWishes: user.deliveryWishes,
  }
  return {
    userId: user.userId,
    kind: user.kind,
    identifiedBy: user.identifiedBy,
    identifiedAt: user.identifiedAt,
    locale: user.locale,
    personal: deps.vault.seal(user.userId, toJson(details)),
    emailToken: user.contact.email === undefined ? undefined : deps.vault.token('email', user.contact.email),
  }
}

/** Totals belong to the lines they add up: an order on its way keeps both. */
function totalsFor({ totals }: StorefrontOrder, before: Order | undefined): OrderTotals {
  if (before?.totals && !untouched.has(before.status)) return before.totals
  return {
    goodsMinor: totals.goods.minor,
    shippingMinor: totals.shipping.minor,
    taxMinor: totals.tax.minor,
    totalMinor: totals.total.minor,
  }
}

function recipientOf(entry: StorefrontOrder): Recipient | undefined {
  const address = entry.deliveryAddress ?? (entry.service === 'collect' ? entry.user.deliveryAddresses[0] : undefined)
  return address && { ...recipientFrom(address), instructions: entry.instructions }
}

const recipientFrom = (address: PostalAddress): Recipient => ({
  name: address.name,
  company: address.company,
  lines: address.lines,
  postcode: address.postcode ?? '',
  city: address.city,
  region: address.region,
  country: address.country,
  phone: address.phone,
})

function pointOf(entry: StorefrontOrder): PersonalData['at'] {
  const told = entry.deliveryAddress?.coordinates
  return told && { ...told, accuracyM: 0, source: 'order' }
}

/** What counts as a change of an order: everything the storefront says but when it said so, and its status (isAgreed). */
export function contentOf(entry: StorefrontOrder): Json {
  const { changedAt: _changedAt, status: _status, ...content } = entry
  return toJson(content)
}

/** True when the storefront's status tells us nothing new: above all the echo of what we have reported ourselves. */
export function isAgreed(before: Order, status: StorefrontOrder['status']): boolean {
  const hasHold = (fact: string, value?: string): boolean =>
    before.holds.some(({ facts }) => (value === undefined ? facts[fact] !== undefined : facts[fact] === value))
  switch (status) {
    case 'completed':
      return true
    case 'cancelled':
      return before.status === 'cancelled' || hasHold('changed', 'cancelled-at-storefront')
    case 'on-hold':
      return before.status === 'on-hold' || hasHold('changed')
    case 'open':
      return !hasHold('by', 'storefront') && !hasHold('changed', 'cancelled-at-storefront')
    default:
      return assertNever(status)
  }
}
