import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { mailAccessOf } from '../application/shop-mail.ts'
import type { Workshop } from '../application/workshop.ts'
import { carrierFiles } from '../adapters/carrier-files/carrier-files.ts'
import { courierDelivery } from '../adapters/carriers/courier-delivery.ts'
import { manifestSealing } from '../adapters/carriers/manifest-sealing.ts'
import { sealedBlockLimit, threadedDocuments } from '../adapters/documents/index.ts'
import { shopCertificates } from '../adapters/certificates/shop-certificates.ts'
import { catalogueFilesWith } from '../adapters/files/catalogue-files.ts'
import { postcodeTable } from '../adapters/files/postcode-table.ts'
import { sampleShopIn } from '../adapters/files/sample-shop.ts'
import { labelSealing } from '../adapters/labels/label-sealing.ts'
import { workerPlanners } from '../adapters/planners/worker-planners.ts'
import { createPrinting } from '../adapters/printing/create-printing.ts'
import { takeLock } from '../adapters/sqlite/lock.ts'
import { openSqliteStore } from '../adapters/sqlite/open-store.ts'
import { fileStorefront } from '../adapters/storefronts/file/file-storefront.ts'
import { openProtocolStorefront } from '../adapters/storefronts/open-protocol/open-protocol-storefront.ts'
import { storefrontProbe } from '../adapters/storefronts/probe/storefront-probe.ts'
import { silentStorefront } from '../adapters/storefronts/silent-storefront.ts'
import { wordsForChoice } from '../adapters/storefronts/words-for-choice.ts'
import { wooCommerceStorefront } from '../adapters/storefronts/woocommerce/woocommerce-storefront.ts'
import { clearShopFiles } from '../adapters/system/clear-shop-files.ts'
import { documentFolder } from '../adapters/system/document-folder.ts'
import { realSystem } from '../adapters/system/system.ts'
import { encryptedBackups } from '../adapters/backup/encrypted-backups.ts'
import { readPrivateFile, writePrivateFile } from '../adapters/vault/private-files.ts'
import { shopVault } from '../adapters/vault/shop-vault.ts'
import { finishRotation } from '../application/change-shop-key.ts'
import { filePlatform } from '../domain/counter.ts'
import { AppError } from '../kernel/errors.ts'
import { canonicalJson, toJson } from '../kernel/json.ts'
import type { Certificates } from '../ports/certificates.ts'
import type { Planners } from '../ports/planners.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { Backups } from '../ports/backups.ts'
import type { Store } from '../ports/store/store.ts'
import type { Storefront } from '../ports/storefront.ts'
import type { Vault } from '../ports/vault.ts'
import type { Keychain } from '../ports/vault-keychain.ts'
import { finishRestore, movedIn, restoreTool, type MovedIn } from './compose-restore.ts'
import { createRoom, type Room, type RoomOptions } from './handlers.ts'

export interface ComposeOptions extends RoomOptions {
  readonly dataFolder: string
  /** The folder of the program, which holds `resources` and the migrations; found by itself when run from source. */
  readonly programFolder?: string | undefined
  readonly planners?: Planners | undefined
  /** The system's keychain, at a door that has one. */
  readonly keychain?: Keychain | undefined
  /** What opens the shop key, where somebody gave it at the start. */
  readonly passphrase?: string | undefined
}

export interface Composed {
  readonly workshop: Workshop
  readonly room: Room
  /** For the door on the local network. */
  readonly certificates: Certificates
  /** The backup that took the shop's place at this start. */
  readonly restored: MovedIn | undefined
  close(): Promise<void>
}

/** Two levels up from this file, and from the built main process too (`out/main`). */
const ownProgramFolder = fileURLToPath(new URL('../../', import.meta.url))

/**
 * The only place where adapters meet ports. Takes the writer's lock, opens the shop's data and puts a handler behind
 * every operation. Throws ERR_STORE_LOCKED { heldBy } while another process has the shop open, ERR_DISK for a folder
 * that may not be written to.
 */
