import { canonicalJson, type Json, toJson } from '../kernel/json.ts'
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
import { nextOrderCode } from './order-code.ts'
import { searchTokens } from './search-tokens.ts'
import { postcodeAreaOf, withoutQuestion } from './storefront-question.ts'
import type { Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'vault' | 'system' | 'geocoder'>

export interface OrderPage {
  readonly connection: Connection
  readonly settings: Settings
  /** Absent when the orders were read by name. */
  readonly cursor?: string | undefined
  readonly entries: readonly StorefrontOrder[]
  readonly refused: readonly RefusedEntry[]
}

/** Statuses in which a changed order may simply be replaced: nobody has touched it yet. */
export const untouched: ReadonlySet<string> = new Set(['received', 'on-hold'])

export interface Taken {
  readonly order: Order
  /** Absent for an order of which the storefront has said nothing but that it is gone. */
  readonly user?: UserInformation | undefined
  readonly happenings: readonly Happening[]
  /** Absent: found by the words it was found by before. */
  readonly tokens?: readonly string[] | undefined
  readonly kind: 'new' | 'changed' | 'unchanged'
  /** The storefront is told the order's new status: it does not know it from itself. */
  readonly isToldBack: boolean
}

export interface Taking {
  readonly entry: StorefrontOrder
  readonly before: Order | undefined
  readonly contentHash: string
  readonly page: Pick<OrderPage, 'connection' | 'settings'>
  readonly productBySku: ReadonlyMap<string, Product>
  /** `on-hold` there is the echo of what we have reported ourselves. */
  readonly isEcho?: boolean | undefined
  /** Our last word about the order as a whole that the storefront has, or may have, is that it is on hold or cancelled. */
  readonly mustBeToldBack?: boolean | undefined
}

/** An order that is new, that nobody has touched yet, or that has come back to life: it becomes what the storefront says. */
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
  const holds = holdsFor(taking, lines, recipient !== undefined)
  const status = statusFor(entry, holds)
  const order: Order = {
    id,
    code: before?.code ?? (await nextOrderCode(deps.store, { at: entry.placedAt, zone: page.settings.shop.zone })),
    connectionId: page.connection.id,
    externalId: entry.id,
    userId: entry.user.userId,
    placedAt: entry.placedAt,
    importedAt: before?.importedAt ?? now,
    currency: entry.currency,
    service: entry.service,
    window: entry.window,
    lines,
    totals: totalsOf(entry),
    payment: entry.payment,
    status,
    isPartly: false,
    holds,
    country: recipient?.country ?? page.settings.shop.country,
    postcodeArea: postcodeAreaOf(recipient),
    addressToken: deps.vault.token('address', canonicalJson(toJson({ userId: entry.user.userId, recipient }))),
    personal: personal && deps.vault.seal(id, toJson(personal), before?.personal),
    contentHash: taking.contentHash,
    said: { status: entry.status, changedAt: entry.changedAt },
  }
  return {
    order,
    user: userOf(deps, entry),
    happenings: happeningsOf(taking, order, now),
    tokens: searchTokens(deps.vault, entry),
    kind: before === undefined ? 'new' : 'changed',
    isToldBack: isToldBack(taking, order),
  }
}

function statusFor(entry: StorefrontOrder, holds: readonly HoldReason[]): Order['status'] {
  if (entry.status === 'cancelled') return 'cancelled'
  return holds.length > 0 ? 'on-hold' : 'received'
}

function happeningsOf({ entry, before }: Taking, order: Order, now: number): readonly Happening[] {
  if (before?.status === order.status) return []
  const reason = order.status === 'cancelled' ? { reason: 'cancelled-at-storefront' } : {}
  return [{ orderId: order.id, status: order.status, at: before ? now : entry.placedAt, ...reason }]
}

/** What the storefront cannot know: that something is missing here, or that what we have told it before holds no more. */
function isToldBack({ mustBeToldBack }: Taking, { status, holds }: Order): boolean {
  if (status === 'received') return mustBeToldBack === true
  return status === 'on-hold' && holds.some(({ facts }) => facts['by'] !== 'storefront')
}

/** Holds a person has set stay; those of the catalogue and of the storefront are found anew. */
function holdsFor(taking: Taking, lines: readonly OrderLine[], hasAddress: boolean): readonly HoldReason[] {
  const { entry, before, isEcho } = taking
  if (entry.status === 'cancelled') return []
  const kept = before?.status === 'cancelled' ? [] : keptHolds(withoutQuestion(before?.holds ?? []))
  const fromCatalogue = holdsOf({ lines, hasAddress: hasAddress || entry.service === 'collect' }, taking.productBySku)
  const isTheirs = entry.status === 'completed' || (entry.status === 'on-hold' && isEcho !== true)
  const theirs: HoldReason = {
    code: 'by-hand',
    facts: { by: 'storefront', ...(entry.status === 'completed' ? { said: 'completed' } : {}) },
  }
  return [...kept.filter(({ facts }) => facts['by'] !== 'storefront'), ...fromCatalogue, ...(isTheirs ? [theirs] : [])]
}

/** A line keeps its id; pieces that could not be sent are forgotten when a cancelled order comes back whole. */
function linesOf(deps: Deps, entry: StorefrontOrder, before: Order | undefined): readonly OrderLine[] {
  const known = new Map(before?.lines.map((line) => [line.externalId, line]))
  const keepsWithdrawn = before !== undefined && untouched.has(before.status)
  return entry.lines.map((line) => ({
    id: known.get(line.id)?.id ?? newId(deps.system),
    externalId: line.id,
    sku: line.sku,
    gtin: line.gtin,
    name: line.name,
    quantity: line.quantity,
    withdrawn: keepsWithdrawn ? Math.min(line.quantity, known.get(line.id)?.withdrawn ?? 0) : 0,
    unitPriceMinor: line.unitPrice.minor,
    taxRate: line.taxRate,
  }))
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

const totalsOf = ({ totals }: StorefrontOrder): OrderTotals => ({
  goodsMinor: totals.goods.minor,
  shippingMinor: totals.shipping.minor,
  taxMinor: totals.tax.minor,
  totalMinor: totals.total.minor,
})

/** Where it goes, as it is kept sealed; absent when nobody said. */
export function recipientOf(entry: StorefrontOrder): Recipient | undefined {
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

/** What counts as a change of an order: everything the storefront says but when it said so, and its status. */
export function contentOf(entry: StorefrontOrder): Json {
  const { changedAt: _changedAt, status: _status, ...content } = entry
  return toJson(content)
}
