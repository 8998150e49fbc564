import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { description, orderPage, productPage, type WireOrder, type WireProductChange } from '../index.ts'
import { expectShape, expectStatus, NotTried, type Bench } from './check.ts'
import { serverCall } from './server-call.ts'

export interface RunOptions {
  readonly url: string
  readonly token: string
  readonly now: () => number
  readonly write?: boolean | undefined
  readonly slow?: boolean | undefined
  readonly orderId?: string | undefined
  readonly otherToken?: string | undefined
  readonly expiredCursor?: string | undefined
  /** A command line that makes a customer place or change an order. */
  readonly touch?: string | undefined
  readonly timeoutMs?: number | undefined
}

/** Read for samples; a shop with more is not read whole. */
const mostSampled = 500

/** Everything checks share. The address has been looked at by main.ts. */
export function benchOf(options: RunOptions): Bench {
  const { url, token, now, timeoutMs = 30_000, touch } = options
  const call = serverCall({ url, token, now, timeoutMs })
  const { protocol, hostname } = new URL(url)
  const sampled = async <Entry>(path: '/orders' | '/products'): Promise<readonly Entry[]> => {
    const entries: unknown[] = []
    let cursor: string | undefined
    for (;;) {
      const query = { limit: '100', ...(cursor !== undefined && { cursor }) }
      const answer = expectStatus(await call('GET', path, { query }), 200)
      const page = path === '/orders' ? expectShape(orderPage, answer) : expectShape(productPage, answer)
      entries.push(...page.entries)
      // What is brought again replaces what was brought before.
      if (!page.hasMore || entries.length >= mostSampled || page.cursor === cursor) return entries as Entry[] // shaped above
      cursor = page.cursor
    }
  }
  const orders = once(() => sampled<WireOrder>('/orders'))
  return {
    call,
    now,
    isHttps: protocol === 'https:',
    isLoopback: /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname),
    mayWrite: options.write === true,
    isSlowToo: options.slow === true,
    otherToken: options.otherToken,
    expiredCursor: options.expiredCursor,
    touch: touch === undefined ? undefined : () => runCommand(touch),
    describe: once(async () => expectShape(description, await call('GET', '/.well-known/storefront', { token: null }))),
    orders,
    products: once(() => sampled<WireProductChange>('/products')),
    async testOrder() {
      if (options.orderId !== undefined) return options.orderId
      const open = (await orders()).findLast(({ status }) => status === 'open')
      if (open === undefined) throw new NotTried('the shop has no open order: name one with --order')
      return open.id
    },
    newId: () => randomUUID(),
  }
}

function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined
  return () => {
    asked ??= ask()
    // A failure is asked for again: each check tells it for itself.
    asked.catch(() => (asked = undefined))
    return asked
  }
}

async function runCommand(line: string): Promise<void> {
  const shell = process.platform === 'win32' ? ['cmd', '/d', '/s', '/c', line] : ['sh', '-c', line]
  try {
    await promisify(execFile)(shell[0] ?? '', shell.slice(1), { timeout: 60_000 })
  } catch {
    throw new NotTried('the --touch command failed')
  }
}
