import { EventEmitter } from 'node:events'
import { handleScheme } from './schemes.ts'
import { strict } from './strict.ts'
import { desk, Window, type Contents } from './windows.ts'

/** The module `electron`, as far as src-main/hosts/electron uses it. */
type Stop = () => void

class App extends EventEmitter {
  #path = ''
  #stop: Stop = () => undefined
  #start: Stop = () => undefined
  readonly #ready = new Promise<void>((resolve) => {
    this.#start = resolve
  })

  requestSingleInstanceLock(): boolean {
    return true
  }

  whenReady(): Promise<void> {
    return this.#ready
  }

  getAppPath(): string {
    return this.#path
  }

  quit(): void {
    let isHeld = false
    this.emit('before-quit', { preventDefault: () => (isHeld = true) })
    if (!isHeld) this.#stop()
  }

  /** For boot.ts. */
  standInBegin(path: string, stop: Stop): void {
    this.#path = path
    this.#stop = stop
  }

  standInReady(): void {
    this.#start()
  }
}

export const app = strict('app', new App())

export const ipcMain = strict('ipcMain', {
  handle(channel: string, handler: (event: object, ...args: readonly unknown[]) => unknown): void {
    if (desk.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    desk.handlers.set(channel, handler)
  },
})

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: () => undefined,
  handle: handleScheme,
})

export { safeStorage } from './safe-storage.ts'

export const Menu = strict('Menu', { setApplicationMenu: () => undefined })

export const session = strict('session', {
  defaultSession: strict('defaultSession', {
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
  }),
})

export const dialog = strict('dialog', {
  showErrorBox: (title: string, content: string) => console.error(`${title}: ${content}`),
})

export const BrowserWindow = strict(
  'BrowserWindow',
  Object.assign(Window, { fromWebContents: (contents: Contents) => contents.window }),
)

/** For Playwright, which finds windows by the browser's own ids. */
export const webContents = strict('webContents', {
  fromDevToolsTargetId: (id: string) =>
    [...desk.windows].find((window) => window.webContents.targetId === id)?.webContents,
})
