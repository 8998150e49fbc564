import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { useEventListener } from '@vueuse/core'
import { afterKey, asOnPaper, turned, zoomed, type Viewpoint } from './viewpoint.ts'

/** Half a turn across 300 pixels. */
const radiansPerPixel = Math.PI / 300
const wheelSpeed = 0.0015

/** Turns and zooms by mouse (one button, wheel), touch (one finger, two fingers) and keys while the canvas has the focus. */
export function useTurning(canvas: Readonly<ShallowRef<HTMLCanvasElement | null>>): {
  readonly view: ShallowRef<Viewpoint>
  readonly isTurned: ComputedRef<boolean>
  reset(): void
} {
  const view = shallowRef(asOnPaper)
  const fingers = new Map<number, { readonly x: number; readonly y: number }>()

  const spread = (): number => {
    const [one, two] = [...fingers.values()]
    return one && two ? Math.hypot(one.x - two.x, one.y - two.y) : 0
  }
  useEventListener(canvas, 'pointerdown', (event) => {
    canvas.value?.setPointerCapture(event.pointerId)
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
  })
  useEventListener(canvas, 'pointermove', (event) => {
    const before = fingers.get(event.pointerId)
    if (!before) return
    const spreadBefore = spread()
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (fingers.size > 1) {
      if (spreadBefore > 0) view.value = zoomed(view.value, spread() / spreadBefore)
    } else {
      const around = -(event.clientX - before.x) * radiansPerPixel
      view.value = turned(view.value, { around, above: (event.clientY - before.y) * radiansPerPixel })
    }
  })
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
    useEventListener(canvas, end, (event) => void fingers.delete(event.pointerId))
  useEventListener(
    canvas,
    'wheel',
    (event) => {
      // The page scrolls on under a picture that nobody has chosen.
      if (document.activeElement !== canvas.value && !event.ctrlKey) return
      event.preventDefault()
      view.value = zoomed(view.value, Math.exp(-event.deltaY * wheelSpeed))
    },
    { passive: false },
  )
  useEventListener(canvas, 'keydown', (event) => {
    const next = event.ctrlKey || event.altKey || event.metaKey ? undefined : afterKey(view.value, event.key)
    if (!next) return
    event.preventDefault()
    // Else the letter would also be a shortcut of the window.
    event.stopPropagation()
    view.value = next
  })
  return {
    view,
    isTurned: computed(() => view.value !== asOnPaper),
    reset: () => void (view.value = asOnPaper),
  }
}
