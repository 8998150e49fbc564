import { join } from 'node:path'
import { app, dialog, powerMonitor, session, shell } from 'electron'
import { readDocument } from '../../application/read-document.ts'
import { failureOf, traceOf } from '../../contract/failure.ts'
import { defaultDataFolder } from '../data-folder.ts'
import { serveShop, type Serving } from '../serve.ts'
import { announceServer, forgetServer } from '../server-file.ts'
import { announceScheme, serveScheme } from './app-scheme.ts'
import { mishapsIn, watchProcess, type Mishaps } from './crash.ts'
import { linkAmong, linkScheme, screenOfLink } from './deep-link.ts'
import { desktopOf, type Desktop } from './desktop.ts'
import { electronKeychain } from './keychain.ts'
import { mayUse } from './permissions.ts'
import { offerScales } from './scales.ts'
import { answerRequests } from './requests.ts'
import { updatesFrom } from './update.ts'
import { isOwnPage, lockIn } from './window.ts'

const syncSeconds = 20

/** What a second start hands over to the first. */
interface HandedOver {
  readonly link: string | undefined
}

announceScheme()
app.enableSandbox()
// Chromium's own files beside the shop and out of its backups; it also makes one instance per shop.
app.setPath('userData', join(dataFolder(), 'desktop'))
app.on('web-contents-created', (_event, contents) => lockIn(contents))
const link = linkAmong(process.argv)
/** On macOS a link comes as an event, perhaps before there is a window. */
let openLink = (early: string): void => void (linkAtStart = early)
let linkAtStart = link
app.on('open-url', (event, url) => {
  event.preventDefault()
  openLink(url)
})
if (app.requestSingleInstanceLock({ link } satisfies HandedOver)) void app.whenReady().then(start).catch(sayAndEnd)
else app.quit()

/**
 * Opens the shop, its station on loopback (stations and the command line go through this process while it is open),
 * then the window. A shop that cannot be opened is said once, in a box, and nothing is left open.
 */
async function start(): Promise<void> {
  let serving: Serving | undefined
  const mishaps = mishapsIn(app.getPath('userData'), () => serving?.workshop.system.clock.now())
  const desktop = desktopOf({ folder: app.getPath('userData'), programFolder: app.getAppPath(), mishaps })
  watchProcess({
    mishaps,
    words: desktop.words,
    close: async () => serving?.close(),
    tell: () => desktop.windows.ask({ kind: 'mishap' }),
  })
  limitPermissions()
  try {
    serving = await openShop(dataFolder())
  } catch (error) {
    const { code, details } = failureOf(error)
    dialog.showErrorBox('Backroom', `${code}\n${JSON.stringify(details)}`)
    return app.quit()
  }
  closeWithTheApp(serving, dataFolder())
  await openDoor(serving, desktop, mishaps)
}

/** Nothing that can be told in words yet: not even the texts of the program could be read. */
function sayAndEnd(error: unknown): void {
  logBug('start', error)
  dialog.showErrorBox('Backroom', 'ERR_INTERNAL')
  app.exit(1)
}

async function openDoor(serving: Serving, desktop: Desktop, mishaps: Mishaps): Promise<void> {
  const { windows } = desktop
  serveScheme({
    rendererFolder: join(app.getAppPath(), 'out/renderer'),
    readDocument: (documentId) =>
      readDocument(serving.workshop, { actor: 'desktop', terminal: 'desktop', isStation: false }, documentId),
  })
  answerRequests({
    room: serving.room,
    openDocument: (documentId) => void windows.showDocument(documentId),
    openPacking: () => void windows.showPacking(),
    desktopState: () => ({
      settings: desktop.settings(),
      logPath: mishaps.logPath,
      mishaps: mishaps.take(),
      version: app.getVersion(),
    }),
    updates: updatesFrom({
      place: () => desktop.settings().updatesFrom,
      ownVersion: app.getVersion(),
      platform: process.platform,
      folder: join(app.getPath('userData'), 'updates'),
      room: serving.room,
      open: openInstaller,
    }),
    saveDesktop: desktop.save,
  })
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme)
  openLink = (url) => void windows.showMain(screenOfLink(url))
  app.on('second-instance', (...[, , , handedOver]) => openLink(linkFrom(handedOver) ?? ''))
  app.on('activate', () => void windows.showMain())
  followPower(serving)
  desktop.accompany(serving)
  await windows.showMain(linkAtStart === undefined ? undefined : screenOfLink(linkAtStart))
}

/** A package of a distribution is installed with the rights of the system: it is only shown where that lies. */
async function openInstaller(path: string): Promise<void> {
  if (process.platform === 'linux') shell.showItemInFolder(path)
  else await shell.openPath(path)
}

const linkFrom = (handedOver: unknown): string | undefined =>
  typeof handedOver === 'object' && handedOver !== null && 'link' in handedOver && typeof handedOver.link === 'string'
    ? handedOver.link
    : undefined

/** Awake again: the storefronts are looked at once, not when their next round comes. Before a shutdown the shop is closed. */
function followPower({ room }: Serving): void {
  const background = { door: 'cli', actor: 'background' } as const
  powerMonitor.on('resume', () => void room.call('storefronts.sync', { background: true }, background, 'awake again'))
  powerMonitor.on('shutdown', () => app.quit())
}

/** Chromium checks before it asks, and asks before it does; both are answered alike. */
function limitPermissions(): void {
  offerScales(session.defaultSession)
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
