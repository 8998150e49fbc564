import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { _electron, chromium, type ElectronApplication, type Page } from 'playwright'
import type { InputOf, OperationName, OutputOf } from '../../src-main/contract/operations.ts'
import { valueOf, type Reply } from '../../src-main/contract/failure.ts'
import { serveShop } from '../../src-main/hosts/serve.ts'
import { browserArgs, findBrowser } from './browser.ts'
import { ensureBuilt, programFolder } from './built.ts'
import { watchPage } from './open-pages.ts'

/** A page of Backroom, whichever way it was opened, over a shop in a folder of its own. */
export interface OpenDoor {
  readonly page: Page
  readonly folder: string
  /** What the page complained about: console errors, uncaught exceptions, requests to other machines. */
  readonly complaints: readonly string[]
  call<Name extends OperationName>(operation: Name, input: InputOf<Name>): Promise<OutputOf<Name>>
  close(): Promise<void>
}

type Ask = (operation: string, input: unknown) => Promise<Reply<unknown>>

export interface DesktopStart {
  /** Holds the shop's folder `data`. */
  readonly folder: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** Starts the desktop program: a real Electron where there is one, else the stand-in. */
export async function launchDesktop({ folder, args = [], env = {} }: DesktopStart): Promise<ElectronApplication> {
  ensureBuilt()
  const real = findElectron()
  return _electron.launch({
    executablePath: real ?? join(programFolder, 'test/stand-in/electron-bin'),
    args: ['.', '--data', join(folder, 'data'), ...args],
    cwd: programFolder,
    env: {
      ...definedEnvironment(),
      BACKROOM_NODE: process.execPath,
      ...(real === undefined && { BACKROOM_BROWSER: await findBrowser() }),
      ...env,
    },
  })
}

/** The Electron window: a real Electron where there is one, else the stand-in. */
export async function openDesktop(): Promise<OpenDoor> {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-desktop-'))
  const app = await launchDesktop({ folder })
  const page = await app.firstWindow()
  const ask: Ask = (operation, input) =>
    page.evaluate(
      ([name, given]) =>
        // The preload puts the bridge there.
        (globalThis as unknown as { backroom: { call(...args: unknown[]): Promise<Reply<unknown>> } }).backroom.call(
          name,
          given,
          `test-${name}`,
        ),
      [operation, input] as const, // a pair, not an array
    )
  return openDoor(page, folder, { ask, close: () => app.close() })
}

export interface StationDoor extends OpenDoor {
  readonly address: string
}

/** The manager's browser at the station, over loopback. */
export async function openStation(): Promise<StationDoor> {
  ensureBuilt()
  const folder = mkdtempSync(join(tmpdir(), 'backroom-station-'))
  const serving = await serveShop({
    dataFolder: join(folder, 'data'),
    programFolder,
    host: '127.0.0.1',
    port: 0,
    syncSeconds: 0,
    logBug: (operation, error) => console.error(operation, error),
  })
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: [...browserArgs] })
  const page = await browser.newPage()
  const ask: Ask = async (operation, input) => {
    const answer = await fetch(`${serving.address}/call/${operation}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-job': `test-${operation}`,
        authorization: `Bearer ${serving.desktopToken}`,
      },
      body: JSON.stringify(input),
    })
    // The station always answers a call with a reply.
    return (await answer.json()) as Reply<unknown>
  }
  const door = openDoor(page, folder, {
    ask,
    async close() {
      await browser.close()
      await serving.close()
    },
  })
  await page.goto(serving.openOnce)
  return { ...door, address: serving.address }
}

function openDoor(page: Page, folder: string, way: { ask: Ask; close(): Promise<void> }): OpenDoor {
  const complaints: string[] = []
  watchPage(page)
  page.on('console', (message) => {
    // A refused call has a status of its own, which the browser reports; the page shows the refusal.
    const isRefusal = message.location().url.includes('/call/')
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    const isHere = /(^|[.])localhost$/.test(hostname) || hostname === '127.0.0.1' || hostname === ''
    if (protocol.startsWith('http') && !isHere) complaints.push(`request to ${hostname}`)
  })
  return {
    page,
    folder,
    complaints,
    // The room's handler for this operation made the value.
    call: async (operation, input) => valueOf((await way.ask(operation, input)) as Reply<OutputOf<typeof operation>>),
    async close() {
      await way.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The Electron binary that tests run on, if there is one. */
export function findElectron(): string | undefined {
  const named = process.env['ELECTRON_PATH']
  if (named) return named
  const names: Readonly<Record<string, string>> = {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  }
  const folder = join(createRequire(import.meta.url).resolve('electron/package.json'), '../dist')
  const path = join(folder, names[process.platform] ?? 'electron')
  return existsSync(path) ? path : undefined
}

const definedEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
