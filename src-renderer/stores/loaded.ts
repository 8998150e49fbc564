import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useBridge } from '../bridge/index.ts'
import { problemOf, type Problem } from '../format/failure.ts'

export interface Loaded<Value> {
  readonly value: ShallowRef<Value | undefined>
  readonly problem: ShallowRef<Problem | undefined>
  /** True until the first answer to the present question. */
  readonly isLoading: ShallowRef<boolean>
  reload(): Promise<void>
}

/** Announcements come in bursts while a wave runs; one more look after the last of them is enough. */
const quietMs = 250

/**
 * One answer, read again whenever something was written or the question changed. What was shown stays until the new
 * answer is there; an answer to an older question is dropped.
 */
export function useLoaded<Question, Value>(
  question: () => Question,
  ask: (question: Question) => Promise<Value>,
): Loaded<Value> {
  const { t } = useI18n()
  const value = shallowRef<Value>()
  const problem = shallowRef<Problem>()
  const isLoading = shallowRef(true)
  let asked = 0

  async function reload(): Promise<void> {
    const number = ++asked
    try {
      const answer = await ask(question())
      if (number !== asked) return
      value.value = answer
      problem.value = undefined
    } catch (error) {
      if (number !== asked) return
      problem.value = problemOf(error, t)
    }
    isLoading.value = false
  }

  watch(
    question,
    () => {
      isLoading.value = true
      void reload()
    },
    { immediate: true, deep: true },
  )
  useChanges(() => void reload())
  return { value, problem, isLoading, reload }
}

/** Calls back once things have been written, at most every quarter of a second, until the scope ends. */
export function useChanges(listener: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = useBridge().subscribe('changed', () => {
    timer ??= setTimeout(() => {
      timer = undefined
      listener()
    }, quietMs)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
}
