import { createHash } from 'node:crypto'
import { createWriteStream, mkdirSync, renameSync, rmSync } from 'node:fs'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { UpdateAnswer } from '../../contract/desktop.ts'
import type { Room, Visitor } from '../handlers.ts'
import { feedName, isFeedPlace, isNewer, readFeed, type Release } from './update-feed.ts'

export interface UpdateOptions {
  /** The folder or address that the shop chose; empty for none. */
  readonly place: () => string
  readonly ownVersion: string
  readonly platform: NodeJS.Platform
  /** Where an installer is laid. */
  readonly folder: string
  readonly room: Room
  /** Opens the laid installer, or shows where it lies. */
  readonly open: (path: string) => Promise<void>
}

export interface Updates {
  look(): Promise<UpdateAnswer>
  /** Fetches the newer version, holds it against its hash, backs the shop up, and only then opens the installer. */
  take(): Promise<UpdateAnswer>
}

const patienceMs = 20_000
const largestFeed = 100_000
const manager: Visitor = { door: 'desktop', actor: 'desktop:update' }

/**
 * Newer versions from a place of the shop's own. Nothing is fetched unasked, nothing is opened that differs from what the
 * feed says, and nothing without a backup that was read back. When the new version cannot carry the database over, the
 * former one takes its place again (adapters/sqlite), and the former installer opens it.
 */
export function updatesFrom(options: UpdateOptions): Updates {
  const find = async (): Promise<UpdateAnswer & { readonly release?: Release }> => {
    const place = options.place()
    if (place === '') return { state: 'no-place' }
    if (!isFeedPlace(place)) return { state: 'place-invalid' }
    const text = await readText(place, feedName(options.platform)).catch(() => undefined)
    if (text === undefined) return { state: 'unreachable' }
    const release = readFeed(text)
    if (!release) return { state: 'feed-invalid' }
    if (!isNewer(release.version, options.ownVersion)) return { state: 'newest', version: release.version }
    return { state: 'newer', version: release.version, release }
  }
  return {
    async look() {
      const { state, version } = await find()
      return { state, version }
    },
    async take() {
      const { state, version, release } = await find()
      if (!release) return { state, version }
      const laid = await lay(options, release).catch(() => undefined)
      if (laid === undefined) return { state: 'unreachable', version }
      if (laid === 'differs') return { state: 'differs', version }
      const backup = await options.room.call('backup.create', {}, manager, 'backup before update')
      if (!backup.ok) return { state: 'no-backup', version }
      await options.open(laid.path)
      return { state: 'laid', version, path: laid.path }
    },
  }
}

const isAddress = (place: string): boolean => place.startsWith('https://')

const addressOf = (place: string, file: string): string => `${place.replace(/\/+$/, '')}/${encodeURIComponent(file)}`

async function readText(place: string, file: string): Promise<string> {
  if (!isAddress(place)) return (await readFile(join(place, file), 'utf8')).slice(0, largestFeed)
  const answer = await fetch(addressOf(place, file), { redirect: 'error', signal: AbortSignal.timeout(patienceMs) })
  if (!answer.ok) throw new Error(`status ${answer.status}`)
  return (await answer.text()).slice(0, largestFeed)
}

/** The installer under its own name, once it is what the feed says; `differs` when it is not, and then it is gone. */
async function lay(
  { place, folder }: UpdateOptions,
  { file, sha512 }: Release,
): Promise<{ readonly path: string } | 'differs'> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, file)
  const incoming = `${path}.incoming`
  try {
    if (isAddress(place())) {
      const answer = await fetch(addressOf(place(), file), { redirect: 'error' })
      if (!answer.ok || !answer.body) throw new Error(`status ${answer.status}`)
      // The same stream under both names; the types of the two libraries differ.
      await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(incoming))
    } else await copyFile(join(place(), file), incoming)
    const found = createHash('sha512')
      .update(await readFile(incoming))
      .digest('base64')
    if (found !== sha512) return 'differs'
    renameSync(incoming, path)
    return { path }
  } finally {
    rmSync(incoming, { force: true })
  }
}
