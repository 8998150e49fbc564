import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, type ErrorDetails } from '../../kernel/errors.ts'
import { isoDay, type Clock, type EpochMs } from '../../kernel/time.ts'
import { lastCopyGoneAt, toLetGo, type BackupPlan, type BackupsState, type KeptBackup } from '../../domain/backup.ts'
import type { BackupRequest, Backups, DatabaseCopies } from '../../ports/backups.ts'
import type { Watch } from '../../ports/system.ts'
import type { ShopKeyCare } from '../../ports/vault-keys.ts'
import type { Vault } from '../../ports/vault.ts'
import { databaseName, readBackupFile, writeBackupFile, type BackupEntry, type BackupManifest } from './backup-file.ts'
import { dataFiles, hashOf } from './data-files.ts'
import { erasureNotesName, writeErasureNotes } from './erasure-notes.ts'
import { readKeptList, writeKeptList, type KeptList, type ListedBackup } from './kept-list.ts'

export interface EncryptedBackupsOptions {
  readonly dataFolder: string
  readonly database: DatabaseCopies
  readonly keys: Pick<ShopKeyCare, 'backupKeys'>
  readonly vault: Pick<Vault, 'token'>
  readonly clock: Clock
}

type Files = EncryptedBackupsOptions & { readonly folder: string; readonly work: string }

const extension = '.backup.age'
const ourName = /^backroom-[0-9a-f]{6}-[\dT-]+\.backup\.age$/

/** Backups of the whole data folder in its folder `backups`, and copies of them in a second one. */
export function encryptedBackups(options: EncryptedBackupsOptions): Backups {
  const folder = join(options.dataFolder, 'backups')
  const files: Files = { ...options, folder, work: join(folder, 'work.part') }
  let underWay: Promise<unknown> = Promise.resolve()
  const alone = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const mine = underWay.then(work)
    underWay = mine.catch(() => undefined)
    return mine
  }
  return {
    create: (request) => alone(() => create(files, request)),
    verify: (name, watch) => alone(() => verifyKept(files, name, watch)),
    state: (plan, zone) => stateOf(files, plan, zone),
    failed(failure) {
      writeKeptList(folder, { ...listOf(files), failure: { ...failure } })
    },
    rememberErasures(userIds, plan) {
      try {
        for (const place of [folder, ...secondIfPresent(plan)]) writeErasureNotes(place, options.vault, userIds)
      } catch (error) {
        // The erasure itself is done, and must not look undone. The next backup writes the note again.
        if (error instanceof AppError && error.code === 'ERR_SHOP_KEY_MISSING') return
        const failure = { at: options.clock.now(), code: 'ERR_BACKUP_FAILED', reason: `erasures: ${reasonOf(error)}` }
        writeKeptList(folder, { ...listOf(files), failure })
      }
    },
  }
}

async function create(files: Files, request: BackupRequest): ReturnType<Backups['create']> {
  try {
    const made = await makeAndRead(files, request)
    let list = keepIn(files, made)
    list = await copyToSecond(files, request.plan, list)
    list = letGo(files, request, list)
    const second = secondState(request.plan)
    const kept = list.kept.find((one) => one.name === made.name) ?? made
    return { ...withoutHash(kept), path: join(files.folder, made.name), second }
  } catch (error) {
    throw backupError(error)
  } finally {
    rmSync(files.work, { recursive: true, force: true })
  }
}

/** Writes the file beside, reads it back whole, and only then gives it its name. */
async function makeAndRead(files: Files, request: BackupRequest): Promise<ListedBackup> {
  const { folder, work, clock } = files
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work, { recursive: true, mode: 0o700 })
  const madeAt = clock.now()
  const asked = { ...request, madeAt }
  const unnamed = join(work, 'backup.age')
  await writeOnce(files, unnamed, asked).catch((error: unknown) => {
    // Somebody's purge or new table came between; the second look finds the folder as it is now.
    if (!isChanged(error)) throw error
    return writeOnce(files, unnamed, asked)
  })
  const facts = await readBack(files, unnamed, request.watch)
  const name = freeName(files, madeAt)
  const { sha256, bytes } = await hashOf(unnamed)
  renameSync(unnamed, join(folder, name))
  return { name, madeAt, bytes, sha256, orders: facts.orders, verifiedAt: clock.now() }
}

const isChanged = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ENOENT' || (error instanceof AppError && error.details['reason'] === 'changed-meanwhile'))

