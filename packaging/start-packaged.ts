import { join } from 'node:path'
import process from 'node:process'
import { _electron, type ElectronApplication } from 'playwright'
import { findBrowser } from '../test/e2e/browser.ts'

const patienceMs = 60_000

/**
 * Starts the program of a package through the stand-in for Electron, with nothing of this repository in its reach but the
 * stand-in itself: the window must show its first screen, and a sample shop must open and be planned.
 */
export async function startPackaged(appFolder: string, dataFolder: string): Promise<void> {
  const environment = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  const app = await _electron.launch({
    executablePath: join(import.meta.dirname, '../test/stand-in/electron-bin'),
    args: [appFolder, '--data', dataFolder],
    cwd: appFolder,
    env: { ...environment, BACKROOM_NODE: process.execPath, BACKROOM_BROWSER: await findBrowser() },
    timeout: patienceMs,
  })
  const ended = new Promise<never>((_, fail) =>
    app
      .process()
      .once('exit', (code) => fail(new Error(`The packaged program ended by itself (${code ?? 'a signal'})`))),
  )
  try {
    await Promise.race([ended, tryOut(app)])
  } finally {
    ended.catch(() => undefined)
    // One that has ended cannot be closed.
    if (app.process().exitCode === null) await app.close()
  }
}

async function tryOut(app: ElectronApplication): Promise<void> {
  const page = await app.firstWindow({ timeout: patienceMs })
  await page.getByText('Set up your shop').waitFor({ timeout: patienceMs })
  const answered = await page.evaluate(async () => {
    const { backroom } = globalThis as unknown as {
      backroom: { call(operation: string, input: object, job: string): Promise<{ ok: boolean }> }
    } // put there by the preload
    const made = await backroom.call('shop.init-sample', {}, 'packaged')
    return made.ok
  })
  if (!answered) throw new Error('The packaged program did not open the sample shop')
}
