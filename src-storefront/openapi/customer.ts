import { z } from 'zod'
import type { Json } from '../../src-main/kernel/json.ts'
import { contact, countryCode, moneyAmount, postalAddress, problem, userInformation } from '../../src-protocol/index.ts'
import { openApiDocument, type Operation } from '../../src-protocol/openapi/document.ts'
import * as password from '../customer/password-schemas.ts'
import * as customer from '../customer/schemas.ts'
import { sortings } from '../store/category-listing.ts'
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
      category: { schema: z.string(), description: 'Only products of a category; without words all of them.' },
      sort: { schema: z.enum(sortings), description: 'Order within a category; by name unless told.' },
      inStock: { schema: z.enum(['true', 'false']), description: 'Within a category only what can be bought now.' },
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
    summary: 'Sign in, sign up, order as a guest, change what is known of you or your password, or sign out',
    description:
      'Signing up is answered alike whether the address is known or not: with a known one and its password you are ' +
      'signed in, with another password you get an account of your own.',
    security,
    body: 'SessionRequest',
    answers: [
      ok('SessionAnswer'),
      no(401, 'E-mail and password do not belong together, or the present password is wrong.'),
      no(409, 'Already signed in; for a change of password, not signed in.'),
      invalid,
      no(429, 'Too many tries; see Retry-After.'),
    ],
  },
  {
    method: 'get',
    path: '/password/forgotten',
    id: 'canResetPassword',
    summary: 'Whether this shop can mail a link for a forgotten password',
    security,
    answers: [ok('ForgottenOffer')],
  },
  {
    method: 'post',
    path: '/password/forgotten',
    id: 'askForPassword',
    summary: 'Ask for a mail with a link that sets a new password',
    description: 'Answered alike, after the same work, whether the address has an account or not. Older links end.',
    security,
    body: 'ForgottenRequest',
    answers: [
      { status: 202, description: 'Asked.', schema: 'ForgottenAnswer' },
      invalid,
      no(429, 'Asked too often; see Retry-After.'),
      no(503, 'The shop has no mail server.'),
    ],
  },
  {
    method: 'get',
    path: '/password/reset',
    id: 'checkPasswordLink',
    summary: 'Whether a link can still be used; looking does not use it up',
    security,
    query: { token: { schema: z.string().max(200), description: 'From the link in the mail.' } },
    answers: [ok('ResetOffer')],
  },
  {
    method: 'post',
    path: '/password/reset',
    id: 'resetPassword',
    summary: 'Set a new password with the token of a link; every session of the account ends',
    security,
    body: 'ResetRequest',
    answers: [
      ok('ResetAnswer'),
      no(410, 'The link is unknown, used, older than an hour, or there is a newer one.'),
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
    summary: 'Services, payments, delivery windows, countries and what an order would cost',
    security,
    query: { country: { schema: countryCode, description: 'Where it shall go; else your address, else the shop’s.' } },
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
      no(
        409,
        '`cart-empty`, `out-of-stock` with what is left in `details.lines`, or `price-changed` with `details.now` where ' +
          'you sent another `expectedTotal`.',
      ),
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
    path: '/orders/{id}/link/{key}',
    id: 'openOrder',
    summary: 'Open an order by its `link`, on any device; the session may read and change it from then on',
    security,
    answers: [ok('OrderAnswer'), missing, no(429, 'Too many wrong links; see Retry-After.')],
  },
  {
    method: 'post',
    path: '/orders/find',
    id: 'findOrder',
    summary: 'Find an order by its number and the e-mail address given with it; the session may read it from then on',
    security,
    body: 'OrderLookup',
    answers: [
      ok('OrderAnswer', 'Without address, instructions and link.'),
      no(404, 'No order has this number together with this address.'),
      invalid,
      no(429, 'Too many tries; see Retry-After.'),
    ],
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
    path: '/orders/{id}/again',
    id: 'orderAgain',
    summary: 'Put what was ordered into the basket once more',
    security,
    body: 'Nothing',
    answers: [ok('AgainAnswer'), missing],
  },
  {
    method: 'get',
    path: '/data',
    id: 'exportData',
    summary: 'Everything the storefront holds about you, and about guests whose orders you opened by link',
    security,
    answers: [ok('DataAnswer')],
  },
  {
    method: 'post',
    path: '/erasures',
    id: 'beForgotten',
    summary: 'Delete your account and everything personal',
    description:
      'Ended orders lose it at once, an open order when it has ended. The session ends. An account sends its password. ' +
      'Guests whose orders you opened by link are forgotten with you.',
    security,
    body: 'ErasureRequest',
    answers: [ok('ErasureAnswer'), no(401, 'That is not the password.'), invalid, no(429, 'Too many tries.')],
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
      'Every no looks like Problem. Money as decimal strings with a currency, tax included; times in RFC 3339. ' +
      'Sentences (`text`, `statusText`, `summary`) come in English, German or Japanese: as `locale` of the session says, ' +
      'which the first request takes from its `Accept-Language`.',
    schemas: {
      SearchAnswer: customer.searchAnswer,
      ProductAnswer: customer.productAnswer,
      ProductView: customer.productView,
      SessionRequest: customer.sessionRequest,
      SessionAnswer: customer.sessionAnswer,
      ForgottenOffer: password.forgottenOffer,
      ForgottenRequest: password.forgottenRequest,
      ForgottenAnswer: password.forgottenAnswer,
      ResetOffer: password.resetOffer,
      ResetRequest: password.resetRequest,
      ResetAnswer: password.resetAnswer,
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
      OrderLookup: customer.orderLookup,
      AgainAnswer: customer.againAnswer,
      DataExport: customer.dataExport,
      DataAnswer: customer.dataAnswer,
      ErasureRequest: customer.erasureRequest,
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
