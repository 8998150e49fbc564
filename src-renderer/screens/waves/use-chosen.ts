import { computed, nextTick, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { OutputOf } from '../../../src-main/contract/operations.ts'
import type { useLocalRows } from '../../stores/local-rows.ts'

type Plannable = OutputOf<'waves.plannable'>['orders'][number]

/** Which orders are ticked: all of them at first; those that come in later wait for a tick. `onBegun` once there are any. */
export function useChosen(
  orders: Readonly<Ref<readonly Plannable[] | undefined>>,
  onBegun: () => void,
): {
  readonly chosen: Ref<ReadonlySet<string>>
  /** In the order of the orders. */
  readonly chosenIds: ComputedRef<readonly string[]>
  tick(order: Plannable): void
  /** What the search shows: all of it, or nothing of it. */
  tickShown(rows: ReturnType<typeof useLocalRows<Plannable>>, isChosen: boolean): void
} {
  const chosen = ref<ReadonlySet<string>>(new Set())
  watch(
    orders,
    (list, before) => {
      if (!list) return
      const known = new Set(list.map(({ id }) => id))
      chosen.value = before ? new Set([...chosen.value].filter((id) => known.has(id))) : known
      if (!before) void nextTick().then(onBegun)
    },
    { immediate: true },
  )
  return {
    chosen,
    chosenIds: computed(() => (orders.value ?? []).filter(({ id }) => chosen.value.has(id)).map(({ id }) => id)),
    tick({ id }) {
      const next = new Set(chosen.value)
      if (!next.delete(id)) next.add(id)
      chosen.value = next
    },
    tickShown(rows, isChosen) {
      const next = new Set(chosen.value)
      for (let i = 0; i < rows.total.value; i++) {
        const id = rows.rowAt(i)?.id
        if (id !== undefined && isChosen) next.add(id)
        else if (id !== undefined) next.delete(id)
      }
      chosen.value = next
    },
  }
}
