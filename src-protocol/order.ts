import { z } from 'zod'
import { gtin } from './product.ts'
import { postalAddress, service, userInformation } from './user-information.ts'
import { currencyCode, identifier, instant, moneyAmount, pageOf, quantity, shortText, taxRate } from './wire-values.ts'

export const orderStatus = z.enum(['open', 'on-hold', 'cancelled', 'completed'])

export const deliveryWindow = z.object({ from: instant, to: instant })

export const orderLine = z.object({
  id: identifier,
  productId: identifier,
  sku: identifier,
  gtin: gtin.optional(),
  name: shortText,
  quantity,
  unitPrice: moneyAmount,
  taxRate,
})
export type WireOrderLine = z.infer<typeof orderLine>

/** `tax` is contained in `total`; `goods + shipping = total` where prices include tax. */
export const orderTotals = z.object({ goods: moneyAmount, shipping: moneyAmount, tax: moneyAmount, total: moneyAmount })

export const order = z.object({
  id: identifier,
  number: shortText,
  status: orderStatus,
  placedAt: instant,
  changedAt: instant,
  user: userInformation,
  deliveryAddress: postalAddress.optional(),
  window: deliveryWindow.optional(),
  service,
  instructions: z.string().max(1000).optional(),
  payment: z.enum(['on-delivery', 'invoice', 'paid']).optional(),
  lines: z.array(orderLine).min(1).max(1000),
  totals: orderTotals,
  currency: currencyCode,
})
export type WireOrder = z.infer<typeof order>

export const orderPage = pageOf(order)
export type WireOrderPage = z.infer<typeof orderPage>

/** `GET /orders:open`: enough to see what a feed has missed. */
export const openOrders = z.object({
  orders: z.array(z.object({ id: identifier, status: orderStatus, changedAt: instant })),
})
export type WireOpenOrders = z.infer<typeof openOrders>
