import type { Room, Visitor } from './handlers.ts'

/** Reports leave this soon after something changed; several changes in a row share one round. */
const settleMs = 400
/** Stock moves piece by piece while people pick: told once it rests, and at the latest after half a minute. */
const stockRestMs = 5_000
const stockAtLatestMs = 30_000
/** Somebody who called this long ago still looks at the screen. */
const inUseMs = 5 * 60_000
/** Nobody looks: rounds come this many times more rarely. */
const idleFactor = 8
/** Focus, resume and network up come in bursts. */
const wakeAgainMs = 3_000
/** A storefront that offers no bell today may offer one after its next update. */
const bellAgainMs = 15 * 60_000

/** Between two times of listening, also at a storefront that answers at once what it should hold back. */
const breathMs = 1_000
/** The program may end by then, whatever hangs. */
const patienceMs = 2_000

const background: Visitor = { door: 'cli', actor: 'background' }
const own: ReadonlySet<string> = new Set(['reports.deliver', 'storefronts.sync', 'storefronts.push-stock'])

export interface InTouch {
  /** The window has the focus again, the machine is awake, the network is back: look at once. */
  wake(): void
  /** Ends at the next page what is under way, and waits a moment for it: what it writes needs an open store. */
  stop(): Promise<void>
}

export interface TouchOptions {
  /** Seconds between rounds while somebody uses a window or station; 0 = only when asked. */
  readonly syncSeconds: number
  readonly random?: (() => number) | undefined
}

/**
 * Keeps the shop and the world in step without anybody asking: reports leave soon after a change, stock levels within
 * the minute, and rounds with the storefronts are made often while the program is used and rarely while it is not; a
 * storefront with a bell is heard at once. Failures wait in the outbox and on the storefront's line of Today.
 */
export function keepInTouch(room: Room, options: TouchOptions): InTouch {
  if (options.syncSeconds === 0) return { wake: () => undefined, stop: async () => undefined }
  const random = options.random ?? Math.random
  const timers = new Map<string, NodeJS.Timeout>()
  let isStopped = false
  let stockSince: number | undefined
  let lastRound = -Infinity
  const later = (name: string, ms: number, work: () => void): void => {
    clearTimeout(timers.get(name))
    if (!isStopped) timers.set(name, setTimeout(work, ms))
  }
  const underWay = new Map<string, Promise<unknown>>()
  const call = async (operation: string, input: object = {}): ReturnType<Room['call']> => {
    const job = `background ${operation}`
    const calling = room.call(operation, input, background, job)
    // Waiting for news reads nothing of the store once it is told.
    if (operation !== 'storefronts.wait') underWay.set(job, calling)
    const reply = await calling
    underWay.delete(job)
    return reply
  }

  const round = async (): Promise<void> => {
    lastRound = performance.now()
    await call('storefronts.sync', { background: true })
    const isInUse = room.unusedMs() < inUseMs
    later(
      'round',
      options.syncSeconds * 1000 * (isInUse ? 1 : idleFactor) * (0.75 + random() * 0.75),
      () => void round(),
    )
  }
  const pushStock = (): void => {
    stockSince = undefined
    void call('storefronts.push-stock')
  }
  const leave = room.subscribe((topic, event) => {
    if (topic !== 'changed' || ('operation' in event && own.has(event.operation))) return
    later('reports', settleMs, () => void call('reports.deliver'))
    stockSince ??= performance.now()
    later('stock', Math.max(0, Math.min(stockRestMs, stockSince + stockAtLatestMs - performance.now())), pushStock)
  })
  const listen = async (): Promise<void> => {
    const reply = await call('storefronts.wait', {})
    // The operation's own answer.
    const heard = (reply.ok ? reply.value : undefined) as { hasNews: boolean; canWait: boolean } | undefined
    if (isStopped) return
    if (heard?.hasNews) await round()
    later('bell', heard?.canWait ? breathMs : bellAgainMs, () => void listen())
  }
  void round()
  later('bell', settleMs, () => void listen())
  return {
    wake() {
      if (performance.now() - lastRound > wakeAgainMs) later('round', 0, () => void round())
    },
    async stop() {
      isStopped = true
      leave()
      for (const timer of timers.values()) clearTimeout(timer)
      for (const job of underWay.keys()) room.cancel(job)
      let timer: NodeJS.Timeout | undefined
      const over = new Promise((resolve) => (timer = setTimeout(resolve, patienceMs)))
      await Promise.race([Promise.allSettled(underWay.values()), over])
      clearTimeout(timer)
    },
  }
}
