import { execSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../../src-main/adapters/sqlite/open-store.ts'
import { createShopKey } from '../../src-main/adapters/vault/shop-key.ts'
import { openVault } from '../../src-main/adapters/vault/vault.ts'
import { openPersonal } from '../../src-main/application/open-personal.ts'
import { queryTokens, searchTokens, searchWords } from '../../src-main/application/search-tokens.ts'
import type { Order } from '../../src-main/domain/order.ts'
import { seededRandom } from '../../src-main/kernel/random.ts'
import { makeAudit, makeConnection, makeOrder } from '../fixtures/builders.ts'
import { storefrontOrder } from '../unit/application/fake-storefront.ts'

/**
 * Search by name, phone, e-mail and postcode among many orders, both ways of "At rest": keyed tokens in the file, and all
 * open orders decrypted into memory. Printed with what it ran on, never asserted.
 * `node test/bench/blind-index.ts [orders, 100000]`
 */
const count = Number(process.argv[2] ?? 100_000)
const rounds = 20
const random = seededRandom(1)
const bytes = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
const pick = <Value>(list: readonly Value[]): Value => list[random.below(list.length)] as Value // never an empty list
const syllables = 'an be ri lo ka mu te so vi dra hel mar stein berg quist ova'.split(' ')
const word = (parts: number): string => Array.from({ length: parts }, () => pick(syllables)).join('')
const firstNames = Array.from({ length: 800 }, () => word(2))
const lastNames = Array.from({ length: 20_000 }, () => word(3))
const towns = Array.from({ length: 3_000 }, () => word(3))

interface Person {
  readonly id: string
  readonly name: string
  readonly town: string
  readonly postcode: string
  readonly phone: string
  readonly email: string
}

const personOf = (index: number): Person => ({
  id: `order-${String(index).padStart(7, '0')}`,
  name: `${pick(firstNames)} ${pick(lastNames)}`,
  town: pick(towns),
  postcode: String(10_000 + random.below(90_000)),
  phone: `+49 30 ${1_000_000 + index}`,
  email: `p${index}@example.org`,
})

const folder = mkdtempSync(join(tmpdir(), 'backroom-bench-'))
const path = join(folder, 'bench.sqlite')
await createShopKey({ folder: join(folder, 'keys'), random: bytes })
const vault = await openVault({ folder: join(folder, 'keys'), random: bytes })
const store = await openSqliteStore({ path, clock: { now: () => 1 }, backupFolder: folder })
const connection = makeConnection({ id: 'main', sealedToken: vault.seal('main', {}) })
await store.saveConnection(connection, makeAudit())

function orderOf(person: Person, index: number): Order {
  const { id, name, town, postcode, phone, email } = person
  const recipient = { name, lines: ['Xylophonallee 7'], postcode, city: town, country: 'DE', phone }
  const personal = vault.seal(id, { recipient, email })
  return makeOrder({ id, code: `b-${index}`, externalId: id, connectionId: 'main', placedAt: index, personal })
}

function tokensOf({ name, town, postcode, phone, email }: Person): readonly string[] {
  const entry = storefrontOrder({ TEA: 1 }, { address: { name, postcode, city: town, phone } })
  return searchTokens(vault, { ...entry, user: { ...entry.user, name, contact: { email, phone } } })
}

const people: Person[] = []
let tokens = 0
const fillStart = performance.now()
for (let from = 0; from < count; from += 1000) {
  const batch = Array.from({ length: Math.min(1000, count - from) }, (_, i) => personOf(from + i))
  const found = batch.map((person) => ({ orderId: person.id, tokens: tokensOf(person) }))
  tokens += found.reduce((sum, one) => sum + one.tokens.length, 0)
  const orders = batch.map((person, i) => orderOf(person, from + i))
  await store.upsertImportedOrders({
    connectionId: 'main',
    orders,
    users: [],
    events: [],
    reports: [],
    searchTokens: found,
    audit: makeAudit(),
  })
  people.push(...batch)
}
const fillS = (performance.now() - fillStart) / 1000

const at = (sorted: readonly number[], share: number): number =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1))

async function measure(kind: string, typed: () => string, find: (typed: string) => Promise<number>): Promise<object> {
  const ms: number[] = []
  let hits = 0
  for (let round = 0; round < rounds; round++) {
    const text = typed()
    const from = performance.now()
    hits += await find(text)
    ms.push(performance.now() - from)
  }
  const sorted = ms.sort((a, b) => a - b)
  return {
    search: kind,
    hits: Math.round(hits / rounds),
    'p50 ms': at(sorted, 0.5),
    'p95 ms': at(sorted, 0.95),
    'max ms': at(sorted, 1),
  }
}

const byTokens = async (typed: string): Promise<number> =>
  (await store.listOrders({ tokens: queryTokens(vault, typed), offset: 0, limit: 100 })).total
const kinds: readonly (readonly [string, () => string])[] = [
  ['whole name', () => pick(people).name],
  ['last name', () => pick(people).name.split(' ')[1] ?? ''],
  ['three letters', () => (pick(people).name.split(' ')[1] ?? '').slice(0, 3)],
  ['postcode', () => pick(people).postcode],
  ['three digits', () => pick(people).postcode.slice(0, 3)],
  ['phone', () => pick(people).phone],
  ['e-mail', () => pick(people).email],
  ['nobody', () => 'zzzyx'],
]
const rows = []
for (const [kind, typed] of kinds) rows.push(await measure(`tokens: ${kind}`, typed, byTokens))

globalThis.gc?.()
const before = process.memoryUsage().heapUsed
const openStart = performance.now()
const opened: string[] = []
for (let offset = 0; ; offset += 500) {
  const page = await store.listOrders({ sort: 'placed', descending: false, offset, limit: 500 })
  for (const { order } of page.rows) {
    const personal = openPersonal(vault, order)
    if (!personal) continue
    const { recipient, email } = personal
    opened.push(
      [...searchWords(`${recipient.name} ${recipient.postcode} ${recipient.city}`), recipient.phone, email].join(' '),
    )
  }
  if (page.rows.length < 500 || performance.now() - openStart > 30_000) break
}
const openS = (performance.now() - openStart) / 1000
globalThis.gc?.()
const heapMb = (process.memoryUsage().heapUsed - before) / 1e6
const byMemory = async (typed: string): Promise<number> => {
  const words = typed.includes('@') || typed.startsWith('+') ? [typed] : searchWords(typed)
  return opened.filter((text) => words.every((one) => text.includes(one))).length
}
for (const [kind, typed] of kinds) rows.push(await measure(`memory: ${kind}`, typed, byMemory))

const commit = execSync('git rev-parse --short HEAD', { encoding: 'utf8' }).trim()
console.log(`${cpus()[0]?.model ?? 'unknown CPU'} x ${cpus().length}, Node ${process.version}, commit ${commit}`)
console.log(
  `${count} orders taken in and indexed in ${fillS.toFixed(0)} s; ${(tokens / count).toFixed(1)} tokens an order; file ${Math.round(statSync(path).size / 1e6)} MB`,
)
console.log(`opened into memory: ${opened.length} in ${openS.toFixed(1)} s, ${heapMb.toFixed(0)} MB`)
console.table(rows)
await store.close()
rmSync(folder, { recursive: true, force: true })
