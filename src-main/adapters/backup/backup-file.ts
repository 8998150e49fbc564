import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fsyncSync, mkdirSync, openSync, readSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import type { Watch } from '../../ports/system.ts'
import type { BackupKeys } from '../../ports/vault-keys.ts'
import { age, ageIdentity, ageRecipient } from './age-key.ts'
import { isPlainName, pieceBytes } from './data-files.ts'
import { readSlotsLine, slotsRecipient, type SlotsLine } from './slots-stanza.ts'
import { readTar, tarBytes, tarEnd, tarHeader, tarPadding, type TarMember, type TarSink } from './tar.ts'

/** A file that goes into a backup: its name inside, and where its bytes lie now. */
export interface BackupEntry extends TarMember {
  readonly path: string
  readonly sha256: string
}

const manifestName = 'manifest.json'
const manifestShape = z.object({
  format: z.literal('backroom-backup-1'),
  madeAt: z.int(),
  schemaVersion: z.int(),
  orders: z.int(),
  files: z.array(z.object({ name: z.string(), bytes: z.int().min(0), sha256: z.string() })),
})
export type BackupManifest = z.infer<typeof manifestShape>

/** More header than any shop has: a recovery slot is about 200 bytes. */
const mostHeaderBytes = 64 * 1024
/** Poly1305 tags and the payload nonce of age: what a file is longer than its archive, at least. */
const overhead = (plainBytes: number): number => 16 + 16 * Math.max(1, Math.ceil(plainBytes / 65_536))

/**
 * Writes manifest and entries as one age file and has it on the disk before it returns. Throws ERR_CANCELLED,
 * ERR_BACKUP_FAILED (`changed-meanwhile`) when an entry is not what its hash says any more, the system's errors as they are.
 */
