import { computed, reactive, type Ref, type ShallowRef } from 'vue'
import type { Problem } from '../format/failure.ts'
import type { ListQuestion, PagedRows } from './paged-rows.ts'

/**
 * A short list that is here already, searched and sorted in place, for the same table as long ones. `sorts` names what
 * a column is sorted by; `text` is what the search looks through, by the beginnings of words.
 */
export function useLocalRows<Row>(
  source: {
    readonly value: Readonly<Ref<readonly Row[] | undefined>>
    readonly problem: ShallowRef<Problem | undefined>
    reload(): Promise<void>
  },
  how: { readonly text: (row: Row) => string; readonly sorts: Readonly<Record<string, (row: Row) => string | number>> },
): PagedRows<Row> {
  const question = reactive<ListQuestion>({ search: '', sort: undefined, descending: false })
  const rows = computed(() => {
    const words = question.search.toLocaleLowerCase().split(/\s+/).filter(Boolean)
    const found = (source.value.value ?? []).filter((row) => {
      const text = how.text(row).toLocaleLowerCase()
      return words.every((word) => text.includes(word))
    })
    const by = question.sort === undefined ? undefined : how.sorts[question.sort]
    if (!by) return found
    const sign = question.descending ? -1 : 1
    return found.toSorted((a, b) => sign * compare(by(a), by(b)))
  })
  const total = computed(() => rows.value.length)
  const isLoading = computed(() => source.value.value === undefined && source.problem.value === undefined)
  return {
    question,
    // Read as refs only: the table never writes them.
    total: total as unknown as ShallowRef<number>,
    isLoading: isLoading as unknown as ShallowRef<boolean>,
    problem: source.problem,
    isEmpty: computed(() => source.value.value?.length === 0),
    rowAt: (index) => rows.value[index],
    ensure: () => undefined,
    reload: source.reload,
  }
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
