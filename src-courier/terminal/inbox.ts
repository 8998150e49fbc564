import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../src-main/kernel/errors.ts'
import { deliveryStatuses, failureReasons, type Run } from '../core/run.ts'

const runShape = z.object({
  manifest: z.string(),
  pids: z.array(z.string()),
  events: z.array(
    z.object({
      pid: z.string(),
      status: z.enum(deliveryStatuses),
      at: z.int(),
      reason: z.enum(failureReasons).optional(),
    }),
  ),
  reported: z.int(),
  sequence: z.int(),
}) satisfies z.ZodType<Run>

const stateShape = z.object({
  format: z.literal('backroom-courier-inbox-1'),
  /** Thumbprint of the one shop whose manifests are taken in. */
  shopKid: z.string().optional(),
  manifests: z.array(
    z.object({
      number: z.string(),
      fileName: z.string(),
      sha256: z.string(),
      receivedAt: z.int(),
      /** The answer to give again when the same file comes again. */
      receipt: z.string(),
      idempotencyKeys: z.array(z.string()),
      run: runShape,
    }),
  ),
})
type Kept = z.infer<typeof stateShape>['manifests'][number]
export interface KeptManifest extends Omit<Kept, 'run'> {
  readonly run: Run
}
export interface InboxState extends Omit<z.infer<typeof stateShape>, 'manifests'> {
  readonly manifests: readonly KeptManifest[]
}

/** A manifest of 5,000 parcels is about 9 MB. */
export const maxManifestBytes = 16 * 1024 * 1024

const stateFile = 'inbox.json'
const suffix = '.manifest.jwe'

/**
 * The courier's folder: sealed manifests as they came, receipts beside them, and one file of what happened to which
 * parcel number. Nothing in it is readable without the courier's key except numbers and times.
 */
export interface Inbox {
  state(): InboxState
  save(state: InboxState): void
  /**
   * Keeps a sealed file, unless it lies there already as `fileName`, and its receipt beside it. Returns the name.
   */
  keep(file: { number: string; content: string; receipt: string; fileName?: string | undefined }): string
  read(fileName: string): string
  /** Sealed files that lie in the folder, by name. */
  sealedFiles(): readonly string[]
}

export function openInbox(folder: string): Inbox {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let known: InboxState = loadState(folder)
  return {
    state: () => known,
    save(state) {
      writeWhole(join(folder, stateFile), JSON.stringify(state, null, 1) + '\n')
      known = state
    },
    keep({ number, content, receipt, fileName }) {
      const name = fileName ?? freeName(folder, number)
      if (fileName === undefined) writeWhole(join(folder, name), content)
      writeWhole(join(folder, name.slice(0, -suffix.length) + '.receipt.jws'), receipt)
      return name
    },
    read: (fileName) => readFileSync(join(folder, fileName), 'utf8'),
    sealedFiles: () => readdirSync(folder).filter((name) => isSealedFile(folder, name)),
  }
}

/** Others may write into this folder: links lead elsewhere, and what is larger than any manifest is not read. */
function isSealedFile(folder: string, name: string): boolean {
  if (!name.endsWith(suffix) || name.startsWith('.')) return false
  const found = lstatSync(join(folder, name), { throwIfNoEntry: false })
  return found?.isFile() === true && found.size <= maxManifestBytes
}

/** The manifest's number as a file name; something else may lie there under that name already. */
function freeName(folder: string, number: string): string {
  const base = number.replace(/[^\p{L}\p{N}_-]/gu, '_')
  let name = base + suffix
  for (let i = 2; existsSync(join(folder, name)); i++) name = `${base}-${i}${suffix}`
  return name
}

function loadState(folder: string): InboxState {
  const path = join(folder, stateFile)
  if (!existsSync(path)) return { format: 'backroom-courier-inbox-1', manifests: [] }
  try {
    return stateShape.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    throw new AppError('ERR_STORE_DAMAGED', { file: stateFile })
  }
}

/** Beside, then renamed: whoever watches the folder never sees half a file. */
function writeWhole(path: string, content: string): void {
  const beside = `${path}.part`
  // Taken away and made anew: a link that somebody put there is not written through.
  rmSync(beside, { force: true })
  const handle = openSync(beside, 'wx', 0o600)
  try {
    writeFileSync(handle, content, 'utf8')
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(beside, path)
}