async function writeOnce(
  files: Files,
  path: string,
  { madeAt, watch, inTurn }: BackupRequest & { readonly madeAt: EpochMs },
): Promise<void> {
  const { dataFolder, database, work } = files
  const copy = join(work, databaseName)
  rmSync(copy, { force: true })
  await inTurn(() => database.copyTo(copy, watch))
  const facts = database.check(copy)
  const sources = [{ name: databaseName, path: copy }]
  for (const name of dataFiles(dataFolder)) sources.push({ name, path: join(dataFolder, name) })
  const entries: BackupEntry[] = []
  for (const source of sources) {
    if (watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    entries.push({ ...source, ...(await hashOf(source.path)) })
  }
  const manifest: BackupManifest = {
    format: 'backroom-backup-1',
    madeAt,
    ...facts,
    files: entries.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  }
  await writeBackupFile(path, { manifest, entries, keys: await files.keys.backupKeys() }, watch)
  rmSync(copy, { force: true })
}

/** Opens it as a new machine would, through the keys in memory, and looks at every page of the database inside. */
async function readBack(files: Files, path: string, watch: Watch): Promise<BackupManifest> {
  const { database, work, keys } = files
  const copy = join(work, `read-${databaseName}`)
  rmSync(copy, { force: true })
  try {
    const manifest = await readBackupFile(path, {
      open: async () => (await keys.backupKeys()).identity,
      into: (name) => (name === databaseName ? copy : undefined),
      watch,
    })
    const facts = database.check(copy)
    if (facts.orders !== manifest.orders || facts.schemaVersion !== manifest.schemaVersion)
      throw new AppError('ERR_BACKUP_INVALID', { what: 'counts-differ' })
    return manifest
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true })
  }
}

async function verifyKept(files: Files, name: string, watch: Watch): Promise<KeptBackup> {
  const list = listOf(files)
  const kept = list.kept.find((one) => one.name === name)
  if (!kept) throw new AppError('ERR_BACKUP_INVALID', { what: 'missing' })
  mkdirSync(files.work, { recursive: true, mode: 0o700 })
  const change = (by: Partial<ListedBackup>): KeptBackup => {
    const { spoiltAt: _before, ...rest } = kept
    const changed = { ...rest, ...by }
    writeKeptList(files.folder, { ...list, kept: list.kept.map((one) => (one.name === name ? changed : one)) })
    return withoutHash(changed)
  }
  try {
    await readBack(files, join(files.folder, name), watch)
    return change({ verifiedAt: files.clock.now() })
  } catch (error) {
    if (error instanceof AppError && error.code === 'ERR_BACKUP_INVALID') change({ spoiltAt: files.clock.now() })
    throw error
  } finally {
    rmSync(files.work, { recursive: true, force: true })
  }
}

function keepIn(files: Files, made: ListedBackup): KeptList {
  const { failure: _over, ...list } = listOf(files)
  const next = { ...list, kept: [made, ...list.kept.filter((one) => one.name !== made.name)] }
  writeKeptList(files.folder, next)
  return next
}

/** Copies the newest to the second folder and reads the copy back. */
async function copyToSecond(files: Files, plan: BackupPlan, list: KeptList): Promise<KeptList> {
  const newest = list.kept[0]
  const [second] = secondIfPresent(plan)
  if (second === undefined || !newest) return list
  try {
    for (const name of readdirSync(second))
      if (name.startsWith(prefixOf(files)) && name.endsWith('.part')) rmSync(join(second, name))
    const target = join(second, newest.name)
    copyFileSync(join(files.folder, newest.name), `${target}.part`)
    chmodSync(`${target}.part`, 0o600)
    if ((await hashOf(`${target}.part`)).sha256 !== newest.sha256)
      throw new AppError('ERR_BACKUP_INVALID', { what: 'contents-differ' })
    renameSync(`${target}.part`, target)
    const notes = join(files.folder, erasureNotesName)
    if (existsSync(notes)) copyFileSync(notes, join(second, erasureNotesName))
    const copied = { ...newest, copiedAt: files.clock.now() }
    const next = { ...list, kept: [copied, ...list.kept.slice(1)] }
    writeKeptList(files.folder, next)
    return next
  } catch (error) {
    // The first copy is good; the state says that the second is old, and why.
    rmSync(join(second, `${newest.name}.part`), { force: true })
    const failure = { at: files.clock.now(), code: 'ERR_BACKUP_FAILED', reason: `second-folder: ${reasonOf(error)}` }
    const next = { ...list, failure }
    writeKeptList(files.folder, next)
    return next
  }
}

