import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { manifestSealing } from '../../src-main/adapters/carriers/manifest-sealing.ts'
import { catalogueFiles } from '../../src-main/adapters/files/catalogue-files.ts'
import { labelSealing } from '../../src-main/adapters/labels/label-sealing.ts'
import { inProcessPlanners } from '../../src-main/adapters/planners/in-process-planners.ts'
import { createShopKey } from '../../src-main/adapters/vault/shop-key.ts'
import { openVault } from '../../src-main/adapters/vault/vault.ts'
import { fakePrinting } from '../unit/application/fake-printing.ts'
import { unusedKeeping } from '../fixtures/keeping.ts'
import { addCourierKey } from '../../src-main/application/courier-keys.ts'
import type { Caller, Workshop } from '../../src-main/application/workshop.ts'
import { toJson } from '../../src-main/kernel/json.ts'
import { seededRandom } from '../../src-main/kernel/random.ts'
import type { Clock } from '../../src-main/kernel/time.ts'
import type { Connection } from '../../src-main/ports/store/order-store.ts'
import type { Store } from '../../src-main/ports/store/store.ts'
import type { Storefront } from '../../src-main/ports/storefront.ts'
import type { System } from '../../src-main/ports/system.ts'
import type { Vault } from '../../src-main/ports/vault.ts'
import { makeKeys, publicSet, type CourierKeys } from '../../src-courier/core/courier-keys.ts'
import {
  makeCarrier,
  makeCarton,
  makeCartonMovement,
  makeFloor,
  makeHandling,
  makeLocation,
  makeMovement,
  makeProduct,
  makeSettings,
} from '../fixtures/builders.ts'

/** What a process makes once: keys cost more than a whole history. */
export interface Secrets {
  /** Holds the key file. */
  readonly folder: string
  readonly vault: Vault
  readonly courier: CourierKeys
  remove(): void
}

export async function makeSecrets(): Promise<Secrets> {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-histories-'))
  const random = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) }
  await createShopKey({ folder, random })
  return {
    folder,
    vault: await openVault({ folder, random }),
    courier: await makeKeys(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export const seededSystem = (clock: Clock, seed: number): System => {
  const random = seededRandom(seed)
  return {
    clock,
    random: { bytes: (count) => Uint8Array.from({ length: count }, () => random.below(256)) },
    hasher: { sha256: (content) => createHash('sha256').update(content).digest('hex') },
  }
}

export interface OurParts {
  readonly secrets: Pick<Secrets, 'vault'>
  readonly store: Store
  readonly system: System
  readonly storefrontFor: (connection: Connection) => Storefront
}

const draw = async (): Promise<Uint8Array> => new Uint8Array([1])
const unused = (): never => {
  throw new Error('not part of a history')
}

/** A workshop over a store, with papers that cost nothing. */
export function ourWorkshop(parts: OurParts): Workshop {
  return {
    store: parts.store,
    ...unusedKeeping,
    planners: inProcessPlanners(),
    vault: parts.secrets.vault,
    labels: labelSealing(),
    manifests: manifestSealing(),
    carrierLabels: { profiles: unused, request: unused, readAnswer: unused },
    couriers: {
      send: async () => ({ outcome: 'waiting-for-pick-up' }),
      findReceipt: async () => undefined,
      tryMail: async () => undefined,
    },
    documents: {
      pickSheet: draw,
      packingSlip: draw,
      label: draw,
      labelZpl: async () => '^XA^XZ\n',
      runSheet: draw,
      counterSlip: draw,
      invoice: draw,
      crossedOut: draw,
    },
    files: { write: async () => undefined, read: draw, remove: async () => undefined, list: async () => [] },
    printing: fakePrinting(),
    imports: catalogueFiles,
    sampleShop: { read: unused },
    geocoder: { locate: async () => undefined, replaceTable: async () => ({ rows: 0 }) },
    storefrontFor: parts.storefrontFor,
    storefrontProbe: { look: unused },
    previewStorefrontWords: unused,
    system: parts.system,
  }
}

export const person: Caller = {
  actor: 'cli:history',
  source: 'cli',
  watch: { report: () => undefined, isCancelled: () => false },
}

/** A small shop that sells what the world sells, with one courier for every address. */
export async function openOurs(
  workshop: Workshop,
  secrets: Pick<Secrets, 'vault' | 'courier'>,
  given: Omit<Connection, 'sealedToken' | 'options'> & { readonly token: string; readonly undoMs: number },
): Promise<void> {
  const { store, system } = workshop
  const audit = () => ({
    id: `audit-${system.clock.now()}-${Math.random()}`,
    at: 0,
    actor: 'cli:history' as const,
    action: 'open',
    entity: 'shop',
    entityId: 'shop',
  })
  const settings = makeSettings({ undoMs: given.undoMs })
  await store.saveSettings({ ...settings, privacy: { ...settings.privacy, sealing: 'off' } }, audit())
  const places = { TEA: 'A-1', MUG: 'B-1', PAINT: 'C-1' } as const
  const pieces = { TEA: 26, MUG: 20, PAINT: 12 } as const
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
  const received = (sku: string, location: string, quantity: number) =>
    makeMovement({ id: `m-${sku}-${location}`, sku, location, quantity })
  await store.saveProducts(
    [
      makeProduct({ sku: 'TEA', handling: makeHandling({ class: 'food' }) }),
      makeProduct({ sku: 'MUG', sizeMm: [100, 90, 95], weightG: 410 }),
      makeProduct({ sku: 'PAINT', handling: makeHandling({ class: 'chemicals' }), weightG: 900 }),
    ],
    [
      received('TEA', 'A-1', pieces.TEA),
      received('TEA', 'A-2', 4),
      received('MUG', places.MUG, pieces.MUG),
      received('PAINT', places.PAINT, pieces.PAINT),
    ],
    audit(),
  )
  await store.saveCartons(
    [
      makeCarton({ code: 'S' }),
      makeCarton({ code: 'L', innerMm: [400, 300, 250], outerMm: [408, 308, 262], tareG: 400, maxGrossG: 15_000 }),
    ],
    [
      makeCartonMovement({ id: 'm-S', sku: 'S', quantity: 300 }),
      makeCartonMovement({ id: 'm-L', sku: 'L', quantity: 300 }),
    ],
    audit(),
  )
  await store.saveCarrier(makeCarrier({ code: 'POST', kind: 'parcel-carrier', plansOwnRoute: true }), audit())
  await addCourierKey(workshop, person, { carrier: 'POST', jwks: JSON.stringify(publicSet(secrets.courier)) })
  const { token, undoMs: _undoMs, ...rest } = given
  const sealedToken = secrets.vault.seal(rest.id, toJson({ token }))
  await store.saveConnection({ ...rest, sealedToken, options: {} }, audit())
}
