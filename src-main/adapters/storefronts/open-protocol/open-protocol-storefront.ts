import { z } from 'zod'
import { AppError } from '../../../kernel/errors.ts'
import type { Clock } from '../../../kernel/time.ts'
import type {
  Erasure,
  OrdersNow,
  Pull,
  StockAnswer,
  StockLevel,
  Storefront,
  StorefrontDescription,
} from '../../../ports/storefront.ts'
import {
  cursor as cursorSchema,
  description,
  erasure,
  openOrders,
  order,
  packagingRulesAnswer,
  productChange,
  protocolVersion,
  stockAnswer,
} from '../../../../src-protocol/index.ts'
import { askHost, callHost, type HostConnection } from './host-call.ts'
import { sendReports } from './push-reports.ts'
import { testAccess } from './test-access.ts'
import { orderOf, productChangeOf, readEntries } from './wire-to-port.ts'

export interface OpenProtocolOptions {
  /** Base address of the shop, such as `https://shop.example`. */
  readonly address: string
  readonly token: string
  readonly clock: Clock
  /** Milliseconds to wait for a whole answer; 20,000 unless told. */
  readonly timeoutMs?: number
  /** Largest answer that is read; 32 MiB unless told. */
  readonly maxAnswerBytes?: number
}

/** A host that cannot give a large page in time may manage a small one. */
const pageSizes = [100, 50, 20, 5] as const
const stockBatch = 5000

/** The storefront at an address, through the open storefront protocol. Throws `ERR_INPUT_INVALID` for no address. */
export function openProtocolStorefront(options: OpenProtocolOptions): Storefront {
  const connection = connectionOf(options)
  const pages = pageReader(connection)
  const describe = () => describeHost(connection, options.clock)
  return {
    describe,
    testAccess: () => testAccess(connection, describe),
    pullProducts: (cursor) => pages.read('/products', { cursor }, { schema: productChange, convert: productChangeOf }),
    pullOrders: (cursor, pull = {}) => pages.read('/orders', { cursor, ...pull }, { schema: order, convert: orderOf }),
    pullErasures: (cursor) => pages.read('/erasures', { cursor }, { schema: erasure, convert: erasureOf }),
    getOrders: (ids) => getOrders(connection, ids),
    async listOpenIds() {
      const { orders } = await askHost(connection, { method: 'GET', path: '/orders:open', schema: openOrders })
      return orders.map((open) => ({ ...open, changedAt: Date.parse(open.changedAt) }))
    },
    async publishPackagingRules(rules) {
      await askHost(connection, { method: 'PUT', path: '/packaging-rules', body: rules, schema: packagingRulesAnswer })
    },
    pushStock: (levels) => pushStock(connection, levels),
    pushReports: (reports) => sendReports(connection, reports),
  }
}

function connectionOf(options: OpenProtocolOptions): HostConnection {
  if (!URL.canParse(options.address) || !/^https?:/.test(options.address)) {
    throw new AppError('ERR_INPUT_INVALID', { path: 'address', expected: 'an address that begins with https://' })
  }
  if (!/^[\x21-\x7e]+$/.test(options.token))
    throw new AppError('ERR_INPUT_INVALID', { path: 'token', expected: 'a token' })
  const { timeoutMs = 20_000, maxAnswerBytes = 32 * 1024 * 1024 } = options
  return { address: new URL(options.address), token: options.token, timeoutMs, maxAnswerBytes }
}

async function describeHost(connection: HostConnection, clock: Clock): Promise<StorefrontDescription> {
  const before = clock.now()
  const path = '/.well-known/storefront'
  const value = await askHost(connection, { method: 'GET', path, schema: description })
  const middle = (before + clock.now()) / 2
  if (!value.protocolVersions.includes(protocolVersion)) {
    const place = { field: 'protocolVersions', expected: protocolVersion }
    throw new AppError('ERR_STOREFRONT_ANSWER', { host: connection.address.host, path, what: 'wrong-shape', ...place })
  }
  return {
    platform: value.platform,
    name: value.name,
    protocolVersion,
    currency: value.currency,
    timeZone: value.timeZone,
    pricesIncludeTax: value.pricesIncludeTax,
    pageSize: value.pageSize.max,
    clockOffsetMs: Math.round(Date.parse(value.serverTime) - middle),
    reportKinds: value.reportKinds,
    longPollMs: value.longPollSeconds * 1000,
  }
}

