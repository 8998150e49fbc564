import { EventEmitter } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { handleScheme } from './schemes.ts'
import { SingleInstance } from './single-instance.ts'
import { strict } from './strict.ts'
import { desk, Window, type Contents } from './windows.ts'

/** The module `electron`, as far as src-main/hosts/electron uses it. */
type Stop = (exitCode: number) => void

class App extends EventEmitter {
  readonly isPackaged = false
  #path = ''
  #stop: Stop = () => undefined
  #start: () => void = () => undefined
  #isReady = false
  #isEnding = false
  readonly #instance = new SingleInstance()
  readonly #paths = new Map([['userData', join(homedir(), '.config', 'backroom')]])
  readonly #ready = new Promise<void>((resolve) => {
    this.#start = resolve
  })

  requestSingleInstanceLock(additionalData: object = {}): boolean {
    return this.#instance.request(this.getPath('userData'), additionalData, (argv, folder, data) =>
      this.emit('second-instance', {}, argv, folder, data),
    )
  }

  whenReady(): Promise<void> {
    return this.#ready
  }

  getAppPath(): string {
    return this.#path
  }

  getPath(name: string): string {
    const path = this.#paths.get(name)
    if (path === undefined) throw new Error(`The stand-in has no path ${name}`)
    return path
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  getLocale(): string {
    if (!this.#isReady) throw new Error('getLocale is empty before the app is ready')
    return 'en-US'
  }

  getVersion(): string {
    return '0.1.0'
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
  }

  setAsDefaultProtocolClient(): boolean {
    return true
  }

  showAboutPanel(): void {}

  /** Only says so: nothing of a test shall go on after it. */
  relaunch(): void {
    this.emit('stand-in-relaunch')
  }

  exit(exitCode = 0): void {
    if (this.#isEnding) return
    this.#isEnding = true
    this.#instance.release()
    this.#stop(exitCode)
  }

  quit(): void {
    let isHeld = false
    this.emit('before-quit', { preventDefault: () => (isHeld = true) })
    if (isHeld) return
    for (const window of desk.windows) window.close()
    // A window that does not want to close keeps the program.
    if (desk.windows.size === 0) this.exit()
  }

  /** For boot.ts. */
  standInBegin(path: string, stop: Stop): void {
    this.#path = path
    this.#stop = stop
  }

  standInReady(): void {
    this.#isReady = true
    this.#start()
  }
}

export const app = strict('app', new App())
desk.onContents = (contents) => void app.emit('web-contents-created', {}, contents)

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

export { Menu } from './menus.ts'
export { safeStorage } from './safe-storage.ts'
export { nativeImage, Notification, powerMonitor, screen, shell, Tray } from './system-signs.ts'

export const session = strict('session', {
  defaultSession: strict('defaultSession', {
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
    // No device hangs on a headless browser: nobody ever asks.
    setDevicePermissionHandler: () => undefined,
    on: () => undefined,
  }),
})

export const dialog = strict('dialog', {
  showErrorBox: (title: string, content: string) => console.error(`${title}: ${content}`),
  // Nobody is there to answer: the way out is taken.
  showMessageBox: async (_window: object, { cancelId = 0 }: { cancelId?: number }) => ({ response: cancelId }),
})

export const BrowserWindow = strict(
  'BrowserWindow',
  Object.assign(Window, {
    fromWebContents: (contents: Contents) => contents.window,
    getAllWindows: () => [...desk.windows],
    getFocusedWindow: () => desk.focused ?? null,
  }),
)

/** For Playwright, which finds windows by the browser's own ids. */
export const webContents = strict('webContents', {
  fromDevToolsTargetId: (id: string) =>
    [...desk.windows].find((window) => window.webContents.targetId === id)?.webContents,
})
