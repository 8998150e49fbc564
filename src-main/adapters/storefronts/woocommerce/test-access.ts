import { z } from 'zod'
import type { Json } from '../../../kernel/json.ts'
import type { AccessCheck } from '../../../ports/storefront.ts'
import { isLoopback } from '../host-answer.ts'
import { tried } from '../tried.ts'
import { readShopFacts } from './shop-facts.ts'
import type { WooHost } from './woo-host.ts'

/** A clock further off than this makes times look wrong. Up to any amount, signing is corrected for it. */
const clockToleranceMs = 120_000
/** The oldest version whose behaviour was measured. */
const oldest = [7, 9] as const

/**
 * Tries what set-up needs and says of each part what was found, in facts for a sentence. `what` is a HostFailure, and
 * `means` what it comes to here: `not-woocommerce`, `woocommerce-too-old`, `rest-disabled`, `read-only-key`, `wrong-key`,
 * `clock-off`. With a key that nobody knows the right to write is not tried.
 */
export async function testAccess(host: WooHost): Promise<readonly AccessCheck[]> {
  const isSafe = host.base.protocol === 'https:' || isLoopback(host.base.hostname)
  const transport: AccessCheck = isSafe
    ? { check: 'transport', ok: true, details: {} }
    : { check: 'transport', ok: false, details: { what: 'plain-http', host: host.base.host } }
  const address = await checked('address', () => addressFacts(host))
  if (!address.ok) return [transport, named(address)]
  const clock = clockCheck(host)
  const read = keyCheck(await checked('read', () => readFacts(host)), 'wrong-key')
  if (read.details['means'] === 'wrong-key') return [transport, address, clock, read]
  const write = await checked('write', async () => {
    // Nothing to create, update or delete: WooCommerce asks for the right to write and then does nothing.
    await host.call({ method: 'POST', path: 'wc/v3/orders/batch', body: {} })
    return {}
  })
  // The answer itself does not tell a key that may only read from a wrong one; that it reads does.
  return [transport, address, clock, read, keyCheck(write, 'read-only-key')]
}

async function addressFacts(host: WooHost): Promise<AccessCheck['details']> {
  const { name, namespaces } = await readShopFacts(host)
  const permalinks = host.found.routes
  if (namespaces.includes('wc/v3')) return { name, platform: 'woocommerce', address: host.base.href, permalinks }
  const isOld = namespaces.some((namespace) => namespace.startsWith('wc/'))
  const means = isOld ? 'woocommerce-too-old' : 'not-woocommerce'
  throw new Found({ what: isOld ? 'refused' : 'not-found', means, name, host: host.base.host })
}

/** Something that is not an error of a call, and stands in the way all the same. */
class Found extends Error {
  readonly facts: { readonly [key: string]: Json | undefined }
  constructor(facts: { readonly [key: string]: Json | undefined }) {
    super('found')
    this.facts = facts
  }
}

/** `tried`, which also takes for an answer what is in the way without being an error. */
async function checked(...[check, attempt]: Parameters<typeof tried>): Promise<AccessCheck> {
  try {
    return await tried(check, attempt)
  } catch (error) {
    if (error instanceof Found) return { check, ok: false, details: error.facts }
    throw error
  }
}

/** A site that answers strangers with a refusal of WordPress's has closed its REST interface; a page is no shop at all. */
function named(address: AccessCheck): AccessCheck {
  const { what, reason, status } = address.details
  const isClosed = (what === 'unauthorised' || what === 'forbidden') && typeof reason === 'string'
  const isElsewhere = what === 'not-found' || what === 'wrong-shape' || (what === 'html-page' && status === 200)
  const means = isClosed ? 'rest-disabled' : isElsewhere ? 'not-woocommerce' : undefined
  return means === undefined ? address : { ...address, details: { means, ...address.details } }
}

function clockCheck(host: WooHost): AccessCheck {
  const { clockOffsetMs } = host.found
  const isRight = Math.abs(clockOffsetMs) <= clockToleranceMs
  // Signing goes by the host's clock, so calls work all the same; times we show do not.
  const details = {
    clockOffsetMs,
    host: host.base.host,
    ...(!isRight && { means: 'clock-off', isCorrectedWhenSigning: true }),
  }
  return { check: 'clock', ok: isRight, details }
}

const environment = z.looseObject({ environment: z.looseObject({ version: z.string() }) })

async function readFacts(host: WooHost): Promise<AccessCheck['details']> {
  await host.call({ method: 'GET', path: 'wc/v3/orders', query: { per_page: '1', _fields: 'id' } })
  const { auth } = host.found
  const query = { _fields: 'environment' }
  const { json } = await host.call({ method: 'GET', path: 'wc/v3/system_status', query, alsoAccept: [401, 403, 404] })
  const version = environment.safeParse(json).data?.environment.version
  if (version !== undefined && isOlder(version))
    throw new Found({ what: 'refused', means: 'woocommerce-too-old', version, auth })
  return { auth, version }
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1])
}

const keyCheck = (check: AccessCheck, means: 'wrong-key' | 'read-only-key'): AccessCheck =>
  check.details['what'] === 'unauthorised' ? { ...check, details: { ...check.details, means } } : check
