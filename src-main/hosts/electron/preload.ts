import { contextBridge, ipcRenderer } from 'electron'
import type { DesktopCommand, DesktopSettings } from '../../contract/desktop.ts'
import type { Events, Topic } from '../../contract/events.ts'
import type { WindowRequest } from './channel.ts'

// Named again, not imported: a sandboxed preload is one file that requires nothing but electron.
const requestChannel = 'backroom:request'
const eventChannel = 'backroom:event'
const commandChannel = 'backroom:command'

type Listener = (topic: Topic, event: Events[Topic]) => void

const ask = (request: WindowRequest): Promise<unknown> => ipcRenderer.invoke(requestChannel, request)

/** The whole of what the page can reach; the other end is src-renderer/bridge/ipc-transport.ts. */
contextBridge.exposeInMainWorld('backroom', {
  call: (operation: string, input: unknown, job: string) => ask({ kind: 'call', operation, input, job }),
  cancel: (job: string) => ask({ kind: 'cancel', job }),
  whoAmI: () => ask({ kind: 'who-am-i' }),
  openDocument: (documentId: string) => ask({ kind: 'open-document', documentId }),
  subscribe(listener: Listener) {
    const hear = (_: unknown, topic: Topic, event: Events[Topic]): void => listener(topic, event)
    ipcRenderer.on(eventChannel, hear)
    return () => void ipcRenderer.removeListener(eventChannel, hear)
  },
  openPackingWindow: () => ask({ kind: 'open-packing' }),
  desktopState: () => ask({ kind: 'desktop-state' }),
  saveDesktop: (settings: DesktopSettings) => ask({ kind: 'desktop-save', settings }),
  lookForUpdate: () => ask({ kind: 'update-look' }),
  takeUpdate: () => ask({ kind: 'update-take' }),
  onCommand(listener: (command: DesktopCommand) => void) {
    const hear = (_: unknown, command: DesktopCommand): void => listener(command)
    ipcRenderer.on(commandChannel, hear)
    return () => void ipcRenderer.removeListener(commandChannel, hear)
  },
})
