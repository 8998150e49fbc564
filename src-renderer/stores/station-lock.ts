import { useEventListener, useIntervalFn } from '@vueuse/core'
import { watch } from 'vue'
import { useBridge } from '../bridge/index.ts'
import { outsideEvent } from '../bridge/http-transport.ts'
import { useSession } from './session.ts'

/** The server counts minutes; a look each quarter of one is soon enough to lock. */
const lookEveryMs = 15_000

/**
 * At a station: tells the server that somebody touches the screen, so that they stay signed in, and notices when nobody
 * does any more, somebody else took over or the terminal was revoked. While the connection is down nothing changes.
 */
export function useStationLock(): void {
  const bridge = useBridge()
  const session = useSession()
  let isTouched = false
  for (const sign of ['pointerdown', 'keydown'] as const)
    useEventListener(window, sign, () => (isTouched = true), { capture: true, passive: true })
  useIntervalFn(() => {
    if (!session.isStation || !session.isPaired) return
    if (isTouched && !session.needsSignIn) void bridge.call('staff.stay', {}).catch(() => undefined)
    else void session.lookWhoIsHere()
    isTouched = false
  }, lookEveryMs)
  useEventListener(window, outsideEvent, () => void session.lookWhoIsHere())
  watch(
    () => session.caller.standing,
    () => void session.loadSettings(),
  )
}
