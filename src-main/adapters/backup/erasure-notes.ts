import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Vault } from '../../ports/vault.ts'
import { writeWhole } from './kept-list.ts'

const notesName = 'erasures.sealed.json'
const owner = 'erasures'
const record = z.object({ wrappedKey: z.string(), ciphertext: z.string() })
const ids = z.array(z.string())

/** Who is erased, beside the backups: ids, and even these sealed, so that nobody can add one unseen. */
export function writeErasureNotes(folder: string, vault: Pick<Vault, 'seal'>, userIds: readonly string[]): void {
  writeWhole(join(folder, notesName), JSON.stringify(vault.seal(owner, [...userIds])) + '\n')
}

/** The ids that lie beside a backup; `isReadable` false when they are there and this shop's key does not open them. */
export function readErasureNotes(
  folder: string,
  vault: Pick<Vault, 'open'>,
): { readonly userIds: readonly string[]; readonly isReadable: boolean } {
  let text: string
  try {
    text = readFileSync(join(folder, notesName), 'utf8')
  } catch {
    return { userIds: [], isReadable: true }
  }
  try {
    return { userIds: ids.parse(vault.open(owner, record.parse(JSON.parse(text)))), isReadable: true }
  } catch {
    return { userIds: [], isReadable: false }
  }
}
