import { z } from 'zod'
import type { Clock } from '../../../kernel/time.ts'
import type { AccessProblem, ProblemFacts, Sighting, StorefrontProbe } from '../../../ports/storefront-probe.ts'
import { description, protocolVersion } from '../../../../src-protocol/index.ts'
import { isLoopback } from '../host-answer.ts'
import { glance, type Glance, type GlanceOptions } from './glance.ts'
import { baseText, typedAddress } from './typed-address.ts'

export interface ProbeOptions {
  readonly clock: Clock
  /** Milliseconds for each question; 10,000 unless told. */
  readonly timeoutMs?: number
  readonly fetch?: GlanceOptions['fetch']
}

/** Finds out what speaks at an address: the open protocol, WooCommerce, or something that is no shop, and then what. */
export function storefrontProbe(options: ProbeOptions): StorefrontProbe {
  const { clock, timeoutMs = 10_000, fetch: ask = fetch } = options
  const look = (url: URL): ReturnType<typeof glance> => glance(url, { now: () => clock.now(), timeoutMs, fetch: ask })
  return {
    async look(typed) {
      const address = typedAddress(typed)
      if ('problem' in address)
        return { url: typed.trim().slice(0, 200), problem: { code: address.problem, facts: {} } }
      const found = await sight(address.url, look)
      const isBare = address.url.protocol === 'http:' && !isLoopback(address.url.hostname)
      return isBare ? overPlainHttp(address.url, found, look) : found
    },
  }
}

type Look = (url: URL) => ReturnType<typeof glance>

const sighting = (url: URL, code: AccessProblem, facts: ProblemFacts = {}): Sighting => ({
  url: baseText(url),
  problem: { code, facts: { host: url.host, ...facts } },
})

/** http where https would do: says so, and whether https answers there. A key is not sent over it unasked. */
async function overPlainHttp(url: URL, found: Sighting, look: Look): Promise<Sighting> {
  if (found.problem !== undefined && found.problem.code !== 'redirected') return found
  const secure = new URL(url)
  secure.protocol = 'https:'
  const answers = !('broken' in (await look(secure)))
  return { ...found, ...sighting(url, 'plain-http'), ...(answers && { suggestion: baseText(secure) }) }
}

async function sight(url: URL, look: Look): Promise<Sighting> {
  const first = await look(new URL(`${baseText(url)}/.well-known/storefront`))
  if ('broken' in first) return sighting(url, first.broken)
  const seen = { url: baseText(url), hostClockOffsetMs: first.hostClockOffsetMs }
  const open = openProtocol(url, first)
  if (open !== undefined) return { ...seen, ...open }
  const away = redirected(url, first)
  if (away !== undefined) return { ...seen, ...away }
  const hindrance = hindered(url, first)
  if (hindrance !== undefined) return { ...seen, ...hindrance }
  return { ...seen, ...(await wordPress(url, look)) }
}

/** Only the part that tells one protocol from another: a server with one wrong field is still that server. */
const announcement = z.looseObject({ protocolVersions: z.array(z.string()), name: z.string() })

function openProtocol(url: URL, { json, status }: Glance): Sighting | undefined {
  const announced = announcement.safeParse(json)
  if (status !== 200 || !announced.success) return undefined
  const { name, protocolVersions } = announced.data
  const base: Sighting = { url: baseText(url), platform: 'open-protocol', name: name.slice(0, 100) }
  if (!protocolVersions.includes(protocolVersion)) {
    const versions = protocolVersions.join(', ').slice(0, 60)
    return { ...base, ...sighting(url, 'version-old', { found: versions, needed: protocolVersion }) }
  }
  const [issue] = description.safeParse(json).error?.issues ?? []
  return issue === undefined ? base : { ...base, ...sighting(url, 'answer-wrong', { field: issue.path.join('.') }) }
}

function redirected(url: URL, { status, location }: Glance): Sighting | undefined {
  if (status < 300 || status > 399 || location === undefined || location.host === url.host) return undefined
  const there = new URL(url)
  there.protocol = location.protocol
  there.host = location.host
  return { ...sighting(url, 'redirected', { toHost: location.host }), suggestion: baseText(there) }
}

const captchaSigns =
  /captcha|cf-chl|challenge-platform|just a moment|are you (a )?human|attention required|ddos protection|checking your browser|verify(ing)? you/i

/** What stands in the way of every question. */
function hindered(url: URL, { status, isHtml, text }: Glance): Sighting | undefined {
  // No shop answers a question with "accepted" and a page: hosts that ask for a person do.
  if (isHtml && (status === 202 || (status !== 404 && captchaSigns.test(text))))
    return sighting(url, 'captcha', { status })
  if (status === 429) return sighting(url, 'too-many-requests', { status })
  if (status >= 500) return sighting(url, 'unavailable', { status })
  return undefined
}

const restIndex = z.looseObject({ namespaces: z.array(z.string()), name: z.string().default('') })
const restRefusal = z.looseObject({ code: z.string() })

/** WordPress tells its routes at `/wp-json/`, or at `/?rest_route=/` where addresses are plain. */
async function wordPress(url: URL, look: Look): Promise<Sighting> {
  let page: Glance | undefined
  for (const path of ['/wp-json/?_fields=name,namespaces', '/?rest_route=/&_fields=name,namespaces']) {
    const seen = await look(new URL(baseText(url) + path))
    if ('broken' in seen) return sighting(url, seen.broken)
    const index = restIndex.safeParse(seen.json)
    if (seen.status === 200 && index.success) return shopIn(url, index.data)
    const away = redirected(url, seen) ?? hindered(url, seen)
    if (away !== undefined) return away
    if (restRefusal.safeParse(seen.json).success && [401, 403, 404].includes(seen.status)) {
      return { ...sighting(url, 'rest-off', { status: seen.status }), platform: undefined }
    }
    if (seen.isHtml && seen.status === 403) return sighting(url, 'firewall', { status: 403 })
    page = seen
  }
  // A theme's page in place of the index: WordPress whose interface is hidden.
  if (page !== undefined && /\/wp-(content|includes)\//.test(page.text)) return sighting(url, 'rest-off', { status: page.status }) // prettier-ignore
  return sighting(url, page?.isHtml === true ? 'web-page' : 'not-a-shop', { status: page?.status ?? 0 })
}

function shopIn(url: URL, { namespaces, name }: z.infer<typeof restIndex>): Sighting {
  const called = name === '' ? {} : { name: name.slice(0, 100) }
  if (namespaces.includes('wc/v3')) return { url: baseText(url), platform: 'woocommerce', ...called }
  if (namespaces.some((namespace) => /^wc\/v\d/.test(namespace))) {
    return {
      ...sighting(url, 'version-old', { found: 'WooCommerce before 3.5', needed: 'WooCommerce 7.9' }),
      ...called,
    }
  }
  return { ...sighting(url, 'not-a-shop', { status: 200 }), ...called }
}