/**
 * Removes what the plan lets go, here and in the second folder, which may have been away when others went, and the
 * plain copies that a change of version left.
 */
function letGo(files: Files, { plan, zone }: BackupRequest, list: KeptList): KeptList {
  const gone = new Set(toLetGo(list.kept, plan, (at) => isoDay(at, zone)))
  const kept = list.kept.filter((one) => !gone.has(one.name))
  const stays = new Set(kept.map((one) => one.name))
  for (const name of gone) rmSync(join(files.folder, name), { force: true })
  for (const second of secondIfPresent(plan))
    for (const name of namesIn(files, second)) if (!stays.has(name)) rmSync(join(second, name), { force: true })
  for (const name of readdirSync(files.folder))
    if (/^before-\d{4}-.*\.sqlite$/.test(name)) rmSync(join(files.folder, name), { force: true })
  const next = { ...list, kept }
  writeKeptList(files.folder, next)
  return next
}

function stateOf(files: Files, plan: BackupPlan, zone: string): BackupsState {
  const list = listOf(files)
  const now = files.clock.now()
  const good = list.kept.filter((one) => one.spoiltAt === undefined)
  const newest = good[0]
  const copied = good.flatMap((one) => one.copiedAt ?? [])
  return {
    plan,
    kept: list.kept.map(withoutHash),
    folder: files.folder,
    lastVerifiedAt: good.length === 0 ? undefined : Math.max(...good.map((one) => one.verifiedAt)),
    second: secondState(plan),
    lastCopiedAt: copied.length === 0 ? undefined : Math.max(...copied),
    failure: list.failure,
    isDue: plan.isDaily && (!newest || isoDay(newest.madeAt, zone) !== isoDay(now, zone)),
    lastCopyGoneAt: list.kept.length === 0 ? undefined : lastCopyGoneAt(now, plan),
  }
}

/** What the disk has, newest first; a file that the list lost is known by its name, which only a good one ever got. */
function listOf(files: Files): KeptList {
  const { folder } = files
  const list = readKeptList(folder)
  const listed = new Map(list.kept.map((one) => [one.name, one]))
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => ourName.test(name)) : []
  const kept = names.map((name) => listed.get(name) ?? foundAgain(folder, name))
  return { ...list, kept: kept.sort((a, b) => b.madeAt - a.madeAt || b.name.localeCompare(a.name)) }
}

function foundAgain(folder: string, name: string): ListedBackup {
  const { size, mtimeMs } = statSync(join(folder, name))
  const madeAt = Math.floor(mtimeMs)
  return { name, madeAt, bytes: size, sha256: '', verifiedAt: madeAt }
}

/** This shop's backups in a folder that it may share with others. */
function namesIn(files: Files, folder: string): readonly string[] {
  const prefix = prefixOf(files)
  return readdirSync(folder).filter((name) => name.startsWith(prefix) && name.endsWith(extension))
}

/** The same for the life of a shop, also after it changed its key; tells nothing about it. */
const prefixOf = ({ vault }: Files): string =>
  `backroom-${Buffer.from(vault.token('word', 'backups'), 'base64url').toString('hex').slice(0, 6)}-`

const withoutHash = ({ sha256: _hash, ...kept }: ListedBackup): KeptBackup => kept

/** A folder that is not there is not made: it would lie on the system's disk, under the place where the stick belongs. */
const secondIfPresent = (plan: BackupPlan | undefined): readonly string[] =>
  plan?.secondFolder !== undefined && isFolder(plan.secondFolder) ? [plan.secondFolder] : []

const secondState = (plan: BackupPlan): BackupsState['second'] =>
  plan.secondFolder === undefined ? 'none' : isFolder(plan.secondFolder) ? 'present' : 'missing'

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function freeName(files: Files, at: EpochMs): string {
  const stamp = prefixOf(files) + new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')
  for (let count = 1; ; count++) {
    const name = `${stamp}${count === 1 ? '' : `-${count}`}${extension}`
    if (!existsSync(join(files.folder, name))) return name
  }
}

/** What is not ours already becomes the one failure that says: nothing was lost, and why it did not work. */
function backupError(error: unknown): unknown {
  if (error instanceof AppError && error.code !== 'ERR_DISK') return error
  const details: ErrorDetails = { reason: reasonOf(error) }
  return reasonOf(error) === 'unknown' ? error : new AppError('ERR_BACKUP_FAILED', details, { cause: error })
}

const reasonOf = (error: unknown): string => {
  if (error instanceof AppError) return String(error.details['reason'] ?? error.details['what'] ?? error.code)
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}
