import { fileURLToPath } from 'node:url'
import type { BrowserWindowConstructorOptions, WebContents } from 'electron'

export const scheme = 'app'
export const pageHost = 'backroom'
export const documentHost = 'documents'

export const preload = fileURLToPath(new URL('../preload/index.cjs', import.meta.url))

/** Where the page comes from: the built files, or electron-vite's server while developing. */
export const pageAddress = (): string => process.env['ELECTRON_RENDERER_URL'] ?? `${scheme}://${pageHost}/index.html`

export function isOwnPage(address: string): boolean {
  if (!URL.canParse(address)) return false
  const [own, other] = [new URL(pageAddress()), new URL(address)]
  return own.protocol === other.protocol && own.host === other.host
}

/** What every window is made with; nothing in a page reaches further than our one channel. */
export const locked = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies BrowserWindowConstructorOptions['webPreferences']

/** Nothing in a window leads anywhere else; called for every contents there ever is. */
export function lockIn(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
