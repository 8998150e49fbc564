import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'

/** A value with its former and undone ones; each is kept whole, as none is ever changed in place. */
export interface History<Value> {
  readonly now: ShallowRef<Value | undefined>
  readonly canUndo: ComputedRef<boolean>
  readonly canRedo: ComputedRef<boolean>
  /** Forgets everything. */
  begin(value: Value | undefined): void
  /** Changes with the same `gesture`, one right after the other, are one step to undo. */
  change(next: Value, gesture?: string): void
  undo(): void
  redo(): void
}

const mostSteps = 200

export function useHistory<Value>(): History<Value> {
  const now = shallowRef<Value>()
  const past = shallowRef<readonly Value[]>([])
  const future = shallowRef<readonly Value[]>([])
  let lastGesture: string | undefined

  function begin(value: Value | undefined): void {
    past.value = []
    future.value = []
    lastGesture = undefined
    now.value = value
  }

  function change(next: Value, gesture?: string): void {
    if (next === now.value) return
    const isOneStep = gesture !== undefined && gesture === lastGesture
    if (!isOneStep && now.value !== undefined) past.value = [...past.value.slice(1 - mostSteps), now.value]
    lastGesture = gesture
    future.value = []
    now.value = next
  }

  function step(from: ShallowRef<readonly Value[]>, to: ShallowRef<readonly Value[]>): void {
    const target = from.value.at(-1)
    if (target === undefined || now.value === undefined) return
    to.value = [...to.value, now.value]
    from.value = from.value.slice(0, -1)
    lastGesture = undefined
    now.value = target
  }

  return {
    now,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    begin,
    change,
    undo: () => step(past, future),
    redo: () => step(future, past),
  }
}
