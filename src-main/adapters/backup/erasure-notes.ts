import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Vault } from '../../ports/vault.ts'
import { writeWhole } from './kept-list.ts'

export const erasureNotesName = 'erasures.json'

const notes = z.object({ format: z.literal('backroom-erasures-1'), userIds: z.array(z.string()), mark: z.string() })

/**
 * Who is erased, beside the backups: ids, which name nobody once the person is erased, under a keyed mark, so that nobody
 * can add one unseen. The mark's key outlives a change of the shop key: older backups are restored with these notes too.
 */
export function writeErasureNotes(folder: string, vault: Pick<Vault, 'token'>, userIds: readonly string[]): void {
  const sorted = [...userIds].sort()
  const content = { format: 'backroom-erasures-1', userIds: sorted, mark: markOf(vault, sorted) }
  writeWhole(join(folder, erasureNotesName), JSON.stringify(content, null, 1) + '\n')
}

export interface ErasureNotes {
  readonly userIds: readonly string[]
  /** False when notes are there that this shop did not write, or that somebody changed. */
  readonly isGood: boolean
}

/** The ids that lie beside a backup; none where there are no notes. */
export function readErasureNotes(folder: string, vault: Pick<Vault, 'token'>): ErasureNotes {
  let text: string
  try {
    text = readFileSync(join(folder, erasureNotesName), 'utf8')
  } catch {
    return { userIds: [], isGood: true }
  }
  try {
    const { userIds, mark } = notes.parse(JSON.parse(text))
    return mark === markOf(vault, userIds) ? { userIds, isGood: true } : { userIds: [], isGood: false }
  } catch {
    return { userIds: [], isGood: false }
  }
}

const markOf = (vault: Pick<Vault, 'token'>, userIds: readonly string[]): string =>
  vault.token('word', createHash('sha256').update(JSON.stringify(userIds), 'utf8').digest('hex'))
