import { z } from 'zod'
import {
  contact,
  countryCode,
  currencyCode,
  deliveryWindow,
  gtin,
  handling,
  identifier,
  instant,
  locale,
  moneyAmount,
  orderTotals,
  postalAddress,
  quantity,
  reportKind,
  service,
  shortText,
  sizeMm,
  taxRate,
  userInformation,
} from '../../src-protocol/index.ts'
import { sortings } from '../store/category-listing.ts'
import { emailAddress } from './email.ts'
import { spokenReason, travel } from './travel-schema.ts'

/** The customer's interface. What comes in is strict (a misspelt field is refused); what goes out may grow. */

// Products

export const productView = z.object({
  id: identifier,
  sku: identifier,
  gtin: gtin.optional(),
  name: shortText,
  description: z.string(),
  category: z.string(),
  price: moneyAmount,
  taxRate,
  /** Pieces that can be ordered now. */
  available: z.int().min(0),
  weightG: z.int().min(0).optional(),
  sizeMm: sizeMm.optional(),
  volumeCm3: z.int().min(1).optional(),
  handling,
  href: z.string(),
})
export type ProductView = z.infer<typeof productView>

export const searchAnswer = z.object({
  query: z.string(),
  category: z.string().optional(),
  /** The words searched for instead, where a word was misspelt. */
  searchedFor: z.string().optional(),
  /** Other words that would find something. */
  didYouMean: z.array(z.string()).optional(),
  total: z.int().min(0),
  offset: z.int().min(0),
  /** Most products in one answer. */
  limit: z.int().min(1),
  sort: z.enum(sortings).optional(),
  inStock: z.boolean().optional(),
  products: z.array(productView),
  /** Of everything found, how many lie in which category; only with words to search for. */
  facets: z.array(z.object({ name: z.string(), products: z.int().min(0), href: z.string() })).optional(),
  categories: z.array(z.object({ name: z.string(), products: z.int().min(0), href: z.string() })),
})
export type SearchAnswer = z.infer<typeof searchAnswer>

export const productAnswer = z.object({
  product: productView,
  /** With a basket: does one more piece of this travel in the parcels that are planned already? */
  stillFits: z.boolean().optional(),
})

// Who the customer is

const person = {
  name: shortText.optional(),
  phone: contact.shape.phone,
  locale: locale.optional(),
  deliveryAddresses: z.array(z.strictObject(postalAddress.shape)).max(20).optional(),
  deliveryWishes: z.strictObject(userInformation.shape.deliveryWishes.shape).optional(),
}
const email = emailAddress
const password = z.string().min(8).max(200)

export const sessionRequest = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('sign-in'), email, password: z.string().min(1).max(200) }),
  z.strictObject({ mode: z.literal('sign-up'), email, password, ...person }),
  z.strictObject({ mode: z.literal('guest'), email, ...person }),
  /** Changes what is known of the present user. */
  z.strictObject({ mode: z.literal('update'), ...person }),
  /** Every other session of the account ends. */
  z.strictObject({ mode: z.literal('password'), password: z.string().min(1).max(200), newPassword: password }),
  z.strictObject({ mode: z.literal('sign-out') }),
])
export type SessionRequest = z.infer<typeof sessionRequest>

export const sessionAnswer = z.object({ user: userInformation })

// Basket

export const basketLines = z
  .array(z.strictObject({ sku: identifier, quantity: quantity.max(999) }))
  .max(100)
  .refine((lines) => new Set(lines.map(({ sku }) => sku)).size === lines.length, 'each SKU once')

export const cartRequest = z.strictObject({ lines: basketLines })

export const cartAnswer = z.object({
  lines: z.array(z.object({ product: productView, quantity, linePrice: moneyAmount, isAvailable: z.boolean() })),
  goods: moneyAmount,
})
export type CartAnswer = z.infer<typeof cartAnswer>

export const previewRequest = z.strictObject({
  /** Without lines the basket is previewed. */
  lines: basketLines.optional(),
  /** Products to try: does one more piece of each still fit? Without a list some neighbours are tried. */
  tryAlso: z.array(identifier).max(10).optional(),
  country: postalAddress.shape.country.optional(),
})
export type PreviewRequest = z.infer<typeof previewRequest>

export const previewAnswer = z.object({
  travel,
  /** For each product tried: true when it travels along without one more parcel. */
  stillFits: z.array(z.object({ sku: identifier, name: shortText, price: moneyAmount, fits: z.boolean() })),
  shipping: z.array(z.object({ service, price: moneyAmount })),
})
export type PreviewAnswer = z.infer<typeof previewAnswer>

export const checkoutAnswer = z.object({
  cart: cartAnswer,
  preview: previewAnswer,
  services: z.array(service),
  payments: z.array(z.enum(['on-delivery', 'invoice'])),
  windows: z.array(deliveryWindow),
  user: userInformation,
  /** Shipping and totals are for this country; ask with `?country=` for another one. */
  country: countryCode,
  /** Where the shop delivers to. */
  countries: z.array(countryCode),
  /** What an order would cost with each service, tax contained; a service that is not offered there is left out. */
  totals: z.array(z.object({ service, ...orderTotals.shape })),
})
export type CheckoutAnswer = z.infer<typeof checkoutAnswer>

