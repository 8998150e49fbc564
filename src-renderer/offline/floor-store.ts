import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { OutputOf } from '../../src-main/contract/operations.ts'
import { isoDay } from '../../src-main/kernel/time.ts'
import { useBridge, type Bridge } from '../bridge/index.ts'
import { useSession } from '../stores/session.ts'
import { connectionOf, inTime } from './connection.ts'
import { floorLine, type FloorLine, type Outcome } from './floor-line.ts'
import { openKept, type KeptHere, type Refused } from './kept-here.ts'
import { toldOf, withoutPeople, type Confirmation, type PickList } from './waiting.ts'

/** Where a stop stands, and where the rest lies when pieces were not there. */
export interface Counted {
  readonly stop: OutputOf<'pick.confirm'>
  readonly otherLocation: string | undefined
}

/** This machine's clock: for what the person reads. The shop reckons with its own. */
const wallNow = (): number => performance.timeOrigin + performance.now()

interface Sources {
  readonly bridge: Bridge
  readonly kept: KeptHere
  reach(isReached: boolean): void
}

/** The list as the shop has it; offline, as it was last read here. */
async function listHereOrThere(wave: string, { bridge, kept, reach }: Sources): Promise<PickList> {
  try {
    const list = await bridge.call('pick.list', { wave })
    reach(true)
    await kept.keepList(withoutPeople(list))
    return list
  } catch (error) {
    const last = isUnreachable(error) ? await kept.findList(wave) : undefined
    if (!last) throw error
    reach(false)
    return last
  }
}

/** Work on the floor while the connection comes and goes: what waits, what was refused, since when. */
export const useFloor = defineStore('floor', () => {
  const bridge = useBridge()
  const session = useSession()
  const waiting = shallowRef<readonly Confirmation[]>([])
  const refused = shallowRef<readonly Refused[]>([])
  const { offlineSince, reach, again } = connectionOf({
    now: wallNow,
    isWaiting: () => waiting.value.length > 0,
    ask: () => void catchUp(),
  })
  const isOffline = computed(() => offlineSince.value !== undefined)
  const counted = shallowRef<Counted>()

  const opened: Promise<{ kept: KeptHere; line: FloorLine<Counted> }> = openKept(wallNow).then(async (kept) => {
    const line = floorLine<Counted>({
      kept,
      send: (one) => tell(bridge, one),
      onChange: (nowWaiting, nowRefused) => {
        waiting.value = nowWaiting
        refused.value = nowRefused
      },
      onCounted: (_one, answer) => (counted.value = answer),
      onReach: reach,
      onLeft: again,
      alone: oneAtATime(),
    })
    waiting.value = await kept.waiting()
    refused.value = await kept.refused()
    return { kept, line }
  })

  async function confirm(confirmation: Omit<Confirmation, 'id' | 'at' | 'by'>): Promise<Outcome<Counted>> {
    const { line } = await opened
    const by = session.caller.person?.id
    return line.confirm({ ...confirmation, id: crypto.randomUUID(), at: wallNow(), by })
  }

  /** Nothing waits: then a small question tells whether the shop answers again. */
  async function catchUp(): Promise<void> {
    const { line } = await opened
    if (waiting.value.length > 0) await line.catchUp()
    else await inTime(bridge.call('settings.get', {})).then(() => reach(true), () => reach(false)) // prettier-ignore
  }

  const readList = async (wave: string): Promise<PickList> =>
    listHereOrThere(wave, { bridge, kept: (await opened).kept, reach })

  const keptLists = async (): Promise<readonly PickList[]> => (await opened).kept.lists()
  async function dismiss(id: string): Promise<void> {
    const { kept } = await opened
    await kept.settle(id)
    refused.value = await kept.refused()
  }
  /** Somebody else has found that the shop does not answer. */
  const lose = (): void => reach(false)
  /** The shop's day, for days printed on products. */
  const today = (zone: string): string => isoDay(wallNow(), zone)

  window.addEventListener('online', () => void catchUp())
  void opened.then(({ line }) => (waiting.value.length > 0 ? line.catchUp() : true))
  return {
    waiting,
    refused,
    offlineSince,
    isOffline,
    counted,
    confirm,
    catchUp,
    readList,
    keptLists,
    dismiss,
    lose,
    today,
  }
})

async function tell(bridge: Bridge, one: Confirmation): Promise<Counted> {
  const told = toldOf(one, wallNow())
  if (one.kind === 'short') return inTime(bridge.call('pick.short', told))
  const stop = await inTime(bridge.call('pick.confirm', { ...told, code: one.code ?? '' }))
  return { stop, otherLocation: undefined }
}

const isUnreachable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_SERVER_UNREACHABLE'

/** In this window by waiting for each other, beside other windows by the browser's locks where it has them. */
function oneAtATime(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  const locked = async (work: () => Promise<void>): Promise<void> =>
    'locks' in navigator ? navigator.locks.request('backroom-floor', work) : work()
  return (work) => {
    const mine = last.then(() => locked(work))
    last = mine.catch(() => undefined)
    return mine
  }
}
