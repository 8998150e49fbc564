import { computed, reactive, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { refThrottled } from '@vueuse/core'
import type { PageView } from '../../src-main/contract/views.ts'
import { problemOf, type Problem } from '../format/failure.ts'
import { useChanges } from './loaded.ts'

/** What a list asks for. `sort` undefined = the list's own order. */
export interface ListQuestion {
  search: string
  sort: string | undefined
  descending: boolean
}

export interface PageQuestion {
  readonly search?: string
  readonly sort?: string
  readonly descending?: boolean
  readonly offset: number
  readonly limit: number
}

export interface PagedRows<Row> {
  readonly question: ListQuestion
  readonly total: ShallowRef<number>
  readonly isLoading: ShallowRef<boolean>
  readonly problem: ShallowRef<Problem | undefined>
  /** True when nothing is asked for and there is nothing: the list has never had a row. */
  readonly isEmpty: ComputedRef<boolean>
  rowAt(index: number): Row | undefined
  /** Fetches the pages that these rows lie on, where they are not there yet. */
  ensure(from: number, to: number): void
  reload(): Promise<void>
}

type Counted = Pick<PagedRows<unknown>, 'total' | 'isLoading' | 'problem'>

/** Whether the number of rows may be told: none on their way, or none to be had, is not zero. */
export const isTotalKnown = ({ total, isLoading, problem }: Counted): boolean =>
  total.value > 0 || (!isLoading.value && problem.value === undefined)

/** Two screens of rows: what is read, sent and set in one go is soon there. */
const pageSize = 60
/** The first letter asks at once. Of keys that come faster than a person's, the last one asks. */
const typingMs = 40

/**
 * A list of any length, held in pages: only what is looked at is fetched. Rows already shown stay until their
 * successors are there, so that nothing jumps.
 */
export function usePagedRows<Row>(
  load: (page: PageQuestion) => Promise<PageView<Row>>,
  filter: () => unknown = () => undefined,
): PagedRows<Row> {
  const { t } = useI18n()
  const question = reactive<ListQuestion>({ search: '', sort: undefined, descending: false })
  const total = shallowRef(0)
  const isLoading = shallowRef(true)
  const problem = shallowRef<Problem>()
  const pages = shallowRef<ReadonlyMap<number, readonly Row[]>>(new Map())
  const pending = new Set<number>()
  let version = 0
  let seen: readonly [number, number] = [0, 0]

  async function fetchPage(page: number, isFresh: boolean): Promise<void> {
    const asked = version
    pending.add(page)
    try {
      const { search, sort, descending } = question
      const range = { offset: page * pageSize, limit: pageSize }
      // Without a column the list keeps its own order, which need not be rising.
      const answer = await load({ ...range, ...(search && { search }), ...(sort && { sort, descending }) })
      if (asked !== version) return
      pages.value = new Map([...(isFresh ? [] : pages.value), [page, answer.rows]])
      total.value = answer.total
      problem.value = undefined
    } catch (error) {
      if (asked === version) problem.value = problemOf(error, t)
    } finally {
      if (asked === version) {
        pending.delete(page)
        isLoading.value = false
      }
    }
  }

  async function reload(): Promise<void> {
    version++
    pending.clear()
    const first = Math.floor(seen[0] / pageSize)
    await fetchPage(first, true)
    ensure(...seen)
  }

  function ensure(from: number, to: number): void {
    seen = [from, to]
    const last = Math.min(to, total.value - 1)
    for (let page = Math.floor(from / pageSize); page <= Math.floor(last / pageSize); page++)
      if (!pages.value.has(page) && !pending.has(page)) void fetchPage(page, false)
  }

  const typed = refThrottled(
    computed(() => question.search),
    typingMs,
  )
  watch(
    [typed, () => question.sort, () => question.descending, filter],
    () => {
      seen = [0, 0]
      void reload()
    },
    { immediate: true },
  )
  useChanges(() => void reload())

  return {
    question,
    total,
    isLoading,
    problem,
    isEmpty: computed(() => !isLoading.value && total.value === 0 && question.search === ''),
    rowAt: (index) => pages.value.get(Math.floor(index / pageSize))?.[index % pageSize],
    ensure,
    reload,
  }
}
