import { join } from 'node:path'
import { app, dialog, Menu, session, type BrowserWindow } from 'electron'
import { readDocument } from '../../application/read-document.ts'
import { failureOf, traceOf } from '../../contract/failure.ts'
import { defaultDataFolder } from '../data-folder.ts'
import { serveShop, type Serving } from '../serve.ts'
import { announceServer, forgetServer } from '../server-file.ts'
import { announceScheme, serveScheme } from './app-scheme.ts'
import { eventChannel } from './channel.ts'
import { electronKeychain } from './keychain.ts'
import { mayUse } from './permissions.ts'
import { answerRequests } from './requests.ts'
import { isOwnPage, openDocumentWindow, openMainWindow } from './window.ts'

const syncSeconds = 20

announceScheme()
if (app.requestSingleInstanceLock()) void app.whenReady().then(start)
else app.quit()

/**
 * Opens the shop, its station on loopback (stations and the command line go through this process while it is open),
 * then the window. A shop that cannot be opened is said once, in a box, and nothing is left open.
 */
async function start(): Promise<void> {
  Menu.setApplicationMenu(null)
  limitPermissions()
  let serving: Serving
  try {
    serving = await openShop(dataFolder())
  } catch (error) {
    const { code, details } = failureOf(error)
    dialog.showErrorBox('Backroom', `${code}\n${JSON.stringify(details)}`)
    return app.quit()
  }
  closeWithTheApp(serving, dataFolder())
  serveScheme({
    rendererFolder: join(app.getAppPath(), 'out/renderer'),
    readDocument: (documentId) =>
      readDocument(serving.workshop, { actor: 'desktop', terminal: 'desktop', isStation: false }, documentId),
  })
  answerRequests({ room: serving.room, openDocument: (documentId) => void openDocumentWindow(documentId) })
  const window = await openMainWindow()
  announceTo(window, serving)
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
}

/** Chromium checks before it asks, and asks before it does; both are answered alike. */
function limitPermissions(): void {
  // eslint-disable-next-line max-params -- Electron's signature
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    answer(mayUse(permission, { isOwn: isOwnPage(details.requestingUrl), media }))
  })
  // eslint-disable-next-line max-params -- Electron's signature
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin, { mediaType }) =>
    mayUse(permission, { isOwn: isOwnPage(origin), media: mediaType === undefined ? [] : [mediaType] }),
  )
}

/** `--data DIR` behind the program's name, as on the command line; else the folder every door uses. */
function dataFolder(): string {
  const at = process.argv.indexOf('--data')
  return (at >= 0 ? process.argv[at + 1] : undefined) ?? defaultDataFolder()
}

function announceTo(window: BrowserWindow, { room }: Serving): void {
  const leave = room.subscribe((topic, event) => {
    if (!window.isDestroyed()) window.webContents.send(eventChannel, topic, event)
  })
  window.once('closed', () => {
    leave()
    app.quit()
  })
}

async function openShop(folder: string): Promise<Serving> {
  const programFolder = app.getAppPath()
  const serving = await serveShop({
    dataFolder: folder,
    programFolder,
    keychain: electronKeychain(process.platform),
    host: '127.0.0.1',
    port: 0,
    syncSeconds,
    logBug,
  })
  announceServer(folder, { address: serving.address, cliToken: serving.cliToken, pid: process.pid })
  return serving
}

/** The database is closed before the program ends, once, however it ends. */
function closeWithTheApp(serving: Serving, folder: string): void {
  let isClosed = false
  app.on('before-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    isClosed = true
    forgetServer(folder)
    void serving.close().finally(() => app.quit())
  })
  void serving.stopped.then(() => app.quit())
}

function logBug(operation: string, error: unknown): void {
  console.error(`${operation}: ${traceOf(error)}`)
}
