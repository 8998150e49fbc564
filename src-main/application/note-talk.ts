import { changeConnection, getConnection } from './read-feed.ts'
import { logged, onlyCounted, type Moved } from './sync-log.ts'
import { notesOf, notesText } from './sync-round.ts'
import { inTurn } from './traffic.ts'
import type { Caller, Workshop } from './workshop.ts'

/** Writes into the log what moved in a talk between two rounds; a talk in which nothing moved leaves no line. */
export async function noteTalk(
  deps: Pick<Workshop, 'store' | 'system'>,
  caller: Caller,
  talk: { readonly connectionId: string; readonly moved: Moved },
): Promise<void> {
  const moved = onlyCounted(talk.moved)
  if (Object.keys(moved).length === 0) return
  await inTurn(caller, async () => {
    const notes = notesOf(await getConnection(deps, talk.connectionId))
    const log = logged(notes.log ?? [], { at: deps.system.clock.now(), moved })
    await changeConnection(deps, caller, {
      connectionId: talk.connectionId,
      change: { lastSyncSummary: notesText({ ...notes, log }) },
    })
  })
}
