import { ref, type ShallowRef } from 'vue'
import type { Part } from './floor-parts.ts'
import type { PlanView } from './plan-geometry.ts'
import type { DragTarget } from './taking-hold.ts'

interface Held {
  readonly isEditable: () => boolean
  readonly selected: () => Part | undefined
  readonly view: () => PlanView
  /** While something is dragged the paper stays where it is. */
  readonly freeze: (isHeld: boolean) => void
  readonly select: (part: Part) => void
  readonly drag: (part: Part, to: DragTarget, gesture: string) => void
  readonly dropped: () => void
}

interface Grip {
  readonly part: Part
  readonly edge?: 'low' | 'high'
  readonly start: readonly [number, number]
  readonly gesture: string
  isMoving: boolean
}

const dragFromPx = 4
const snapMm = 50

/** A piece of way is chosen by a click; who drags it drags the aisle or cross aisle it belongs to. */
function ownerOf(part: Part): Part {
  if (part.kind !== 'passage') return part
  const { passage } = part
  return 'cross' in passage ? { kind: 'cross', cross: passage.cross } : { kind: 'aisle', aisle: passage.aisle }
}

/** Taking hold of a part by mouse, finger or pen: a click selects it, a drag tells where to. */
export function useGrip(svg: Readonly<ShallowRef<SVGSVGElement | null>>, held: Held) {
  let grip: Grip | undefined
  let gestures = 0
  const isDragging = ref(false)

  function take(event: PointerEvent, part: Part, edge?: 'low' | 'high'): void {
    if (event.button !== 0) return
    if (!edge) held.select(part)
    if (!held.isEditable()) return
    const start = [event.clientX, event.clientY] as const // a pair, not an array
    grip = { part: ownerOf(part), ...(edge && { edge }), start, gesture: `drag ${++gestures}`, isMoving: false }
    svg.value?.setPointerCapture(event.pointerId)
    event.preventDefault()
  }

  /** Where the pointer is on the floor, in steps of five centimetres. */
  function floorPoint(event: PointerEvent): { x: number; y: number } {
    const matrix = svg.value?.getScreenCTM()?.inverse()
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix)
    const snap = (mm: number): number => Math.round(mm / snapMm) * snapMm
    return { x: snap(point.x), y: snap(held.view().y(0) - point.y) }
  }

  function move(event: PointerEvent): void {
    if (!grip) return
    const [fromX, fromY] = grip.start
    if (!grip.isMoving && Math.hypot(event.clientX - fromX, event.clientY - fromY) < dragFromPx) return
    held.freeze(true)
    grip.isMoving = true
    isDragging.value = true
    // A bay has its place for a name, so it is another one after each step.
    const part = grip.part.kind === 'bay' ? (held.selected() ?? grip.part) : grip.part
    held.drag(part, { ...floorPoint(event), ...(grip.edge && { edge: grip.edge }) }, grip.gesture)
  }

  function release(): void {
    const wasMoving = grip?.isMoving === true
    grip = undefined
    isDragging.value = false
    held.freeze(false)
    if (wasMoving) held.dropped()
  }

  return { take, move, release, isDragging }
}
