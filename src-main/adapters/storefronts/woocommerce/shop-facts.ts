import { z } from 'zod'
import type { Clock } from '../../../kernel/time.ts'
import { shapedAnswer } from './answer-of.ts'
import { idLists } from './id-list.ts'
import type { WooHost } from './woo-host.ts'

/** What a shop's settings say; read again after a while. */
export interface ShopFacts {
  readonly name: string
  /** IANA zone. */
  readonly timeZone: string
  readonly namespaces: readonly string[]
}

export interface ShopSettings {
  readonly currency: string
  /** ISO country of the shop. */
  readonly country: string
  readonly pricesIncludeTax: boolean
  readonly gramsPerUnit: number
  readonly millimetresPerUnit: number
  /** Percent by tax class; the standard class is ''. */
  readonly taxRateByClass: ReadonlyMap<string, number>
}

const index = z.looseObject({
  name: z.string().default(''),
  timezone_string: z.string().optional(),
  gmt_offset: z.coerce.number().catch(0),
  namespaces: z.array(z.string()).catch([]),
})

/** The site's front door, which needs no key. */
export async function readShopFacts(host: WooHost): Promise<ShopFacts> {
  const query = { _fields: 'name,timezone_string,gmt_offset,namespaces' }
  const { json } = await host.call({ method: 'GET', path: '', query })
  const value = shapedAnswer(host, '', { json, schema: index })
  return { name: value.name, timeZone: zoneOf(value), namespaces: value.namespaces }
}

/** A site may be set to an offset instead of a zone; then that offset is the zone, in the form of ISO 8601. */
function zoneOf({ timezone_string: zone, gmt_offset: hours }: z.output<typeof index>): string {
  if (zone !== undefined && zone !== '') return zone
  if (hours === 0) return 'UTC'
  const minutes = Math.round(Math.abs(hours) * 60)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${hours < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

const settingRows = z.array(z.looseObject({ id: z.string(), value: z.unknown() }))
const taxRow = z.looseObject({
  id: z.number(),
  country: z.string().default(''),
  rate: z.coerce.number().catch(0),
  class: z.string().default('standard'),
})

const grams: Readonly<Record<string, number>> = { kg: 1000, g: 1, lbs: 453.592_37, oz: 28.349_523_125 }
const millimetres: Readonly<Record<string, number>> = { m: 1000, cm: 10, mm: 1, in: 25.4, yd: 914.4 }

async function readSettings(host: WooHost): Promise<ShopSettings> {
  const group = async (name: string): Promise<ReadonlyMap<string, string>> => {
    const path = `wc/v3/settings/${name}`
    const { json } = await host.call({ method: 'GET', path, query: { _fields: 'id,value' } })
    const rows = shapedAnswer(host, path, { json, schema: settingRows })
    return new Map(rows.map(({ id, value }) => [id, typeof value === 'string' ? value : '']))
  }
  const [general, products, tax] = [await group('general'), await group('products'), await group('tax')]
  const country = (general.get('woocommerce_default_country') ?? '').slice(0, 2)
  return {
    currency: general.get('woocommerce_currency') ?? 'EUR',
    country,
    pricesIncludeTax: tax.get('woocommerce_prices_include_tax') === 'yes',
    gramsPerUnit: grams[products.get('woocommerce_weight_unit') ?? 'kg'] ?? 1000,
    millimetresPerUnit: millimetres[products.get('woocommerce_dimension_unit') ?? 'cm'] ?? 10,
    taxRateByClass: await readTaxRates(host, country),
  }
}

/** The first rate of each class that holds in the shop's own country, or everywhere. */
async function readTaxRates(host: WooHost, country: string): Promise<ReadonlyMap<string, number>> {
  const rates = new Map<string, number>()
  const request = { path: 'wc/v3/taxes', query: { _fields: 'id,country,rate,class' } }
  for (const raw of await idLists(host).readAll(request)) {
    const { country: where, rate, class: name } = shapedAnswer(host, request.path, { json: raw, schema: taxRow })
    const key = name === 'standard' ? '' : name
    if ((where === '' || where === country) && !rates.has(key)) rates.set(key, rate)
  }
  return rates
}

const trustedForMs = 15 * 60_000

/** The settings, read at most every quarter of an hour. */
export function shopSettings(host: WooHost, clock: Clock): () => Promise<ShopSettings> {
  let known: { readonly at: number; readonly settings: ShopSettings } | undefined
  return async () => {
    if (!known || clock.now() - known.at > trustedForMs) {
      known = { at: clock.now(), settings: await readSettings(host) }
    }
    return known.settings
  }
}
