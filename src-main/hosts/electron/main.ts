import { join } from 'node:path'
import { app, dialog, Menu, session, type BrowserWindow } from 'electron'
import { failureOf } from '../../contract/failure.ts'
import { compose, type Composed } from '../compose.ts'
import { defaultDataFolder } from '../data-folder.ts'
import { keepInTouch } from '../keep-in-touch.ts'
import { announceScheme, serveScheme, type ServedDocument } from './app-scheme.ts'
import { eventChannel } from './channel.ts'
import { answerRequests } from './requests.ts'
import { openDocumentWindow, openMainWindow } from './window.ts'

const syncSeconds = 20

announceScheme()
if (app.requestSingleInstanceLock()) void app.whenReady().then(start)
else app.quit()

/** Opens the shop, then the window onto it. A shop that cannot be opened is said once, in a box, and nothing is left open. */
async function start(): Promise<void> {
  Menu.setApplicationMenu(null)
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  let composed: Composed
  try {
    composed = await compose({ dataFolder: dataFolder(), programFolder: app.getAppPath(), logBug })
  } catch (error) {
    const { code, details } = failureOf(error)
    dialog.showErrorBox('Backroom', `${code}\n${JSON.stringify(details)}`)
    return app.quit()
  }
  closeWithTheApp(composed)
  serveScheme({
    rendererFolder: join(app.getAppPath(), 'out/renderer'),
    readDocument: (documentId) => readDocument(composed, documentId),
  })
  answerRequests({ room: composed.room, openDocument: (documentId) => void openDocumentWindow(documentId) })
  const window = await openMainWindow()
  announceTo(window, composed)
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
}

/** `--data DIR` behind the program's name, as on the command line; else the folder every door uses. */
function dataFolder(): string {
  const at = process.argv.indexOf('--data')
  return (at >= 0 ? process.argv[at + 1] : undefined) ?? defaultDataFolder()
}

function announceTo(window: BrowserWindow, { room }: Composed): void {
  const leave = room.subscribe((topic, event) => {
    if (!window.isDestroyed()) window.webContents.send(eventChannel, topic, event)
  })
  window.once('closed', () => {
    leave()
    app.quit()
  })
}

/** The database is closed before the program ends, once, however it ends. */
function closeWithTheApp(composed: Composed): void {
  const touch = keepInTouch(composed.room, { syncSeconds })
  let isClosed = false
  app.on('before-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    isClosed = true
    touch.stop()
    void composed.close().finally(() => app.quit())
  })
}

async function readDocument({ workshop }: Composed, documentId: string): Promise<ServedDocument> {
  const { store, files, system } = workshop
  const document = await store.getDocument(documentId)
  const bytes = document.text === undefined ? await files.read(documentId) : new TextEncoder().encode(document.text)
  await store.saveDocumentFetch({ documentId, terminal: 'desktop', at: system.clock.now() })
  return { bytes, mediaType: document.mediaType, fileName: document.fileName }
}

function logBug(operation: string, error: unknown): void {
  console.error(operation, error)
}
