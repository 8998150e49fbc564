import { ref, type Ref } from 'vue'
import { play } from '../../devices/sounds.ts'

/** The answer to the last scan. Kept outside the stop it was about: the next stop is on the screen by then. */
export interface Verdict {
  readonly isRight: boolean
  /** Right, and something is to be done first. */
  readonly isWait?: boolean | undefined
  /** The last of several: told by another sound. */
  readonly isLast?: boolean | undefined
  readonly title: string
  readonly text: string
}

const rightMs = 4_000
const verdict = ref<Verdict>()
let timer: ReturnType<typeof setTimeout> | undefined

/** A right answer goes by itself; a wrong one stays until the next scan. */
export function useVerdict(): { verdict: Readonly<Ref<Verdict | undefined>>; say(next: Verdict | undefined): void } {
  return {
    verdict,
    say(next) {
      clearTimeout(timer)
      verdict.value = next
      if (next) play(!next.isRight ? 'wrong' : next.isLast === true ? 'done' : 'right')
      if (next?.isRight && next.isWait !== true) timer = setTimeout(() => (verdict.value = undefined), rightMs)
    },
  }
}
