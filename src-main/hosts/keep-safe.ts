import type { Room, Visitor } from './handlers.ts'

/** The first look waits until a start is over: nobody wants a disk at work while the window opens. */
const firstLookMs = 60_000
/** A backup that failed, or a stick that came back, is tried again soon; a look that finds nothing due costs nothing. */
const lookAgainMs = 10 * 60_000
/** Whoever closes the program waits this long for the backup of the day; then it is left for tomorrow. */
const patienceMs = 60_000

const background: Visitor = { door: 'cli', actor: 'background' }

export interface KeepSafeOptions {
  readonly firstLookMs?: number | undefined
  readonly lookAgainMs?: number | undefined
}

/**
 * The purge and the backup of the day, by themselves while the program runs, and at its end where today had none. The
 * purge first: what is over today shall be in no backup of today.
 */
export function keepSafe(room: Room, options: KeepSafeOptions = {}): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let looking: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    await room.call('privacy.purge-if-due', {}, background, 'background purge')
    await room.call('backup.if-due', {}, background, 'background backup')
    if (!isStopped) plan(options.lookAgainMs ?? lookAgainMs)
  }
  const plan = (ms: number): void => {
    timer = setTimeout(() => (looking = look()), ms)
  }
  plan(options.firstLookMs ?? firstLookMs)
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      const last = looking.then(look)
      let patience: NodeJS.Timeout | undefined
      const over = new Promise((resolve) => (patience = setTimeout(resolve, patienceMs)))
      await Promise.race([last, over])
      clearTimeout(patience)
      room.cancel('background backup')
      await last
    },
  }
}