// Orders

/** Orders what is in the basket. Name, contact and address are taken from the user where they are left out. */
export const orderRequest = z.strictObject({
  service,
  payment: z.enum(['on-delivery', 'invoice']),
  deliveryAddress: z.strictObject(postalAddress.shape).optional(),
  contact: z.strictObject({ ...contact.shape, email: email.optional() }).optional(),
  window: z.strictObject(deliveryWindow.shape).optional(),
  instructions: z.string().max(1000).optional(),
  /** What you were told it costs; the order is refused as `price-changed` when it costs anything else. */
  expectedTotal: moneyAmount.optional(),
})
export type OrderRequest = z.infer<typeof orderRequest>

const tracking = z.object({ carrier: z.string(), number: z.string().optional(), url: z.string().optional() })

export const orderEvent = z.object({
  at: instant,
  status: reportKind,
  parcelId: identifier.optional(),
  letter: z.string().optional(),
  reason: z.string().optional(),
  tracking: tracking.optional(),
  text: z.string(),
})
export type OrderEvent = z.infer<typeof orderEvent>

/** A parcel as the customer sees it: promised at checkout, or as the shop planned and packed it. */
export const orderPackage = z.object({
  number: z.int().min(1),
  of: z.int().min(1),
  letter: z.string(),
  /** The shop's id; absent while only promised. */
  parcelId: identifier.optional(),
  carton: z.string().nullable(),
  grossG: z.int().min(0),
  contents: z.array(z.object({ lineId: identifier.optional(), sku: identifier, name: shortText, quantity })),
  travelsAlone: z.boolean(),
  why: spokenReason,
  status: reportKind,
  statusText: z.string(),
  history: z.array(z.object({ status: reportKind, at: instant, text: z.string() })),
  tracking: tracking.optional(),
})
export type OrderPackage = z.infer<typeof orderPackage>

export const orderAnswer = z.object({
  id: identifier,
  number: z.string(),
  status: reportKind,
  statusText: z.string(),
  /** True when the parcels are not equally far. */
  isPartly: z.boolean(),
  placedAt: instant,
  service,
  window: deliveryWindow.optional(),
  payment: z.enum(['on-delivery', 'invoice']),
  /** How you came to see it; after a look-up by number address, instructions and link are left out. */
  access: z.enum(['owner', 'link', 'look-up']),
  instructions: z.string().optional(),
  deliveryAddress: postalAddress.optional(),
  /** Opens the order for whoever holds it, on every device: keep it. */
  link: z.string().optional(),
  /** Where and when to collect it. */
  collection: z.object({ name: z.string(), lines: z.array(z.string()), hours: z.string().optional() }).optional(),
  lines: z.array(
    z.object({ id: identifier, sku: identifier, name: shortText, quantity, unitPrice: moneyAmount, taxRate }),
  ),
  totals: orderTotals,
  currency: currencyCode,
  /** Who says how it travels: the preview at checkout, or the shop that packs it. */
  packagesFrom: z.enum(['preview', 'shop']),
  packages: z.array(orderPackage),
  unplaced: travel.shape.unplaced,
  /** What the shop packs otherwise than promised, and why; empty when all is as promised. */
  changes: z.array(spokenReason),
  canBeCancelled: z.boolean(),
  href: z.string(),
})
export type OrderAnswer = z.infer<typeof orderAnswer>

export const eventsAnswer = z.object({ orderId: identifier, events: z.array(orderEvent) })
export const ordersAnswer = z.object({
  orders: z.array(
    z.object({
      id: identifier,
      number: z.string(),
      status: reportKind,
      statusText: z.string(),
      placedAt: instant,
      total: moneyAmount,
      href: z.string(),
    }),
  ),
})
/** Finds an order without its session: the number, and the e-mail address given with it. */
export const orderLookup = z.strictObject({ number: z.string().regex(/^\d{1,12}$/), email })

/** What was put into the basket of an earlier order, and what the shop sells no more. */
export const againAnswer = z.object({
  cart: cartAnswer,
  left: z.array(z.object({ sku: identifier, name: shortText, quantity })),
})

/** Everything the storefront holds about a person. */
export const dataExport = z.object({
  exportedAt: instant,
  user: userInformation,
  basket: z.array(z.object({ sku: identifier, quantity })),
  sessions: z.array(z.object({ lastSeenAt: instant })),
  mails: z.array(z.object({ kind: z.string(), state: z.string(), writtenAt: instant })),
  orders: z.array(
    z.object({
      order: orderAnswer,
      /** Who you were when you ordered; absent once it was deleted. */
      user: userInformation.optional(),
      events: z.array(orderEvent),
    }),
  ),
})
export type DataExport = z.infer<typeof dataExport>
/** The session's own user first. */
export const dataAnswer = z.object({ people: z.array(dataExport) })

/** An account needs its password; a guest's session, or the opened link of the order, is enough. */
export const erasureRequest = z.strictObject({ password: z.string().min(1).max(200).optional() })
export const erasureAnswer = z.object({ requestedAt: instant, openOrders: z.int().min(0) })
