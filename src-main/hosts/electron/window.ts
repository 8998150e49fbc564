import { fileURLToPath } from 'node:url'
import { BrowserWindow, type WebContents } from 'electron'

export const scheme = 'app'
export const pageHost = 'backroom'
export const documentHost = 'documents'

const preload = fileURLToPath(new URL('../preload/index.cjs', import.meta.url))

/** Where the page comes from: the built files, or electron-vite's server while developing. */
export const pageAddress = (): string => process.env['ELECTRON_RENDERER_URL'] ?? `${scheme}://${pageHost}/index.html`

export function isOwnPage(address: string): boolean {
  if (!URL.canParse(address)) return false
  const [own, other] = [new URL(pageAddress()), new URL(address)]
  return own.protocol === other.protocol && own.host === other.host
}

/** The one window with the screens; the last to be closed ends the program. */
export async function openMainWindow(): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Backroom',
    webPreferences: { ...locked, preload },
  })
  lockIn(window.webContents)
  window.once('ready-to-show', () => window.show())
  await window.loadURL(pageAddress())
  return window
}

/** A document beside the window: no script of ours reaches it, and it leads nowhere. */
export async function openDocumentWindow(documentId: string): Promise<void> {
  const window = new BrowserWindow({
    width: 900,
    height: 900,
    title: 'Backroom',
    // The PDF viewer is a plugin of Chromium's own.
    webPreferences: { ...locked, plugins: true },
  })
  lockIn(window.webContents)
  await window.loadURL(`${scheme}://${documentHost}/${encodeURIComponent(documentId)}`)
}

const locked = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
} as const // literals: what Electron's option types ask for

/** Nothing in a window leads anywhere else. */
function lockIn(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
