import { ref, type Ref } from 'vue'

/** The answer to the last scan. Kept outside the stop it was about: the next stop is on the screen by then. */
export interface Verdict {
  readonly isRight: boolean
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
      if (next?.isRight) timer = setTimeout(() => (verdict.value = undefined), rightMs)
    },
  }
}
