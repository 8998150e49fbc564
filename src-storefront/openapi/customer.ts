import { z } from 'zod'
import type { Json } from '../../src-main/kernel/json.ts'
import { contact, moneyAmount, postalAddress, problem, userInformation } from '../../src-protocol/index.ts'
import { openApiDocument, type Operation } from '../../src-protocol/openapi/document.ts'
import * as customer from '../customer/schemas.ts'
import { travel, travelPackage } from '../customer/travel-schema.ts'

const security = ['session']
const ok = (schema: string, description = 'Done.') => ({ status: 200, description, schema })
const no = (status: number, description: string) => ({ status, description, schema: 'Problem' })
const invalid = no(422, 'A field is wrong or not offered; `details.path` names it.')
const missing = no(404, 'There is none, or it belongs to somebody else.')

const operations: readonly Operation[] = [
  {
    method: 'get',
    path: '/search',
    id: 'search',
    summary: 'Search products; forgives misspelling',
    security,
    query: {
      q: { schema: z.string().max(200), description: 'Words, a SKU or a barcode.' },
      category: { schema: z.string(), description: 'All products of a category instead.' },
      limit: { schema: z.int().min(1).max(100), description: 'Most products wanted; 24 unless told.' },
      offset: { schema: z.int().min(0), description: 'Products to leave out at the beginning.' },
    },
    answers: [ok('SearchAnswer', 'Best first.')],
  },
  {
    method: 'get',
    path: '/products/{id}',
    id: 'getProduct',
    summary: 'One product; with a basket also whether it still fits in the same parcels',
    security,
    answers: [ok('ProductAnswer'), missing],
  },
  {
    method: 'get',
    path: '/session',
    id: 'getSession',
    summary: 'Who you are; made at the first access',
    security,
    answers: [ok('SessionAnswer')],
  },
  {
    method: 'post',
    path: '/session',
    id: 'identify',
    summary: 'Sign in, sign up, order as a guest, change what is known of you, or sign out',
    security,
    body: 'SessionRequest',
    answers: [
      ok('SessionAnswer'),
      no(401, 'E-mail and password do not belong together.'),
      no(409, 'Already signed in, or the e-mail address has an account.'),
      invalid,
      no(429, 'Too many tries; see Retry-After.'),
    ],
  },
  { method: 'get', path: '/cart', id: 'getCart', summary: 'The basket', security, answers: [ok('CartAnswer')] },
  {
    method: 'put',
    path: '/cart',
    id: 'putCart',
    summary: 'Replace the basket',
    security,
    body: 'CartRequest',
    answers: [ok('CartAnswer'), invalid],
  },
  {
    method: 'post',
    path: '/cart/preview',
    id: 'previewCart',
    summary: 'How it travels: parcels with contents, weight and reason, and what still fits',
    security,
    body: 'PreviewRequest',
    answers: [ok('PreviewAnswer'), invalid],
  },
  {
    method: 'get',
    path: '/checkout',
    id: 'getCheckout',
    summary: 'Services, payments and delivery windows on offer',
    security,
    answers: [ok('CheckoutAnswer')],
  },
  {
    method: 'post',
    path: '/orders',
    id: 'placeOrder',
    summary: 'Order the basket; the answer lists the packages',
    description:
      'The packages equal the preview of the same basket and are marked planned. The same key and body again: the same order.',
    security,
    headers: { 'Idempotency-Key': { schema: z.string().min(1).max(200), description: 'Random, one per order.' } },
    body: 'OrderRequest',
    answers: [
      { status: 201, description: 'Ordered.', schema: 'OrderAnswer' },
      no(409, '`cart-empty`, or `out-of-stock` with what is left in `details.lines`.'),
      no(422, 'A field is wrong or not offered, or the key was used with another request.'),
    ],
  },
  { method: 'get', path: '/orders', id: 'listOrders', summary: 'Your orders', security, answers: [ok('OrdersAnswer')] },
  {
    method: 'get',
    path: '/orders/{id}',
    id: 'getOrder',
    summary: 'An order with its parcels, contents, status and history',
    security,
    answers: [ok('OrderAnswer'), missing],
  },
  {
    method: 'get',
    path: '/orders/{id}/events',
    id: 'listEvents',
    summary: 'Everything that happened, oldest first',
    security,
    answers: [ok('EventsAnswer'), missing],
  },
  {
    method: 'post',
    path: '/orders/{id}/cancel',
    id: 'cancelOrder',
    summary: 'Cancel an order that is not being picked yet',
    security,
    body: 'Nothing',
    answers: [ok('OrderAnswer'), missing, no(409, 'Too late.')],
  },
  {
    method: 'post',
    path: '/erasures',
    id: 'beForgotten',
    summary: 'Delete your account and everything personal',
    description: 'Ended orders lose it at once, an open order when it has ended. The session ends.',
    security,
    body: 'Nothing',
    answers: [ok('ErasureAnswer')],
  },
]

/** The customer's interface as an OpenAPI document. */
export function customerDocument(): Json {
  return openApiDocument({
    title: 'Customer interface of the bundled storefront',
    version: '1',
    description:
      'Everything the pages do, as JSON: send `Accept: application/json`, bodies as `Content-Type: application/json`. ' +
      'The first answer sets a cookie that is your session; send it back (curl: `-b jar -c jar`). ' +
      'Every no looks like Problem. Money as decimal strings with a currency, tax included; times in RFC 3339.',
    schemas: {
      SearchAnswer: customer.searchAnswer,
      ProductAnswer: customer.productAnswer,
      ProductView: customer.productView,
      SessionRequest: customer.sessionRequest,
      SessionAnswer: customer.sessionAnswer,
      CartRequest: customer.cartRequest,
      CartAnswer: customer.cartAnswer,
      PreviewRequest: customer.previewRequest,
      PreviewAnswer: customer.previewAnswer,
      Travel: travel,
      TravelPackage: travelPackage,
      CheckoutAnswer: customer.checkoutAnswer,
      OrderRequest: customer.orderRequest,
      OrderAnswer: customer.orderAnswer,
      OrderPackage: customer.orderPackage,
      OrdersAnswer: customer.ordersAnswer,
      EventsAnswer: customer.eventsAnswer,
      ErasureAnswer: customer.erasureAnswer,
      UserInformation: userInformation,
      PostalAddress: postalAddress,
      Contact: contact,
      Money: moneyAmount,
      Nothing: z.strictObject({}),
      Problem: problem,
    },
    securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'storefront' } },
    operations,
  })
}
