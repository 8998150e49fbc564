import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { carrierFiles } from '../../../src-main/adapters/carrier-files/carrier-files.ts'
import { manifestSealing } from '../../../src-main/adapters/carriers/manifest-sealing.ts'
import { catalogueFiles } from '../../../src-main/adapters/files/catalogue-files.ts'
import { labelSealing } from '../../../src-main/adapters/labels/label-sealing.ts'
import { memoryStore } from '../../../src-main/adapters/memory/memory-store.ts'
import { inProcessPlanners } from '../../../src-main/adapters/planners/in-process-planners.ts'
import { createShopKey } from '../../../src-main/adapters/vault/shop-key.ts'
import { shopVault } from '../../../src-main/adapters/vault/shop-vault.ts'
import { addCourierKey } from '../../../src-main/application/courier-keys.ts'
import type { Caller, Workshop } from '../../../src-main/application/workshop.ts'
import type { Settings } from '../../../src-main/domain/settings.ts'
import type { Documents } from '../../../src-main/ports/documents.ts'
import type { Store } from '../../../src-main/ports/store/store.ts'
import type { Progress, System } from '../../../src-main/ports/system.ts'
import { makeKeys, publicSet, type CourierKeys } from '../../../src-courier/core/courier-keys.ts'
import {
  makeAudit,
  makeCarrier,
  makeCarton,
  makeCartonMovement,
  makeConnection,
  makeFloor,
  makeHandling,
  makeLocation,
  makeMovement,
  makeProduct,
  makeSettings,
  testNow,
} from '../../fixtures/builders.ts'
import { unusedKeeping } from '../../fixtures/keeping.ts'
import { fakePrinting } from './fake-printing.ts'
import { fakeStorefront, type FakeStorefront } from './fake-storefront.ts'

/** One paper that was asked for: which, and everything the drawing adapter was told. */
export interface Paper {
  readonly kind: keyof Documents
  readonly told: readonly unknown[]
}

export interface TestShop {
  readonly workshop: Workshop
  readonly store: Store
  readonly storefront: FakeStorefront
  readonly caller: Caller
  readonly clock: { now(): number; forward(ms: number): void }
  readonly papers: Paper[]
  readonly files: Map<string, Uint8Array>
  readonly progress: Progress[]
  readonly keys: { readonly VAN: CourierKeys; readonly POST: CourierKeys }
  /** Everything that was ever handed to the store, as text. */
  readonly written: () => string
  /** Makes the caller's watch say that the person has pressed cancel. */
  cancel(): void
}

export interface ShopOptions {
  readonly settings?: Partial<Settings> | undefined
  /** Couriers get no key. */
  readonly withoutKeys?: boolean | undefined
  readonly makeStore?: (() => Promise<Store>) | undefined
}

export const gtins = { TEA: '2000000000015', MUG: '2000000000022', PAINT: '2000000000039' } as const

