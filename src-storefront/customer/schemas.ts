import { z } from 'zod'
import {
  contact,
  currencyCode,
  deliveryWindow,
  gtin,
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
  taxRate,
  userInformation,
} from '../../src-protocol/index.ts'
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
  href: z.string(),
})
export type ProductView = z.infer<typeof productView>

export const searchAnswer = z.object({
  query: z.string(),
  category: z.string().optional(),
  /** The words searched for instead, where a word was misspelt. */
  searchedFor: z.string().optional(),
  total: z.int().min(0),
  offset: z.int().min(0),
  products: z.array(productView),
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
const email = z.email().max(254)
const password = z.string().min(8).max(200)

export const sessionRequest = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('sign-in'), email, password: z.string().min(1).max(200) }),
  z.strictObject({ mode: z.literal('sign-up'), email, password, ...person }),
  z.strictObject({ mode: z.literal('guest'), email, ...person }),
  /** Changes what is known of the present user. */
  z.strictObject({ mode: z.literal('update'), ...person }),
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
})
export type CheckoutAnswer = z.infer<typeof checkoutAnswer>

// Orders

/** Orders what is in the basket. Name, contact and address are taken from the user where they are left out. */
export const orderRequest = z.strictObject({
  service,
  payment: z.enum(['on-delivery', 'invoice']),
  deliveryAddress: z.strictObject(postalAddress.shape).optional(),
  contact: z.strictObject(contact.shape).optional(),
  window: z.strictObject(deliveryWindow.shape).optional(),
  instructions: z.string().max(1000).optional(),
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
  instructions: z.string().optional(),
  deliveryAddress: postalAddress.optional(),
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
export const erasureAnswer = z.object({ requestedAt: instant, openOrders: z.int().min(0) })
