import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { manifestSealing } from '../adapters/carriers/manifest-sealing.ts'
import { labelSealing } from '../adapters/labels/label-sealing.ts'
import { workerPlanners } from '../adapters/planners/worker-planners.ts'
import { restoreBackup } from '../adapters/sqlite/backup.ts'
import { takeLock } from '../adapters/sqlite/lock.ts'
import { realSystem } from '../adapters/system/system.ts'
import { addWayIn } from '../adapters/vault/shop-key.ts'
import { repeatErasures } from '../application/erase-person.ts'
import { AppError } from '../kernel/errors.ts'
import type { ManifestSealing } from '../ports/carriers.ts'
import type { LabelSealing } from '../ports/labels.ts'
import type { Planners } from '../ports/planners.ts'
import { compose } from './compose.ts'

/** What works without a shop: planning from a file, opening a label or a manifest with a key at hand. */
export const toolPlanners = (threads: number): Planners => workerPlanners({ threads })
export const labelTools = (): LabelSealing => labelSealing()
export const manifestTools = (): ManifestSealing => manifestSealing()
export const now = (): number => realSystem.clock.now()

export interface RestoredShop {
  readonly orders: number
  readonly schemaVersion: number
  /** Where what lay there before was put. */
  readonly former: string | undefined
  /** People erased since the backup was made, erased again. */
  readonly erasedAgain: number
}

/**
 * Puts a verified backup in place of the shop's data and erases again whoever was erased since. With a recovery key a
 * new machine gets a key file of its own. Throws ERR_STORE_LOCKED while the shop is open, ERR_BACKUP_INVALID.
 */
export async function restoreShop(options: {
  readonly dataFolder: string
  readonly backup: string
  readonly recoveryKey?: string | undefined
}): Promise<RestoredShop> {
  const { dataFolder, backup, recoveryKey } = options
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const lock = takeLock(join(dataFolder, 'backroom.lock'))
  if ('heldBy' in lock) throw new AppError('ERR_STORE_LOCKED', { heldBy: lock.heldBy })
  let restored: Awaited<ReturnType<typeof restoreBackup>>
  try {
    restored = await restoreBackup({
      backup,
      target: join(dataFolder, 'backroom.sqlite'),
      clock: realSystem.clock,
    })
    const keys = join(dataFolder, 'keys')
    const kept = `${backup}.keys`
    if (existsSync(kept) && !existsSync(join(keys, 'shop-key.slots.json'))) cpSync(kept, keys, { recursive: true })
    if (recoveryKey !== undefined) {
      await addWayIn({
        folder: keys,
        random: realSystem.random,
        way: { kind: 'recovery-key', recoveryKey },
        add: { kind: 'key-file' },
      })
    }
  } finally {
    lock.release()
  }
  const { schemaVersion, orders, former, erasures } = restored
  return { schemaVersion, orders, former, erasedAgain: await eraseAgain(dataFolder, erasures) }
}

async function eraseAgain(dataFolder: string, userIds: readonly string[]): Promise<number> {
  if (userIds.length === 0) return 0
  const { workshop, close } = await compose({ dataFolder })
  const watch = { report: () => undefined, isCancelled: () => false }
  const count = await repeatErasures(workshop, { actor: 'cli', source: 'cli', watch }, userIds)
  await close()
  return count
}

/** Keeps the sealed key slots beside a backup: useless alone, but with the recovery key they open it on a new machine. */
export function keepKeysBeside(dataFolder: string, backup: string): void {
  const keys = join(dataFolder, 'keys')
  const kept = `${backup}.keys`
  mkdirSync(kept, { recursive: true, mode: 0o700 })
  for (const name of ['shop-key.slots.json', 'shop-keys.sealed.json'])
    if (existsSync(join(keys, name))) cpSync(join(keys, name), join(kept, name))
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
