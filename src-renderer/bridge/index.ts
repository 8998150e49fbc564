import { inject, type App, type InjectionKey } from 'vue'
import { clientOver, type Transport } from '../../src-main/contract/client.ts'
import type { Bridge, Caller } from './bridge.ts'
import { httpTransport } from './http-transport.ts'
import { findPreloadBridge } from './ipc-transport.ts'

export type { Bridge, Caller, DesktopBridge } from './bridge.ts'

const key: InjectionKey<Bridge> = Symbol('bridge')

/** Chosen once, at the start: the preload's bridge where there is one, else HTTP to where the page came from. */
export function createBridge(): Bridge {
  const preload = findPreloadBridge()
  if (preload) {
    return {
      ...clientOver(once(preload)),
      whoAmI: preload.whoAmI,
      openDocument: (documentId) => void preload.openDocument(documentId),
      desktop: {
        state: preload.desktopState,
        // Electron clones what is plain; a reactive object is not.
        save: (settings) => preload.saveDesktop({ ...settings, notices: { ...settings.notices } }),
        lookForUpdate: preload.lookForUpdate,
        takeUpdate: preload.takeUpdate,
        openPackingWindow: () => void preload.openPackingWindow(),
        onCommand: preload.onCommand,
      },
    }
  }
  return {
    ...clientOver(once(httpTransport())),
    async whoAmI() {
      const answer = await fetch('./me')
      // The station answers `{ door, name }` or, unpaired, a refusal; then we are a station that may do nothing yet.
      return answer.ok ? ((await answer.json()) as Caller) : { door: 'station', name: '' }
    },
    openDocument: (documentId) =>
      void window.open(`./documents/${encodeURIComponent(documentId)}`, '_blank', 'noopener'),
    desktop: undefined,
  }
}

/** One subscription on the wire, however many listeners in the page. */
function once(transport: Transport): Transport {
  const listeners = new Set<Parameters<Transport['subscribe']>[0]>()
  let stop: (() => void) | undefined
  return {
    call: (operation, input, job) => transport.call(operation, input, job),
    cancel: (job) => transport.cancel(job),
    subscribe(listener) {
      listeners.add(listener)
      stop ??= transport.subscribe((topic, event) => listeners.forEach((each) => each(topic, event)))
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stop?.()
        stop = undefined
      }
    },
  }
}

export const provideBridge = (app: App, bridge: Bridge): void => void app.provide(key, bridge)

export function useBridge(): Bridge {
  const bridge = inject(key)
  if (!bridge) throw new Error('The bridge is provided in main.ts')
  return bridge
}