export async function writeBackupFile(
  path: string,
  content: { readonly manifest: BackupManifest; readonly entries: readonly BackupEntry[]; readonly keys: BackupKeys },
  watch: Watch,
): Promise<void> {
  const { keys, entries } = content
  const manifest = Buffer.from(JSON.stringify(content.manifest, null, 1) + '\n', 'utf8')
  const members = [{ name: manifestName, bytes: manifest.length }, ...entries]
  const { Encrypter } = await age()
  const encrypter = new Encrypter()
  encrypter.addRecipient(await ageRecipient(keys.identity))
  const plainBytes = tarBytes(members)
  encrypter.addRecipient(await slotsRecipient({ slots: keys.slots, plainBytes }))
  const sealed = await encrypter.encrypt(ReadableStream.from(archive(manifest, entries, watch)))
  const file = openSync(path, 'w', 0o600)
  try {
    for await (const chunk of sealed) writeAll(file, chunk)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

async function* archive(
  manifest: Uint8Array,
  entries: readonly BackupEntry[],
  watch: Watch,
): AsyncGenerator<Uint8Array, void> {
  yield tarHeader({ name: manifestName, bytes: manifest.length })
  yield manifest
  yield tarPadding(manifest.length)
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  for (const entry of entries) {
    yield tarHeader(entry)
    let left = entry.bytes
    for await (const chunk of createReadStream(entry.path, { highWaterMark: pieceBytes })) {
      if (watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
      const bytes = new Uint8Array(chunk as Buffer) // a stream without an encoding gives buffers
      left -= bytes.length
      done += bytes.length
      watch.report({ step: 'backup-seal', done, total })
      yield bytes
    }
    if (left !== 0) throw new AppError('ERR_BACKUP_FAILED', { reason: 'changed-meanwhile' })
    yield tarPadding(entry.bytes)
  }
  yield tarEnd()
}

/** How someone opens a backup: turns the wrapped shop key in its header into the identity inside. */
export type OpenSlots = (slots: string) => Promise<Uint8Array>

/** The wrapped shop key in a backup's header. Throws ERR_BACKUP_INVALID { what: missing, not-a-backup, cut-short }. */
export function readBackupHeader(path: string): Promise<SlotsLine> {
  return readSlotsLine(beginningOf(path)).then((line) => {
    if (statSync(path).size < line.plainBytes + overhead(line.plainBytes))
      throw new AppError('ERR_BACKUP_INVALID', { what: 'cut-short' })
    return line
  })
}

/**
 * Reads a backup whole: opens it, writes what is in it into a folder that is new, and holds every file against its hash.
 * `into` answers where a file goes, undefined = it is only held against its hash. Throws ERR_BACKUP_INVALID { what },
 * ERR_CANCELLED, and what `open` throws. What was written until a throw is good for nothing.
 */
export async function readBackupFile(
  path: string,
  options: { readonly open: OpenSlots; readonly into: (name: string) => string | undefined; readonly watch: Watch },
): Promise<BackupManifest> {
  const { slots } = await readBackupHeader(path)
  const { Decrypter } = await age()
  const decrypter = new Decrypter()
  decrypter.addIdentity(ageIdentity(await options.open(slots)))
  const reading = readMembers(options)
  try {
    const plain = await decrypter.decrypt(ReadableStream.from(pieces(path, options.watch)))
    await readTar(plain, reading.open)
  } catch (error) {
    // age says no more than that something does not fit; the file was long enough, so it was changed.
    if (error instanceof AppError || (error instanceof Error && 'code' in error)) throw error
    throw new AppError('ERR_BACKUP_INVALID', { what: 'changed' }, { cause: error })
  } finally {
    reading.close()
  }
  return reading.checked()
}

function beginningOf(path: string): Uint8Array {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (cause) {
    throw new AppError('ERR_BACKUP_INVALID', { what: 'missing' }, { cause })
  }
  try {
    const bytes = Buffer.alloc(mostHeaderBytes)
    return new Uint8Array(bytes.subarray(0, readSync(file, bytes, 0, mostHeaderBytes, 0)))
  } catch (cause) {
    throw new AppError('ERR_BACKUP_INVALID', { what: 'unreadable' }, { cause })
  } finally {
    closeSync(file)
  }
}

async function* pieces(path: string, watch: Watch): AsyncGenerator<Uint8Array, void> {
  const total = statSync(path).size
  let done = 0
  for await (const chunk of createReadStream(path, { highWaterMark: pieceBytes })) {
    if (watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    done += (chunk as Buffer).length // as above
    watch.report({ step: 'backup-read', done, total })
    yield new Uint8Array(chunk as Buffer)
  }
}

interface ReadMember extends TarMember {
  readonly sha256: string
}

/** Collects hashes as the members go by, and the manifest itself, which comes first. */
function readMembers({ into }: { readonly into: (name: string) => string | undefined }) {
  const found: ReadMember[] = []
  const manifest: Uint8Array[] = []
  const openFiles = new Set<number>()
  const open = (member: TarMember): TarSink => {
    if (!isPlainName(member.name)) throw new AppError('ERR_BACKUP_INVALID', { what: 'file-name' })
    if (member.name === manifestName) {
      if (member.bytes > 64 * 1024 * 1024) throw new AppError('ERR_BACKUP_INVALID', { what: 'manifest' })
      return { write: (chunk) => void manifest.push(Uint8Array.from(chunk)), end: () => undefined }
    }
    const hash = createHash('sha256')
    const target = into(member.name)
    if (target !== undefined) mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
    const file = target === undefined ? undefined : openSync(target, 'wx', 0o600)
    if (file !== undefined) openFiles.add(file)
    return {
      write(chunk) {
        hash.update(chunk)
        if (file !== undefined) writeAll(file, chunk)
      },
      end() {
        found.push({ ...member, sha256: hash.digest('hex') })
        if (file === undefined) return
        fsyncSync(file)
        closeSync(file)
        openFiles.delete(file)
      },
    }
  }
  return {
    open,
    close: () => openFiles.forEach((file) => closeSync(file)),
    checked: () => checkManifest(Buffer.concat(manifest).toString('utf8'), found),
  }
}

function checkManifest(text: string, found: readonly ReadMember[]): BackupManifest {
  let manifest: BackupManifest
  try {
    manifest = manifestShape.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError('ERR_BACKUP_INVALID', { what: 'manifest' }, { cause })
  }
  const listed = manifest.files.map(({ name, bytes, sha256 }) => `${name} ${bytes} ${sha256}`)
  const read = found.map(({ name, bytes, sha256 }) => `${name} ${bytes} ${sha256}`)
  if (listed.join('\n') !== read.join('\n')) throw new AppError('ERR_BACKUP_INVALID', { what: 'contents-differ' })
  return manifest
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
}

export const databaseName = 'backroom.sqlite'