export async function compose(options: ComposeOptions): Promise<Composed> {
  const { dataFolder, programFolder = ownProgramFolder } = options
  const lock = takeDataFolder(dataFolder)
  if ('heldBy' in lock) throw new AppError('ERR_STORE_LOCKED', { heldBy: lock.heldBy })
  try {
    const moved = movedIn(dataFolder)
    const workshop = await furnish(options, { dataFolder, programFolder })
    await finishRotation(workshop, ownCaller)
    const restored = moved && (await finishRestore(workshop, ownCaller, { dataFolder, moved }))
    return {
      workshop,
      room: createRoom(workshop, { ...options, clearShopFiles: () => clearShopFiles(dataFolder) }),
      certificates: certificatesIn(dataFolder, workshop),
      restored,
      async close() {
        await workshop.planners.close()
        await workshop.store.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

function certificatesIn(dataFolder: string, { vault, system }: Workshop): Certificates {
  const path = join(dataFolder, 'keys', 'stations.sealed.json')
  const file = { read: () => readPrivateFile(path), write: (text: string) => writePrivateFile(path, text) }
  return shopCertificates({ vault, clock: system.clock, file })
}

/** Who ends what an earlier start left undone. */
const ownCaller = { actor: 'cli', source: 'cli', watch: { report: () => undefined, isCancelled: () => false } } as const

function takeDataFolder(dataFolder: string): ReturnType<typeof takeLock> {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    return takeLock(join(dataFolder, 'backroom.lock'))
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
    if (reason === undefined) throw cause
    throw new AppError('ERR_DISK', { doing: 'open-data-folder', folder: dataFolder, reason }, { cause })
  }
}

interface Folders {
  readonly dataFolder: string
  readonly programFolder: string
}

async function furnish(options: ComposeOptions, { dataFolder, programFolder }: Folders): Promise<Workshop> {
  const sqlite = await openSqliteStore({
    path: join(dataFolder, 'backroom.sqlite'),
    clock: realSystem.clock,
    backupFolder: join(dataFolder, 'backups'),
    migrationsFolder: join(programFolder, 'src-main/adapters/sqlite/migrations'),
  })
  const { random, clock } = realSystem
  const { keychain, passphrase } = options
  const { vault, keys } = await shopVault({ folder: join(dataFolder, 'keys'), random, keychain, passphrase })
  const backups = encryptedBackups({ dataFolder, database: sqlite.copies, keys, vault, clock })
  const store = rememberingErasures(sqlite, backups)
  return {
    store,
    backups,
    restore: restoreTool(dataFolder, sqlite.copies),
    planners: options.planners ?? workerPlanners(),
    vault,
    keys,
    labels: labelSealing({ maxBlockLength: sealedBlockLimit('4x6') }),
    manifests: manifestSealing(),
    carrierLabels: carrierFiles({ profilesFolder: join(programFolder, 'resources/carrier-uploads') }),
    couriers: courierDelivery({ mailAccess: () => mailAccessOf({ store, vault }) }),
    documents: threadedDocuments({ fontsFolder: join(programFolder, 'resources/fonts') }),
    files: documentFolder(join(dataFolder, 'documents')),
    printing: createPrinting(),
    imports: catalogueFilesWith({ profilesFolder: join(programFolder, 'resources/carriers') }),
    sampleShop: sampleShopIn(join(programFolder, 'resources/sample-shop')),
    geocoder: postcodeTable({
      path: join(dataFolder, 'postcodes.csv'),
      country: async () => (await store.findSettings())?.shop.country,
    }),
    storefrontFor: storefrontsOf(vault),
    storefrontProbe: storefrontProbe({ clock: realSystem.clock }),
    previewStorefrontWords: wordsForChoice,
    system: realSystem,
  }
}

/** Whoever is erased is erased again when a backup is restored: their ids lie beside the backups from then on. */
const rememberingErasures = (store: Store, backups: Backups): Store => ({
  ...store,
  async eraseUser(...asked) {
    const counts = await store.eraseUser(...asked)
    backups.rememberErasures(await store.loadErasures(), (await store.findSettings())?.backups)
    return counts
  },
})

/**
 * Keeps the storefront of each connection for as long as nothing about the connection changes: a connector learns how
 * its host wants to be talked to, and would have to learn it again at every call.
 */
function storefrontsOf(vault: Vault): Workshop['storefrontFor'] {
  const keptById = new Map<string, { readonly made: string; readonly storefront: Storefront }>()
  return (connection) => {
    const { id, platform, url, sealedToken, options } = connection
    const made = canonicalJson(toJson({ platform, url, sealedToken, options }))
    const kept = keptById.get(id)
    if (kept?.made === made) return kept.storefront
    const storefront = storefrontFor(vault, connection)
    keptById.set(id, { made, storefront })
    return storefront
  }
}

/** A new storefront platform is one folder under adapters/storefronts and one line here. */
function storefrontFor(vault: Vault, connection: Connection): Storefront {
  const { state } = connection.options
  if (state !== undefined) return silentStorefront(connection.id, state)
  // What the vault opens is what connect-storefront sealed: the access token.
  const { token } = vault.open(connection.id, connection.sealedToken) as { token: string }
  const host = { address: connection.url, token, clock: realSystem.clock }
  switch (connection.platform) {
    case filePlatform:
      return fileStorefront()
    case 'open-protocol':
      return openProtocolStorefront(host)
    case 'woocommerce':
      return wooCommerceStorefront({ ...host, shopId: connection.id, choices: connection.options })
    default:
      throw new AppError('ERR_STOREFRONT_NOT_FOUND', { platform: connection.platform })
  }
}
