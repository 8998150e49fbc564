import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { OutputOf } from '../../../src-main/contract/operations.ts'
import { useBridge } from '../../bridge/index.ts'
import { isCancelled, problemOf, type Problem } from '../../format/failure.ts'
import { useChanges } from '../../stores/loaded.ts'

export type Preview = OutputOf<'waves.preview'>

export interface LivePreview {
  /** What was last planned; stays while the next one is under way. */
  readonly preview: ShallowRef<Preview | undefined>
  readonly problem: ShallowRef<Problem | undefined>
  readonly progress: ShallowRef<{ readonly done: number; readonly total: number } | undefined>
  readonly isPlanning: ShallowRef<boolean>
  readonly isStopped: ShallowRef<boolean>
  stop(): void
  again(): void
}

/** Somebody ticking along a list makes one question of it. */
const tickingMs = 150

/** The plan of the chosen orders, asked for anew with every tick; the question before is given up. */
export function useLivePreview(chosen: () => readonly string[]): LivePreview {
  const bridge = useBridge()
  const { t } = useI18n()
  const preview = shallowRef<Preview>()
  const problem = shallowRef<Problem>()
  const progress = shallowRef<{ readonly done: number; readonly total: number }>()
  const isPlanning = shallowRef(false)
  const isStopped = shallowRef(false)
  let job: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function giveUp(): void {
    clearTimeout(timer)
    if (job !== undefined) void bridge.cancel(job)
    job = undefined
    isPlanning.value = false
    progress.value = undefined
  }
  async function ask(): Promise<void> {
    const mine = crypto.randomUUID()
    job = mine
    try {
      const answer = await bridge.call('waves.preview', { orderIds: [...chosen()] }, mine)
      if (job !== mine) return
      preview.value = answer
      problem.value = undefined
    } catch (error) {
      if (job !== mine || isCancelled(error)) return
      problem.value = problemOf(error, t)
    }
    job = undefined
    isPlanning.value = false
    progress.value = undefined
  }
  function again(): void {
    giveUp()
    isStopped.value = false
    isPlanning.value = true
    timer = setTimeout(() => void ask(), tickingMs)
  }

  watch(chosen, again, { immediate: true })
  useChanges(again)
  const unsubscribe = bridge.subscribe('progress', (event) => {
    if (event.job === job) progress.value = { done: event.done, total: event.total }
  })
  onScopeDispose(() => {
    unsubscribe()
    giveUp()
  })
  return {
    preview,
    problem,
    progress,
    isPlanning,
    isStopped,
    stop() {
      giveUp()
      isStopped.value = true
    },
    again,
  }
}