const opened: string[] = []
export function removeTestShops(): void {
  for (const folder of opened.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/**
 * A shop on the in-memory store with a real vault, real sealing and the engines in process: tea (food) at two places,
 * mugs at one, paint (never beside food), two cartons, a van for postcodes 10 and 12, a parcel carrier for the rest.
 */
export async function openTestShop(options: ShopOptions = {}): Promise<TestShop> {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-application-'))
  opened.push(folder)
  let now = testNow
  const clock = { now: () => now, forward: (ms: number) => void (now += ms) }
  const system: System = {
    clock,
    random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
    hasher: { sha256: (content) => createHash('sha256').update(content).digest('hex') },
  }
  await createShopKey({ folder, random: system.random })
  const { vault, keys: shopKey } = await shopVault({ folder, random: system.random })
  const calls: string[] = []
  const store = recording(options.makeStore ? await options.makeStore() : memoryStore(), calls)
  const storefront = fakeStorefront()
  const papers: Paper[] = []
  const files = new Map<string, Uint8Array>()
  const progress: Progress[] = []
  let isCancelled = false
  const caller: Caller = {
    actor: 'cli:test',
    source: 'cli',
    watch: { report: (step) => void progress.push(step), isCancelled: () => isCancelled },
  }
  const workshop: Workshop = {
    store,
    ...unusedKeeping,
    planners: inProcessPlanners(),
    vault,
    keys: shopKey,
    labels: labelSealing(),
    manifests: manifestSealing(),
    carrierLabels: carrierFiles({ profilesFolder: join(import.meta.dirname, '../../../resources/carrier-uploads') }),
    couriers: {
      send: async (channel) => ({ outcome: channel.kind === 'pick-up' ? 'waiting-for-pick-up' : 'sent' }),
      findReceipt: async () => undefined,
      tryMail: async () => undefined,
    },
    documents: recordingDocuments(papers),
    files: {
      write: async (id, _name, bytes) => void files.set(id, bytes),
      read: async (id) => files.get(id) ?? new Uint8Array(),
      remove: async (id) => void files.delete(id),
      list: async () => [...files.keys()].map((documentId) => ({ documentId, writtenAt: 0 })),
    },
    printing: fakePrinting(),
    imports: catalogueFiles,
    sampleShop: { read: unused },
    geocoder: { locate: async () => undefined, replaceTable: async () => ({ rows: 0 }) },
    storefrontFor: () => storefront,
    storefrontProbe: { look: async (url) => ({ url, platform: 'open-protocol', name: 'Fake Shop' }) },
    previewStorefrontWords: () => [],
    system,
  }
  const keys = { VAN: await makeKeys(), POST: await makeKeys() }
  await stock(workshop, options)
  if (!options.withoutKeys)
    for (const code of ['VAN', 'POST'] as const) await giveKey(workshop, caller, code, keys[code])
  return {
    workshop, store, storefront, caller, clock, papers, files, progress, keys,
    written: () => calls.join('\n'),
    cancel: () => void (isCancelled = true),
  } // prettier-ignore
}

// eslint-disable-next-line max-params -- who gets which key, asked by whom
export const giveKey = (workshop: Workshop, caller: Caller, carrier: string, keys: CourierKeys) =>
  addCourierKey(workshop, caller, { carrier, jwks: JSON.stringify(publicSet(keys)) })

const unused = (): never => {
  throw new Error('not part of this test')
}

async function stock({ store, vault }: Workshop, options: ShopOptions): Promise<void> {
  const audit = makeAudit
  const food = makeHandling({ class: 'food' })
  await store.saveSettings(makeSettings({ undoMs: 0, ...options.settings }), audit())
  await store.saveFloor(
    {
      floor: makeFloor(),
      locations: [
        makeLocation({ code: 'A-1', place: [0, 1_500] }),
        makeLocation({ code: 'A-2', place: [0, 9_000] }),
        makeLocation({ code: 'B-1', place: [1, 4_000] }),
        makeLocation({ code: 'C-1', place: [2, 6_000] }),
      ],
    },
    audit(),
  )
  await store.saveProducts(
    [
      makeProduct({ sku: 'TEA', gtin: gtins.TEA, handling: food }),
      makeProduct({ sku: 'MUG', gtin: gtins.MUG, sizeMm: [100, 90, 95], weightG: 410 }),
      makeProduct({ sku: 'PAINT', gtin: gtins.PAINT, handling: makeHandling({ class: 'chemicals' }), weightG: 900 }),
    ],
    [
      makeMovement({ sku: 'TEA', location: 'A-1', quantity: 10 }),
      makeMovement({ sku: 'TEA', location: 'A-2', quantity: 4 }),
      makeMovement({ sku: 'MUG', location: 'B-1', quantity: 8 }),
      makeMovement({ sku: 'PAINT', location: 'C-1', quantity: 6 }),
    ],
    audit(),
  )
  await store.saveCartons(
    [
      makeCarton({ code: 'S' }),
      makeCarton({ code: 'L', innerMm: [400, 300, 250], outerMm: [408, 308, 262], tareG: 400, maxGrossG: 15_000 }),
    ],
    [makeCartonMovement({ sku: 'S', quantity: 30 }), makeCartonMovement({ sku: 'L', quantity: 30 })],
    audit(),
  )
  const vehicle = { count: 1, capacityParcels: 60, capacityG: 600_000, returns: true, speedKmh: 30 }
  await store.saveCarrier(
    makeCarrier({ code: 'VAN', countries: ['DE'], postcodePrefixes: ['10', '12'], vehicle }),
    audit(),
  )
  await store.saveCarrier(
    makeCarrier({ code: 'POST', kind: 'parcel-carrier', priority: 2, plansOwnRoute: true }),
    audit(),
  )
  const sealedToken = vault.seal('main', { token: 'storefront-token' })
  await store.saveConnection(makeConnection({ id: 'main', sealedToken }), audit())
}

/** The same store, with every argument written down: what is in clear there would be in clear on the disk. */
function recording(store: Store, calls: string[]): Store {
  return new Proxy(store, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver)
      if (typeof method !== 'function') return method
      return (...args: unknown[]): unknown => {
        calls.push(`${String(name)} ${JSON.stringify(args)}`)
        return Reflect.apply(method, target, args)
      }
    },
  })
}

function recordingDocuments(papers: Paper[]): Documents {
  const draw =
    (kind: keyof Documents) =>
    async (...told: unknown[]): Promise<Uint8Array> => {
      papers.push({ kind, told })
      return new TextEncoder().encode(JSON.stringify([kind, told]))
    }
  return {
    pickSheet: draw('pickSheet'),
    packingSlip: draw('packingSlip'),
    label: draw('label'),
    labelZpl: async (...told) => {
      papers.push({ kind: 'labelZpl', told })
      return '^XA^XZ\n'
    },
    runSheet: draw('runSheet'),
    counterSlip: draw('counterSlip'),
    invoice: draw('invoice'),
    crossedOut: draw('crossedOut'),
  }
}
