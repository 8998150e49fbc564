import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { KeptBackup } from '../../domain/backup.ts'

const listName = 'backups.json'

const kept = z.object({
  name: z.string(),
  madeAt: z.int(),
  bytes: z.int(),
  orders: z.int().optional(),
  sha256: z.string(),
  verifiedAt: z.int(),
  spoiltAt: z.int().optional(),
  copiedAt: z.int().optional(),
})
const shape = z.object({
  format: z.literal('backroom-backups-1'),
  kept: z.array(kept),
  failure: z.object({ at: z.int(), code: z.string(), reason: z.string().optional() }).optional(),
})

/** A kept backup and the hash of its file, by which a copy is known to be the same. */
export type ListedBackup = KeptBackup & { readonly sha256: string }
export type KeptList = z.infer<typeof shape>

/** What this machine knows of its backups. A list that is lost or damaged is an empty one: it is made anew from now on. */
export function readKeptList(folder: string): KeptList {
  try {
    return shape.parse(JSON.parse(readFileSync(join(folder, listName), 'utf8')))
  } catch {
    return { format: 'backroom-backups-1', kept: [] }
  }
}

export const writeKeptList = (folder: string, list: KeptList): void =>
  writeWhole(join(folder, listName), JSON.stringify(list, null, 1) + '\n')

/** Written beside, on the disk, then renamed; for its owner only. */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(`${path}.part`, 'w', 0o600)
  try {
    writeFileSync(file, text, 'utf8')
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.part`, path)
}
