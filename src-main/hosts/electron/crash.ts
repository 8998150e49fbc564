import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { app, dialog, type BrowserWindow } from 'electron'
import type { Mishap } from '../../contract/desktop.ts'
import { traceOf } from '../../contract/failure.ts'
import type { Words } from './words.ts'

/** The log is moved aside once at this size, so that two of them are all there ever is. */
const largestLogBytes = 256 * 1024
/** A window that falls over this often within a minute is not loaded again by itself. */
const mostRevivals = 3
const minuteMs = 60_000
/** A program that fell over so soon after its start would do so again: it says so and stays down. */
const soonMs = 20_000
/** What is being written may take this long; the database is safe without it. */
const patienceMs = 5_000

export interface Mishaps {
  readonly logPath: string
  /** Writes down where something went wrong: the kind and places in our own code, never a message. */
  note(what: string, error?: unknown): void
  remember(mishap: Mishap): void
  /** What has not been told yet; told by this. */
  take(): readonly Mishap[]
}

/** The log of mishaps and what is still to be told of them, also after a new start. `now` is undefined before a shop is open. */
export function mishapsIn(folder: string, now: () => number | undefined): Mishaps {
  const logPath = join(folder, 'crashes.log')
  const untoldPath = join(folder, 'untold-restart')
  const untold: Mishap[] = []
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return {
    logPath,
    note(what, error) {
      const at = now()
      const line = `${at === undefined ? 'at the start' : new Date(at).toISOString()} ${what}`
      if (existsSync(logPath) && statSync(logPath).size > largestLogBytes) renameSync(logPath, `${logPath}.1`)
      appendFileSync(logPath, `${line}${error === undefined ? '' : `\n${traceOf(error)}`}\n`, { mode: 0o600 })
    },
    remember(mishap) {
      // Written down, because this process is about to end.
      if (mishap === 'program') writeFileSync(untoldPath, '', { mode: 0o600 })
      else if (!untold.includes(mishap)) untold.push(mishap)
    },
    take() {
      const taken = untold.splice(0)
      if (!existsSync(untoldPath)) return taken
      rmSync(untoldPath)
      return ['program', ...taken]
    },
  }
}

/** For tests and people: what the log says. */
export const readLog = (mishaps: Mishaps): string =>
  existsSync(mishaps.logPath) ? readFileSync(mishaps.logPath, 'utf8') : ''

export interface WatchOptions {
  readonly mishaps: Mishaps
  readonly words: () => Words
  /** Closes the shop in order. */
  readonly close: () => Promise<void>
  /** Tells the windows that there is something to be told. */
  readonly tell: () => void
}

/**
 * An exception that nobody caught leaves this process in an unknown state: the shop is closed in order and the program
 * started again, which says so. What was saved is saved: every change is one transaction. A promise that nobody waited
 * for spoils nothing else: it is written down and said.
 */
export function watchProcess({ mishaps, words, close, tell }: WatchOptions): void {
  let isEnding = false
  process.on('uncaughtException', (error) => {
    mishaps.note('uncaught exception', error)
    if (isEnding) return
    isEnding = true
    if (performance.now() < soonMs) dialog.showErrorBox('Backroom', words()('desktop.mishaps.atStart'))
    else {
      mishaps.remember('program')
      app.relaunch()
    }
    void patiently(close()).finally(() => app.exit(1))
  })
  process.on('unhandledRejection', (error) => {
    mishaps.note('unhandled rejection', error)
    mishaps.remember('background')
    tell()
  })
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') mishaps.note(`${type} process gone: ${reason} (${exitCode})`)
  })
}

async function patiently(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, patienceMs)))]).catch(() => undefined)
  clearTimeout(timer)
}

/** A window whose page fell over is loaded again where it was. One that keeps falling over asks first. */
export function reviveWhenGone(window: BrowserWindow, options: Pick<WatchOptions, 'mishaps' | 'words'>): void {
  const { mishaps, words } = options
  const { webContents } = window
  let revivals: number[] = []
  const again = async (): Promise<void> => {
    mishaps.remember('window')
    await window.loadURL(webContents.getURL())
  }
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    mishaps.note(`page gone: ${reason} (${exitCode})`)
    revivals = [...revivals.filter((at) => performance.now() - at < minuteMs), performance.now()]
    if (revivals.length <= mostRevivals) return void again()
    revivals = []
    void askWhetherAgain(window, words()).then((isWanted) => (isWanted ? again() : app.quit()))
  })
}

async function askWhetherAgain(window: BrowserWindow, words: Words): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: words('desktop.mishaps.often'),
    detail: words('desktop.mishaps.oftenText'),
    buttons: [words('common.retry'), words('desktop.menu.quit')],
    defaultId: 0,
    cancelId: 1,
  })
  return response === 0
}
