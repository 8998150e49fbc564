import { packagingRules, type WirePackagedProduct, type WirePackagingRules } from '../../src-protocol/index.ts'
import type { Db } from './database.ts'

/** The rules in force, with the measures ready to be looked up. */
export interface RulesInForce {
  readonly rules: WirePackagingRules
  readonly productBySku: ReadonlyMap<string, WirePackagedProduct>
}

/** Parsing thousands of measures per cart preview would cost more than packing: one parse per published version. */
const parsedByDb = new WeakMap<Db, { version: string; inForce: RulesInForce }>()

/** The rules last published; undefined until the back office has sent some. */
export function findRules(db: Db): RulesInForce | undefined {
  const version = db.prepare<[], { version: string }>('SELECT version FROM packaging_rules').get()?.version
  if (version === undefined) return undefined
  const known = parsedByDb.get(db)
  if (known?.version === version) return known.inForce
  const body = db.prepare<[], { body: string }>('SELECT body FROM packaging_rules').get()?.body ?? ''
  const rules = packagingRules.parse(JSON.parse(body))
  const inForce = { rules, productBySku: new Map(rules.products.map((product) => [product.sku, product])) }
  parsedByDb.set(db, { version, inForce })
  return inForce
}

/** Replaces the rules whole; false when this version is in force already. */
export function publishRules(db: Db, rules: WirePackagingRules, nowMs: number): boolean {
  const publish = db.transaction(() => {
    const present = db.prepare<[], { version: string }>('SELECT version FROM packaging_rules').get()
    if (present?.version === rules.version) return false
    db.prepare(
      `INSERT INTO packaging_rules VALUES (1, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body, published_at = excluded.published_at`,
    ).run(rules.version, JSON.stringify(rules), nowMs)
    return true
  })
  return publish.immediate()
}
