import { AppError } from '../../src-main/kernel/errors.ts'
import { failureOf } from '../../src-main/contract/failure.ts'
import type { KeptHere, Refused } from './kept-here.ts'
import { isForLater, type Confirmation } from './waiting.ts'

export type Outcome<Answer> =
  | { readonly state: 'counted'; readonly answer: Answer }
  /** The shop does not answer: it waits here, on the disk. */
  | { readonly state: 'kept' }
  /** The shop has said no; nothing waits. */
  | { readonly state: 'refused'; readonly error: unknown }

export interface FloorLine<Answer> {
  /** Keeps it, then tells everything that waits, oldest first. */
  confirm(confirmation: Confirmation): Promise<Outcome<Answer>>
  /** Tells what waits; says whether the shop answers. Refusals nobody waits for become conflicts. */
  catchUp(): Promise<boolean>
}

export interface FloorLineOptions<Answer> {
  readonly kept: KeptHere
  readonly send: (confirmation: Confirmation) => Promise<Answer>
  /** Called after each change of what waits or was refused. */
  readonly onChange: (waiting: readonly Confirmation[], refused: readonly Refused[]) => void
  /** Called when one was counted, right before `onChange` without it. */
  readonly onCounted: (confirmation: Confirmation, answer: Answer) => void
  /** The shop has answered, or has not. */
  readonly onReach: (isReached: boolean) => void
  /** Something was left to wait, because the shop does not answer or does not take it now: it has to be told again. */
  readonly onLeft: () => void
  /** Runs one at a time, also beside other windows of this station. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
}

/**
 * The line in which a station's confirmations wait for the shop. Each is written down before it is sent, and crossed out
 * only once the shop has answered: with the same id told twice, the shop counts it once.
 */
export function floorLine<Answer>(options: FloorLineOptions<Answer>): FloorLine<Answer> {
  const { kept, onChange } = options
  /** Somebody stands at the screen and waits for this one's answer. */
  const awaited = new Map<string, (outcome: Outcome<Answer>) => void>()
  const tell = async (): Promise<void> => onChange(await kept.waiting(), await kept.refused())

  async function settle(one: Confirmation): Promise<void> {
    try {
      const answer = await options.send(one)
      options.onReach(true)
      await kept.remove(one.id)
      const [waiting, refused] = [await kept.waiting(), await kept.refused()]
      // Both at once: in between the pieces would be counted twice on the screen, or not at all.
      options.onCounted(one, answer)
      onChange(waiting, refused)
      awaited.get(one.id)?.({ state: 'counted', answer })
      awaited.delete(one.id)
    } catch (error) {
      const { code } = failureOf(error)
      if (isForLater(code)) throw error
      options.onReach(true)
      const answerTo = awaited.get(one.id)
      if (answerTo) {
        await kept.remove(one.id)
        answerTo({ state: 'refused', error })
      } else await kept.refuse({ id: one.id, confirmation: one, code })
      awaited.delete(one.id)
      await tell()
    }
  }

  /** Stops at the first that the shop does not take now: later ones may hang on it. */
  async function drain(): Promise<void> {
    for (let next = (await kept.waiting())[0]; next; next = (await kept.waiting())[0]) await settle(next)
  }

  async function catchUp(): Promise<boolean> {
    let isReached = true
    await options.alone(async () => {
      try {
        await drain()
      } catch (error) {
        isReached = !(error instanceof AppError && error.code === 'ERR_SERVER_UNREACHABLE')
        options.onReach(isReached)
        options.onLeft()
        for (const answerTo of awaited.values()) answerTo({ state: 'kept' })
        awaited.clear()
      }
    })
    return isReached
  }

  return {
    catchUp,
    async confirm(confirmation) {
      await kept.add(confirmation)
      const outcome = new Promise<Outcome<Answer>>((resolve) => awaited.set(confirmation.id, resolve))
      await tell()
      void catchUp()
      return outcome
    },
  }
}