interface PageRequest {
  readonly cursor: string | undefined
  readonly limit?: number | undefined
  readonly waitMs?: number | undefined
}

const rawPage = z.object({ entries: z.array(z.unknown()), cursor: cursorSchema, hasMore: z.boolean() })

/** Reads pages, and asks for smaller ones after an answer that was too slow or too large. */
function pageReader(connection: HostConnection) {
  let step = 0
  return {
    async read<Schema extends z.ZodType, Entry>(
      path: string,
      request: PageRequest,
      entry: { readonly schema: Schema; readonly convert: (wire: z.output<Schema>) => Entry },
    ): Promise<Pull<Entry>> {
      try {
        const pull = await readPage(connection, path, { ...request, limit: request.limit ?? pageSizes[step] })
        step = Math.max(0, step - 1)
        if (pull === undefined) return { kind: 'cursor-expired' }
        return { kind: 'page', ...readEntries(pull.entries, entry.schema, entry.convert), cursor: pull.cursor, hasMore: pull.hasMore } // prettier-ignore
      } catch (error) {
        if (isTooMuch(error)) step = Math.min(pageSizes.length - 1, step + 1)
        throw error
      }
    },
  }
}

/** One call an order: the protocol has no list by ids. */
async function getOrders(connection: HostConnection, ids: readonly string[]): Promise<OrdersNow> {
  const missing: string[] = []
  const bodies: unknown[] = []
  for (const id of ids) {
    const path = `/orders/${encodeURIComponent(id)}`
    const answer = await callHost(connection, { method: 'GET', path, schema: z.unknown(), alsoAccept: [404, 410] })
    if (answer.ok) bodies.push(answer.value)
    else missing.push(id)
  }
  const { entries, refused } = readEntries(bodies, order, orderOf)
  return { found: entries, missing, refused }
}

const isTooMuch = (error: unknown): boolean =>
  error instanceof AppError &&
  ['no-answer-in-time', 'answer-too-large', 'answer-cut-short'].includes(String(error.details['what']))

/** Undefined when the cursor has expired. */
async function readPage(
  connection: HostConnection,
  path: string,
  request: PageRequest,
): Promise<z.output<typeof rawPage> | undefined> {
  const waitMs = request.waitMs ?? 0
  const answer = await callHost(connection, {
    method: 'GET',
    path,
    query: {
      cursor: request.cursor,
      limit: request.limit === undefined ? undefined : String(request.limit),
      wait: waitMs >= 1000 ? String(Math.floor(waitMs / 1000)) : undefined,
    },
    extraMs: waitMs,
    schema: rawPage,
    alsoAccept: [410],
  })
  if (!answer.ok) return undefined
  // The same cursor with "more" would be asked for for ever.
  if (answer.value.hasMore && answer.value.cursor === request.cursor) {
    const place = { field: 'cursor', expected: 'a cursor that moves on' }
    throw new AppError('ERR_STOREFRONT_ANSWER', { host: connection.address.host, path, what: 'wrong-shape', ...place })
  }
  return answer.value
}

const erasureOf = (wire: z.infer<typeof erasure>): Erasure => ({ ...wire, requestedAt: Date.parse(wire.requestedAt) })

async function pushStock(connection: HostConnection, levels: readonly StockLevel[]): Promise<readonly StockAnswer[]> {
  const answers: StockAnswer[] = []
  for (let start = 0; start < levels.length; start += stockBatch) {
    const batch = levels.slice(start, start + stockBatch)
    const body = { levels: batch }
    const told = await askHost(connection, { method: 'PUT', path: '/stock', body, schema: stockAnswer })
    if (batch.some(({ sku }, index) => told.answers[index]?.sku !== sku)) {
      const place = { field: 'answers', expected: 'one for each level, in order' }
      const where = { host: connection.address.host, path: '/stock', what: 'wrong-shape' }
      throw new AppError('ERR_STOREFRONT_ANSWER', { ...where, ...place })
    }
    answers.push(...told.answers)
  }
  return answers
}
