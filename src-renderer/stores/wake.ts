import { onScopeDispose } from 'vue'
import { useBridge } from '../bridge/index.ts'
import { useSession } from './session.ts'

/** Signs of somebody coming back arrive in bursts. */
const onceInMs = 5_000

/** Somebody is back at the window, or the network is back: looks at the storefronts at once. Failures stand on Today. */
export function useWake(): void {
  const bridge = useBridge()
  const session = useSession()
  let wokenAt = -Infinity
  const wake = (): void => {
    if (document.visibilityState === 'hidden' || performance.now() - wokenAt < onceInMs) return
    if (!session.may('storefronts.sync')) return
    wokenAt = performance.now()
    void bridge.call('storefronts.sync', { background: true }).catch(() => undefined)
  }
  for (const sign of ['focus', 'online'] as const) window.addEventListener(sign, wake)
  document.addEventListener('visibilitychange', wake)
  onScopeDispose(() => {
    for (const sign of ['focus', 'online'] as const) window.removeEventListener(sign, wake)
    document.removeEventListener('visibilitychange', wake)
  })
}
