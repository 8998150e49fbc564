import type { CourierKeys } from '../core/courier-keys.ts'
import { systemClock } from '../core/clock.ts'
import { openManifest, type OpenedManifest } from '../core/manifest.ts'
import { lastEvent, mark, startRun, takeBack, type DeliveryEvent, type Run } from '../core/run.ts'
import { openStops, type OpenedStop } from '../core/stops.ts'
import { openMemory, type Memory } from './memory.ts'

/** What is open right now. Recipients live here and nowhere else; closing the page forgets them. */
export interface Work {
  readonly manifest: OpenedManifest
  readonly stops: readonly OpenedStop[]
  readonly run: Run
}

export interface Session {
  readonly memory: Memory
  keys(): CourierKeys | undefined
  useKeys(keys: CourierKeys | undefined): void
  /** A manifest whose shop is not trusted yet, waiting for the courier's word. */
  waiting(): OpenedManifest | undefined
  work(): Work | undefined
  openFile(text: string): Promise<void>
  trustAndOpen(): Promise<void>
  close(): void
  mark(event: Omit<DeliveryEvent, 'at'>): void
  markAllOut(): void
  takeBack(pid: string): void
  keepRun(run: Run): void
  onChange(listener: () => void): void
}

export function startSession(): Session {
  const memory = openMemory()
  const listeners: (() => void)[] = []
  let keys: CourierKeys | undefined
  let waiting: OpenedManifest | undefined
  let work: Work | undefined
  const changed = (): void => listeners.forEach((listener) => listener())
  const unlocked = (): CourierKeys => {
    if (!keys) throw new Error('locked')
    return keys
  }
  const keepRun = (run: Run): void => {
    if (!work) return
    memory.keepRun(run)
    work = { ...work, run }
    changed()
  }
  const begin = async (manifest: OpenedManifest): Promise<void> => {
    const stops = await openStops(manifest, { keys: unlocked(), now: systemClock.now() })
    const pids = manifest.parcels.map((parcel) => parcel.pid)
    work = { manifest, stops, run: memory.run(manifest.number) ?? startRun(manifest.number, pids) }
    waiting = undefined
    changed()
  }
  const close = (): void => {
    work = undefined
    waiting = undefined
    changed()
  }

  return {
    memory,
    keys: () => keys,
    useKeys(next) {
      keys = next
      close()
    },
    waiting: () => waiting,
    work: () => work,
    async openFile(text) {
      const manifest = await openManifest(text, { keys: unlocked(), now: systemClock.now() })
      if (memory.trustedShops()[manifest.shopKid] !== undefined) return begin(manifest)
      work = undefined
      waiting = manifest
      changed()
    },
    async trustAndOpen() {
      if (!waiting) return
      memory.trustShop(waiting.shopKid, waiting.shop.name)
      await begin(waiting)
    },
    close,
    mark(event) {
      if (work) keepRun(mark(work.run, { ...event, at: systemClock.now() }))
    },
    markAllOut() {
      if (!work) return
      const at = systemClock.now()
      const untouched = work.run.pids.filter((pid) => work !== undefined && lastEvent(work.run, pid) === undefined)
      keepRun(untouched.reduce((run, pid) => mark(run, { pid, status: 'out-for-delivery', at }), work.run))
    },
    takeBack(pid) {
      if (work) keepRun(takeBack(work.run, pid))
    },
    keepRun,
    onChange: (listener) => void listeners.push(listener),
  }
}
