import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { watchDebounced } from '@vueuse/core'
import type { FloorView } from '../../../src-main/contract/floor-views.ts'
import { useHistory } from './history.ts'
import { baysOf, partKey, type Bay, type Drawing, type DrawnLocation, type Part } from './floor-parts.ts'

/** The drawing under work, with everything needed to go back. */
export interface Board {
  readonly drawing: ShallowRef<Drawing | undefined>
  readonly selected: Ref<Part | undefined>
  readonly bays: ComputedRef<readonly Bay[]>
  readonly isDirty: ComputedRef<boolean>
  readonly canUndo: ComputedRef<boolean>
  readonly canRedo: ComputedRef<boolean>
  /** What the drawing began with; the empty string where there was no floor. */
  readonly revision: Ref<string>
  /** The floor in force as the drawing knows it. */
  readonly saved: ShallowRef<Drawing | undefined>
  /** Unsaved work of the last time: `taken` up again, or `older` than the floor in force and left to be asked about. */
  readonly draft: Ref<'none' | 'taken' | 'older'>
  /** Places that stood on the floor in force under another name. */
  readonly renamed: ComputedRef<readonly { readonly from: string; readonly to: string }[]>
  select(part: Part | undefined): void
  /** Changes with the same `gesture`, one right after the other, are one step to undo. */
  change(next: Drawing, gesture?: string): void
  undo(): void
  redo(): void
  /** Begins with the floor in force; unsaved work of the last time comes back over it, but for `anew`. */
  begin(floor: FloorView | null, options?: { readonly anew?: boolean }): void
  /** The older drawing after all. */
  takeDraft(): void
  /** Back to the floor in force, for good. */
  dropDraft(): void
}

const draftKey = 'backroom.floor-draft'
/** While something is dragged nothing is written. */
const keepAfterMs = 300

interface Draft {
  readonly revision: string
  readonly drawing: Drawing
}

export function useBoard(): Board {
  const { now: drawing, ...history } = useHistory<Drawing>()
  const saved = shallowRef<Drawing>()
  const revision = ref('')
  const selected = ref<Part>()
  const draft = ref<'none' | 'taken' | 'older'>('none')
  const isDirty = computed(() => drawing.value !== undefined && drawing.value !== saved.value)

  function begin(floor: FloorView | null, { anew = false } = {}): void {
    if (anew) keepDraft(undefined)
    const fresh = floor ? { floor: floor.floor, locations: floor.locations.map((one) => ({ ...one, was: one.code })) } : undefined // prettier-ignore
    const kept = readDraft()
    selected.value = undefined
    revision.value = floor?.revision ?? ''
    draft.value = kept === undefined ? 'none' : kept.revision === revision.value ? 'taken' : 'older'
    saved.value = fresh
    history.begin(fresh)
    if (draft.value === 'taken' && kept) history.change(kept.drawing)
  }

  /** It keeps the revision it began with, so that saving notices what changed meanwhile. */
  function takeDraft(): void {
    const kept = readDraft()
    if (!kept) return
    revision.value = kept.revision
    draft.value = 'taken'
    history.change(kept.drawing)
  }

  function dropDraft(): void {
    draft.value = 'none'
    keepDraft(undefined)
    if (saved.value) history.change(saved.value)
    else history.begin(undefined)
  }

  function keep(): void {
    if (isDirty.value && drawing.value) keepDraft({ revision: revision.value, drawing: drawing.value })
    // An older drawing waits for an answer.
    else if (draft.value !== 'older') keepDraft(undefined)
  }
  watchDebounced([drawing, saved], keep, { debounce: keepAfterMs })
  onScopeDispose(() => isDirty.value && keep())
  // A part that a step took away cannot stay selected.
  watch(drawing, (now) => {
    if (now && selected.value && !isThere(now, selected.value)) selected.value = undefined
  })

  return {
    ...history,
    drawing,
    selected,
    saved,
    revision,
    draft,
    isDirty,
    bays: computed(() => baysOf(drawing.value?.locations ?? [])),
    renamed: computed(() => renamedOf(drawing.value?.locations ?? [])),
    select: (part) => void (selected.value = part),
    begin,
    takeDraft,
    dropDraft,
  }
}

const renamedOf = (locations: readonly DrawnLocation[]): readonly { from: string; to: string }[] =>
  locations.flatMap(({ was, code }) => (was !== undefined && was !== code ? [{ from: was, to: code }] : []))

function isThere({ floor, locations }: Drawing, part: Part): boolean {
  if (part.kind === 'aisle') return part.aisle < floor.aisleX.length
  if (part.kind === 'cross') return part.cross < floor.crossY.length
  if (part.kind === 'bay') return baysOf(locations).some(({ key }) => key === partKey(part))
  if (part.kind === 'row') return part.aisle < floor.aisleX.length && part.block < floor.crossY.length - 1
  return true
}

/** Kept on this device until it is saved or dropped: aisles and codes, nothing personal. */
function keepDraft(draft: Draft | undefined): void {
  try {
    if (draft) localStorage.setItem(draftKey, JSON.stringify(draft))
    else localStorage.removeItem(draftKey)
  } catch {
    // No room or no storage: then the drawing lasts as long as this window.
  }
}

function readDraft(): Draft | undefined {
  try {
    const text = localStorage.getItem(draftKey)
    // Written above, by this very program.
    return text === null ? undefined : (JSON.parse(text) as Draft)
  } catch {
    return undefined
  }
}
