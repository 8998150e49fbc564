import { useScanner } from '../../devices/scanner/use-scanner.ts'
import type { Drawing, Part } from './floor-parts.ts'

interface Moment {
  readonly drawing: Drawing
  readonly part: Part | undefined
}

interface Hands {
  /** How things stand. */
  readonly at: () => Moment
  readonly arrow: (direction: readonly [right: number, up: number], size: 'small' | 'usual' | 'large') => void
  /** By `KeyboardEvent.key`. */
  readonly deeds: Readonly<Record<string, () => void>>
  /** `before`: how things stood before the first letter of the scan did something. */
  readonly scanned: (code: string, before: Moment | undefined) => void
}

const arrows: Readonly<Record<string, readonly [right: number, up: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}
const scanBeginsMs = 1500

/** What keys and a scanner do on the plan. */
export function useFloorKeys({ at, arrow, deeds, scanned }: Hands) {
  /** How things stood before the last letter: the first one of a scan goes through before it is known as one. */
  let beforeLetter: (Moment & { readonly pressedAt: number }) | undefined
  let lastKey = ''

  useScanner({
    scan(code) {
      const isFresh = beforeLetter && performance.now() - beforeLetter.pressedAt < scanBeginsMs
      scanned(code, isFresh ? beforeLetter : undefined)
    },
    typed: () => undefined,
    focus: () => undefined,
  })

  function onKey(event: KeyboardEvent): void {
    const isAfterG = lastKey === 'g'
    lastKey = event.key
    // `g` and a letter leads to another screen.
    if (event.ctrlKey || event.metaKey || isAfterG) return
    const direction = arrows[event.key]
    const size = event.shiftKey ? 'large' : event.altKey ? 'small' : 'usual'
    const deed = direction ? () => arrow(direction, size) : deeds[event.key]
    if (!deed) return
    event.preventDefault()
    event.stopPropagation()
    beforeLetter = event.key.length === 1 ? { ...at(), pressedAt: performance.now() } : undefined
    deed()
  }
  return { onKey }
}
