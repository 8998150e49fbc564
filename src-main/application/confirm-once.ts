import { AppError } from '../kernel/errors.ts'
import type { Workshop } from './workshop.ts'

/** A confirmation as a station made it: an id of its own, and what it is about. */
export interface Confirmation {
  /** Made at the station, so that a confirmation whose answer got lost can be told again. */
  readonly id: string
  readonly waveId: string
  /** What is confirmed, the same text each time: `pick 1 4 2`. */
  readonly deed: string
}

/**
 * Runs floor work that may be told twice: after a lost connection a station repeats what it is not sure of. The id is
 * kept in the same transaction as the work, so it counts once; told again, `again` answers how things stand now.
 * Throws ERR_INPUT_INVALID for an id that was used for something else, and whatever the work throws: then nothing was
 * kept, and the same id may be tried again.
 */
export async function confirmOnce<Answer>(
  workshop: Workshop,
  confirmation: Confirmation | undefined,
  ways: { readonly work: (workshop: Workshop) => Promise<Answer>; readonly again: () => Promise<Answer> },
): Promise<Answer> {
  if (!confirmation) return ways.work(workshop)
  const known = await workshop.store.findConfirmation(confirmation.id)
  if (!known) return ways.work(keeping(workshop, confirmation))
  if (known.waveId !== confirmation.waveId || known.deed !== confirmation.deed)
    throw new AppError('ERR_INPUT_INVALID', { path: 'id', expected: 'an id that was not used before' })
  return ways.again()
}

/** The same workshop, in which floor work is saved together with the id it was confirmed under. */
function keeping(workshop: Workshop, { id, waveId, deed }: Confirmation): Workshop {
  const { store, system } = workshop
  const confirmation = { id, waveId, deed, at: system.clock.now() }
  return { ...workshop, store: { ...store, saveFloorWork: (work) => store.saveFloorWork({ ...work, confirmation }) } }
}
