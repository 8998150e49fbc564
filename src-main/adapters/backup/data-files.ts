import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What a shop can do without on a new machine, or must not have: other backups, locks, addresses of running programs. */
const leftOut = /^(backups|run|desktop|restore-ready|before-restore-.*|backroom\.lock.*|backroom\.sqlite.*|logs)$/
/** Half-written files, and the key file: a backup that carried its own key would be none. */
const leftOutAnywhere = /(\.part|\.incoming|\.unfinished|\.new|\.tmp)$|^shop\.key(\..*)?$/

/** Paths, with `/`, of everything in the data folder that a new machine needs besides the database; sorted. */
export function dataFiles(dataFolder: string): readonly string[] {
  const found: string[] = []
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(dataFolder, folder), { withFileTypes: true })) {
      if ((folder === '' && leftOut.test(entry.name)) || leftOutAnywhere.test(entry.name)) continue
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile() && isPlainName(path)) found.push(path)
    }
  }
  if (existsSync(dataFolder)) walk('')
  return found.sort()
}

/** A relative path that leads nowhere else, on any system, and fits an archive; all of ours do. */
export const isPlainName = (name: string): boolean =>
  // eslint-disable-next-line no-control-regex -- control signs are what is kept out
  /^[^\u0000-\u001f\\:/]+(\/[^\u0000-\u001f\\:/]+)*$/.test(name) &&
  !name.split('/').some((part) => part === '.' || part === '..') &&
  Buffer.byteLength(name) <= 100

/** Top-level names that a restore replaces: the shop itself, not its backups and not what a running program left. */
export function shopEntries(dataFolder: string): readonly string[] {
  const kept = /^(backups|run|desktop|restore-ready|before-restore-.*|backroom\.lock.*|logs)$/
  return existsSync(dataFolder) ? readdirSync(dataFolder).filter((name) => !kept.test(name)) : []
}

export async function hashOf(path: string): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: pieceBytes })) {
    // A stream without an encoding gives buffers.
    hash.update(chunk as Buffer)
    bytes += (chunk as Buffer).length
  }
  return { sha256: hash.digest('hex'), bytes }
}

export const pieceBytes = 256 * 1024
