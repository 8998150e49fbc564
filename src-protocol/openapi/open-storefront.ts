import { z } from 'zod'
import type { Json } from '../../src-main/kernel/json.ts'
import * as wire from '../index.ts'
import { openApiDocument, type Operation } from './document.ts'

/** What a path with this scope is guarded by, and what it answers where the guard says no. */
const guarded = (scope: wire.WireScope) => ({ security: ['backOffice'], scopes: [scope] })
const refusedAnswers = [
  { status: 400, description: 'Not JSON, or a version that is not spoken.', schema: 'Problem' },
  { status: 401, description: 'No token, or an unknown one.', schema: 'Problem' },
  { status: 403, description: 'The token is not made for this; `details.scope` is missing.', schema: 'Problem' },
  { status: 405, description: 'Another method; `Allow` names the right one.', schema: 'Problem' },
]
const tooLarge = { status: 413, description: 'The body is larger than `details.limitBytes`.', schema: 'Problem' }
const otherType = { status: 415, description: 'The body is not `application/json`.', schema: 'Problem' }
const invalid = { status: 422, description: 'A field is wrong; `details.path` names it.', schema: 'Problem' }
const expired = { status: 410, description: 'The cursor has expired: start over without one.', schema: 'Problem' }

const page = {
  cursor: { schema: wire.cursor, description: 'Where the last page ended. Without it: from the beginning.' },
  limit: { schema: z.int().min(1).max(wire.limits.pageSize.max), description: 'Most entries wanted.' },
}
const feed = (entry: Pick<Operation, 'path' | 'id' | 'summary'>, scope: wire.WireScope, schema: string): Operation => ({
  method: 'get',
  ...entry,
  ...guarded(scope),
  description:
    'Oldest change first. Every entry arrives at least once; entries are told apart by id. `cursor` is where to go on, ' +
    'also when `hasMore` is false.',
  query: page,
  answers: [{ status: 200, description: 'A page.', schema }, expired, invalid, ...refusedAnswers],
})

const operations: readonly Operation[] = [
  {
    method: 'get',
    path: '/.well-known/storefront',
    id: 'describe',
    summary: 'What the shop is and speaks',
    answers: [{ status: 200, description: 'The shop.', schema: 'Description' }],
  },
  feed(
    { path: '/products', id: 'listProducts', summary: 'Change feed of sellable units' },
    'products:read',
    'ProductPage',
  ),
  {
    ...feed(
      { path: '/orders', id: 'listOrders', summary: 'Change feed of orders, by server sequence' },
      'orders:read',
      'OrderPage',
    ),
    query: {
      ...page,
      wait: {
        schema: z.int().min(0).max(wire.limits.longPollSeconds),
        description: 'Seconds to hold the answer until there is news.',
      },
    },
  },
  {
    method: 'get',
    path: '/orders/{id}',
    id: 'getOrder',
    summary: 'One order',
    ...guarded('orders:read'),
    answers: [
      { status: 200, description: 'The order.', schema: 'Order' },
      { status: 404, description: 'No such order.', schema: 'Problem' },
      { status: 410, description: 'Its personal data is gone.', schema: 'Problem' },
      ...refusedAnswers,
    ],
  },
  {
    method: 'get',
    path: '/orders:open',
    id: 'listOpenOrders',
    summary: 'Ids of open orders, for reconciling',
    ...guarded('orders:read'),
    answers: [{ status: 200, description: 'All of them.', schema: 'OpenOrders' }, ...refusedAnswers],
  },
  {
    method: 'put',
    path: '/stock',
    id: 'updateStock',
    summary: 'What is sellable',
    description:
      'A level whose `expected` value no longer holds is left alone and answered with what is there: orders came in between.',
    ...guarded('stock:write'),
    body: 'StockUpdate',
    answers: [
      { status: 200, description: 'One answer per level.', schema: 'StockAnswer' },
      invalid,
      tooLarge,
      otherType,
      ...refusedAnswers,
    ],
  },
  {
    method: 'post',
    path: '/orders/{id}/reports',
    id: 'report',
    summary: 'A status report',
    description: 'The same key and body get the same answer for 30 days.',
    ...guarded('reports:write'),
    headers: { 'Idempotency-Key': { schema: z.uuid(), description: 'The id of the report.' } },
    body: 'Report',
    answers: [
      { status: 200, description: 'On record.', schema: 'ReportAccepted' },
      { status: 404, description: 'No such order.', schema: 'Problem' },
      { status: 409, description: 'Something newer is known of that parcel.', schema: 'ReportStale' },
      { status: 422, description: 'A field is wrong, or the key was used with another body.', schema: 'Problem' },
      tooLarge,
      otherType,
      ...refusedAnswers,
    ],
  },
  {
    method: 'post',
    path: '/reports:batch',
    id: 'reportBatch',
    summary: 'Up to 100 status reports',
    ...guarded('reports:write'),
    body: 'ReportBatch',
    answers: [
      { status: 200, description: 'An answer for each, in the order sent.', schema: 'ReportBatchAnswer' },
      invalid,
      tooLarge,
      otherType,
      ...refusedAnswers,
    ],
  },
  feed(
    { path: '/erasures', id: 'listErasures', summary: 'Whose personal data must go' },
    'erasures:read',
    'ErasurePage',
  ),
  {
    method: 'put',
    path: '/packaging-rules',
    id: 'publishPackagingRules',
    summary: 'Cartons, rules and measures, so that the shop can say how an order travels',
    ...guarded('rules:write'),
    body: 'PackagingRules',
    answers: [
      { status: 200, description: 'In force.', schema: 'PackagingRulesAnswer' },
      invalid,
      tooLarge,
      otherType,
      ...refusedAnswers,
    ],
  },
]

/** The open storefront protocol as an OpenAPI document. */
export function openStorefrontDocument(): Json {
  return openApiDocument({
    title: 'Open storefront protocol',
    version: wire.protocolVersion,
    description:
      'The smallest protocol a web shop implements so that Backroom can serve it. Pull only: the back office asks. ' +
      'Money as decimal strings with a currency, grams and millimetres as integers, times in RFC 3339. ' +
      'Absent fields are left out; null is read as absent. HTTPS except on loopback. All rules: docs/protocol/README.md.',
    schemas: {
      Description: wire.description,
      ProductPage: wire.productPage,
      Product: wire.product,
      ProductTombstone: wire.productTombstone,
      OrderPage: wire.orderPage,
      Order: wire.order,
      UserInformation: wire.userInformation,
      PostalAddress: wire.postalAddress,
      Money: wire.moneyAmount,
      OpenOrders: wire.openOrders,
      StockUpdate: wire.stockUpdate,
      StockAnswer: wire.stockAnswer,
      Report: wire.report,
      ReportAccepted: wire.reportAccepted,
      ReportStale: wire.reportStale,
      ReportBatch: wire.reportBatch,
      ReportBatchAnswer: wire.reportBatchAnswer,
      ErasurePage: wire.erasurePage,
      PackagingRules: wire.packagingRules,
      PackagingRulesAnswer: wire.packagingRulesAnswer,
      Handling: wire.handling,
      Problem: wire.problem,
    },
    securitySchemes: {
      backOffice: { type: 'http', scheme: 'bearer', description: 'A token made for the scopes that a path names.' },
    },
    problemType: 'application/problem+json',
    operations,
  })
}
