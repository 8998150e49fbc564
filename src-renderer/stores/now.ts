import { useIntervalFn, useTimestamp } from '@vueuse/core'
import type { Ref } from 'vue'

const everyMs = 5_000

/** The time on the wall of this machine, for "40 s ago": nothing is decided by it. */
export const useWallTime = (): Readonly<Ref<number>> =>
  useTimestamp({ scheduler: (tick) => useIntervalFn(tick, everyMs) })
