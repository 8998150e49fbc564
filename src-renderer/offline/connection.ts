import { ref, type Ref } from 'vue'
import { AppError } from '../../src-main/kernel/errors.ts'

/** A shop that did not answer is asked again so often, milliseconds. */
export const againMs = 3_000
/** No answer for so long is none: a connection that is lost in the air ends no request by itself. Milliseconds. */
export const patienceMs = 10_000

export interface Connection {
  /** When the shop was first found not to answer; undefined while it does. */
  readonly offlineSince: Ref<number | undefined>
  /** The shop has answered somebody, or has not. */
  reach(isReached: boolean): void
  /** Asks once more in a while. */
  again(): void
}

export interface ConnectionOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Something waits to be told to the shop. */
  readonly isWaiting: () => boolean
  /** Tells what waits, or asks whether the shop answers. */
  readonly ask: () => void
}

/** Whether the shop answers. One that does not is asked again, until it answers and nothing waits any more. */
export function connectionOf({ now, isWaiting, ask }: ConnectionOptions): Connection {
  const offlineSince = ref<number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  function again(): void {
    clearTimeout(timer)
    timer = setTimeout(ask, againMs)
  }
  function reach(isReached: boolean): void {
    if (!isReached) {
      offlineSince.value ??= now()
      return again()
    }
    offlineSince.value = undefined
    // An answer to somebody else does not mean that what waits was told.
    if (!isWaiting()) clearTimeout(timer)
  }
  return { offlineSince, reach, again }
}

/** The answer, or after `patienceMs` that the shop is out of reach. What is told here may be told twice. */
export async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('ERR_SERVER_UNREACHABLE')), patienceMs)
  })
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer))
}
