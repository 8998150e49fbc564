import { mkdirSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { manifestSealing } from '../adapters/carriers/manifest-sealing.ts'
import { labelSealing } from '../adapters/labels/label-sealing.ts'
import { workerPlanners } from '../adapters/planners/worker-planners.ts'
import { restoreBackup, type Restored } from '../adapters/sqlite/backup.ts'
import { takeLock } from '../adapters/sqlite/lock.ts'
import { realSystem } from '../adapters/system/system.ts'
import { purgeOldOrders, repeatErasures } from '../application/erase-person.ts'
import { AppError } from '../kernel/errors.ts'
import type { ManifestSealing } from '../ports/carriers.ts'
import type { LabelSealing } from '../ports/labels.ts'
import type { Planners } from '../ports/planners.ts'
import type { Watch } from '../ports/system.ts'
import type { Words } from '../ports/vault-keys.ts'
import { isEncryptedBackup, restoreTool } from './compose-restore.ts'
import { compose } from './compose.ts'

/** What works without a shop: planning from a file, opening a label or a manifest with a key at hand. */
export const toolPlanners = (threads: number): Planners => workerPlanners({ threads })
export const labelTools = (): LabelSealing => labelSealing()
export const manifestTools = (): ManifestSealing => manifestSealing()
export const now = (): number => realSystem.clock.now()

export interface RestoredShop {
  readonly orders: number
  readonly schemaVersion: number
  /** When the backup was made; undefined for a plain copy, which does not say. */
  readonly madeAt: number | undefined
  /** Where what lay there before was put. */
  readonly former: string | undefined
  /** People erased since the backup was made, erased again. */
  readonly erasedAgain: number
  /** Orders whose days were over, purged again. */
  readonly purgedAgain: number
  /** True when the notes of erasures beside the backup were changed: look who should not be there. */
  readonly areNotesSpoilt: boolean
}

export interface RestoreRequest {
  readonly dataFolder: string
  readonly backup: string
  /** Without words the key file that lies in the data folder is tried. */
  readonly words?: Words | undefined
  readonly watch: Watch
}

/**
 * Puts a checked backup in place of the shop's data, erases again whoever was erased since, and purges again what is
 * over. On a new machine the words also make a key file. Throws ERR_STORE_LOCKED while the shop is open,
 * ERR_BACKUP_INVALID, ERR_STORE_NEWER, ERR_SHOP_KEY_MISSING; then nothing has changed.
 */
export async function restoreShop(request: RestoreRequest): Promise<RestoredShop> {
  const { dataFolder, backup, words, watch } = request
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const lock = takeLock(join(dataFolder, 'backroom.lock'))
  if ('heldBy' in lock) throw new AppError('ERR_STORE_LOCKED', { heldBy: lock.heldBy })
  let plain: Restored | undefined
  try {
    if (await isEncryptedBackup(backup)) await restoreTool(dataFolder).layReady(backup, { words, erasures: [], watch })
    else plain = await restoreBackup({ backup, target: join(dataFolder, 'backroom.sqlite'), clock: realSystem.clock })
  } finally {
    lock.release()
  }
  if (plain) return eraseAgain(request, plain)
  const { restored, close } = await compose({ dataFolder })
  await close()
  if (!restored) throw new AppError('ERR_INTERNAL', { what: 'nothing-restored' })
  const { journal, former, erasedAgain, purgedAgain } = restored
  const { orders, schemaVersion, madeAt, areNotesSpoilt } = journal
  return { orders, schemaVersion, madeAt, former, erasedAgain, purgedAgain, areNotesSpoilt }
}

/** After a copy made before a change of version, which is the database alone and belongs to the machine it lies on. */
async function eraseAgain({ dataFolder, watch }: RestoreRequest, plain: Restored): Promise<RestoredShop> {
  const { schemaVersion, orders, former, erasures } = plain
  const { workshop, close } = await compose({ dataFolder })
  const caller = { actor: 'cli', source: 'cli', watch } as const
  const erasedAgain = await repeatErasures(workshop, caller, erasures)
  const { orders: purgedAgain } = await purgeOldOrders(workshop, caller)
  await close()
  return { schemaVersion, orders, madeAt: undefined, former, erasedAgain, purgedAgain, areNotesSpoilt: false }
}

/** The first line of a file, or of standard input for "-". Throws ERR_INPUT_INVALID for an empty one. */
export async function readSecretFile(path: string): Promise<string> {
  const [line = ''] = (await readText(path)).split(/\r?\n/)
  if (line === '') throw new AppError('ERR_INPUT_INVALID', { expected: 'a first line with the passphrase' })
  return line
}

/** What opens the shop key at the start: from a file, else from the environment; never an argument others can read. */
export const givenPassphrase = async (
  file: string | undefined,
  pathOf: (typed: string) => string,
): Promise<string | undefined> => {
  if (file !== undefined) return readSecretFile(file === '-' ? '-' : pathOf(file))
  return process.env['BACKROOM_PASSPHRASE'] || undefined
}

export const programFolder = fileURLToPath(new URL('../../', import.meta.url))
/** Files for import are read whole; larger ones are refused before a byte is read. */
const largestImport = 45 * 1024 * 1024

/**
 * A file's bytes as base64, or standard input for "-". Throws ERR_INPUT_TOO_LARGE before reading what is larger than an
 * import may be, ERR_INPUT_INVALID with the system's reason.
 */
export async function readBase64(path: string): Promise<string> {
  try {
    const size = path === '-' ? 0 : (await stat(path)).size
    if (size > largestImport)
      throw new AppError('ERR_INPUT_TOO_LARGE', { path, limitBytes: largestImport, bytes: size })
    const bytes = path === '-' ? await buffer(process.stdin) : await readFile(path)
    return bytes.toString('base64')
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new AppError('ERR_INPUT_INVALID', { path, expected: 'a file that can be read', reason }, { cause })
  }
}

/**
 * A file's text, or standard input for "-". Throws ERR_INPUT_INVALID with the system's reason, and for text that is
 * not UTF-8: read anyhow, its letters would be lost for good.
 */
export async function readText(path: string): Promise<string> {
  let bytes: Uint8Array
  try {
    bytes = path === '-' ? await buffer(process.stdin) : await readFile(path)
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new AppError('ERR_INPUT_INVALID', { path, expected: 'a file that can be read', reason }, { cause })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new AppError('ERR_INPUT_INVALID', { path, expected: 'text in UTF-8', reason: 'not-utf-8' }, { cause })
  }
}
