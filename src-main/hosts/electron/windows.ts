import { BrowserWindow, screen, type Rectangle } from 'electron'
import type { DesktopCommand } from '../../contract/desktop.ts'
import { commandChannel, eventChannel } from './channel.ts'
import type { WindowName } from './desktop-file.ts'
import { documentHost, locked, pageAddress, preload, scheme } from './window.ts'
import { placeFor, type UsualSize, type WindowPlace } from './window-place.ts'

export interface WindowsOptions {
  readonly placeOf: (name: WindowName) => WindowPlace | undefined
  readonly keepPlace: (name: WindowName, place: WindowPlace) => void
  /** Called for each window of ours before its page is loaded. */
  readonly onOpened: (window: BrowserWindow) => void
  /** True: closing the main window only hides it. */
  readonly hidesOnClose: () => boolean
  readonly onMainClosed: () => void
}

export interface Windows {
  /** Opens the main window, or brings it forward, at a screen where one is named. */
  showMain(path?: string): Promise<void>
  /** A window of its own for the packing table, one at most. */
  showPacking(): Promise<void>
  showDocument(documentId: string): Promise<void>
  /** A screen is shown in the main window; everything else is for the window in front. */
  ask(command: DesktopCommand): void
  tellAll(topic: string, event: unknown): void
  isLookedAt(): boolean
  /** Prints the document or the screen in front. */
  print(): void
}

const sizes: { readonly [name in WindowName]: UsualSize } = {
  main: { width: 1366, height: 768, minWidth: 900, minHeight: 600 },
  packing: { width: 1024, height: 768, minWidth: 640, minHeight: 480 },
}

/** The windows on the desk: where each was the last time, and which one hears what. */
export function windowsOf(options: WindowsOptions): Windows {
  const open: { [name in WindowName]?: BrowserWindow | undefined } = {}
  const own = (): readonly BrowserWindow[] =>
    Object.values(open).filter((window) => window !== undefined && !window.isDestroyed())

  const show = async (name: WindowName, path: string | undefined): Promise<void> => {
    const known = open[name]
    if (known && !known.isDestroyed()) {
      bringForward(known)
      if (path !== undefined) known.webContents.send(commandChannel, { kind: 'go', path } satisfies DesktopCommand)
      return
    }
    const window = openAt(options, name)
    open[name] = window
    window.on('close', (event) => {
      options.keepPlace(name, placeNow(window))
      if (name !== 'main' || !options.hidesOnClose()) return
      event.preventDefault()
      window.hide()
    })
    window.once('closed', () => {
      open[name] = undefined
      if (name === 'main') options.onMainClosed()
    })
    options.onOpened(window)
    await window.loadURL(path === undefined ? pageAddress() : `${pageAddress()}#${path}`)
  }
  const front = (): BrowserWindow | undefined => own().find((window) => window.isFocused()) ?? open.main

  return {
    showMain: (path) => show('main', path),
    showPacking: () => show('packing', '/pack'),
    showDocument,
    ask(command) {
      if (command.kind === 'go') void show('main', command.path)
      else front()?.webContents.send(commandChannel, command)
    },
    tellAll(topic, event) {
      for (const window of own()) window.webContents.send(eventChannel, topic, event)
    },
    isLookedAt: () => BrowserWindow.getFocusedWindow() !== null,
    print: () => (BrowserWindow.getFocusedWindow() ?? front())?.webContents.print({}),
  }
}

function openAt({ placeOf }: WindowsOptions, name: WindowName): BrowserWindow {
  const usual = sizes[name]
  const { box, isMaximised } = placeFor(placeOf(name), workAreas(), usual)
  const window = new BrowserWindow({
    ...box,
    minWidth: usual.minWidth,
    minHeight: usual.minHeight,
    show: false,
    title: 'Backroom',
    webPreferences: { ...locked, preload },
  })
  window.once('ready-to-show', () => {
    if (isMaximised) window.maximize()
    window.show()
  })
  return window
}

/** The main display first: what is placed anew goes there. */
function workAreas(): readonly Rectangle[] {
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id)
  return [main, ...others].map(({ workArea }) => workArea)
}

/** Its size when it is not maximised: that is what it goes back to. */
const placeNow = (window: BrowserWindow): WindowPlace => ({
  box: window.getNormalBounds(),
  isMaximised: window.isMaximized(),
})

function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** A document beside the window: no script of ours reaches it, and it leads nowhere. */
async function showDocument(documentId: string): Promise<void> {
  const window = new BrowserWindow({
    width: 900,
    height: 900,
    title: 'Backroom',
    // The PDF viewer is a plugin of Chromium's own.
    webPreferences: { ...locked, plugins: true },
  })
  await window.loadURL(`${scheme}://${documentHost}/${encodeURIComponent(documentId)}`)
}
