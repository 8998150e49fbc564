import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { ElectronApplication, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeKeys } from '../../src-courier/core/courier-keys.ts'
import { seriousFaults } from './axe.ts'
import { findBrowser } from './browser.ts'
import { programFolder } from './built.ts'
import { findElectron, launchDesktop } from './doors.ts'
import { pictureOf, setText } from './key-photo.ts'
import { watchPage } from './open-pages.ts'

const patience = { timeout: 30_000 }

/** As much of the page's bridge as is used here. */
interface PageWindow {
  readonly backroom: {
    call(operation: string, input: object, job: string): Promise<{ readonly ok: boolean; readonly value?: unknown }>
    desktopState(): Promise<{ readonly settings: object }>
    saveDesktop(settings: object): Promise<unknown>
  }
  open(address: string): unknown
}

describe('the manners of the desktop window', { timeout: 60_000 }, () => {
  let folder: string
  let app: ElectronApplication
  let page: Page

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'backroom-manners-'))
    app = await launchDesktop({ folder })
    page = await app.firstWindow()
    watchPage(page)
    page.setDefaultTimeout(patience.timeout)
    await page.getByText('Set up your shop').waitFor()
    await call('shop.init-sample', {})
    await page.getByText('Set up your shop').waitFor({ state: 'detached' })
  })
  afterAll(async () => {
    await app?.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  const title = (name: string) => page.locator('main h1').filter({ hasText: name })
  const press = (item: string): Promise<void> =>
    app.evaluate(({ Menu }, id) => void Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), item)

  const call = async (operation: string, input: object): Promise<unknown> => {
    const reply = await page.evaluate(
      // Put there by the preload.
      ([name, given]) => (globalThis as unknown as PageWindow).backroom.call(name, given, `test ${name}`),
      [operation, input] as const, // a pair, not an array
    )
    expect(reply).toMatchObject({ ok: true })
    return reply.value
  }
  const choose = (by: object): Promise<void> =>
    page.evaluate(async (changed) => {
      const { backroom } = globalThis as unknown as PageWindow // put there by the preload
      const { settings } = await backroom.desktopState()
      await backroom.saveDesktop({ ...settings, ...changed })
    }, by)
  /** Starts the program once more on the same shop; it hands over and ends. */
  const startAgain = async (link: string): Promise<number | null> => {
    const program = findElectron() ?? join(programFolder, 'test/stand-in/electron-bin')
    const env = { ...process.env, BACKROOM_NODE: process.execPath, BACKROOM_BROWSER: await findBrowser() }
    const args = ['.', '--data', join(folder, 'data'), link]
    const second = spawn(program, args, { cwd: programFolder, env, stdio: 'ignore' })
    return new Promise((resolve) => second.once('exit', resolve))
  }

  test('the menu goes to screens, opens the commands and the import', async () => {
    await press('go-dispatch')
    await title('Dispatch').waitFor(patience)
    await press('commands')
    await page.getByRole('dialog').locator('input').waitFor(patience)
    await page.keyboard.press('Escape')
    await press('import')
    await page.getByRole('complementary', { name: 'Import from a file' }).waitFor(patience)
  })

  test('the menu speaks the language of the screens', async () => {
    await choose({ language: 'de' })
    const labels = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label))
    expect(labels).toEqual(['Datei', 'Bearbeiten', 'Ansicht', 'Gehe zu', 'Fenster', 'Hilfe'])
    await choose({ language: 'en' })
  })

  test('a file dropped anywhere on the window is shown in the import, with its preview, and nothing is taken in', async () => {
    await press('go-today')
    await title('Today').waitFor(patience)
    const dropped = await page.evaluateHandle(() => {
      const given = globalThis as unknown as {
        DataTransfer: new () => { items: { add(file: unknown): void } }
        File: new (parts: string[], name: string) => unknown
      }
      const data = new given.DataTransfer()
      data.items.add(new given.File(['sku,name,price_minor,weight_g\nDROP-1,Dropped,100,5\n'], 'new.csv'))
      return data
    })
    for (const event of ['dragenter', 'dragover', 'drop'])
      await page.dispatchEvent('main', event, { dataTransfer: dropped })
    const panel = page.getByRole('complementary', { name: 'Import from a file' })
    await panel.getByText('new.csv').first().waitFor(patience)
    await panel.locator('[data-test=import]').waitFor(patience)
    expect(await page.locator('[data-test=imported]').count()).toBe(0)
    expect(page.url()).toContain('/catalogue')
  })

  test('a photo of a courier’s code is read in the window as well', async () => {
    await press('go-today')
    await page.locator('[data-test=key-warnings] a').first().click(patience)
    const card = page.getByRole('article').first()
    await card.getByRole('button', { name: 'Add key' }).click()
    const photo = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: pictureOf(setText(await makeKeys())) }
    await card.getByLabel('Choose a photo of the code').setInputFiles(photo)
    await card.locator('[data-test=preview-words]').waitFor(patience)
  })

  test('packing has a window of its own, one and no more', async () => {
    const opened = app.waitForEvent('window')
    await press('packing-window')
    const packing = await opened
    await packing.locator('main h1').filter({ hasText: 'Pack' }).waitFor(patience)
    await press('packing-window')
    expect(app.windows()).toHaveLength(2)
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.close())
    await expect.poll(() => app.windows().length, patience).toBe(1)
  })

  test('a page can leave nowhere, open nothing and reach nothing of Node', async () => {
    const before = page.url()
    // Not through Playwright's page: it waits for a navigation that never comes.
    await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      void window?.webContents.executeJavaScript("void (location.href = 'https://example.com/')", true)
    })
    expect(await page.evaluate(() => (globalThis as unknown as PageWindow).open('https://example.com/'))).toBeNull()
    await page.waitForTimeout(500)
    await expect.poll(() => app.windows().length, patience).toBe(1)
    expect(page.url()).toBe(before)
    const reached = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
    )
    expect(reached).toEqual([])
    const policy = await page.evaluate(async () => {
      const answer = await fetch('./index.html')
      return answer.headers.get('content-security-policy')
    })
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toMatch(/script-src[^;]*'unsafe/)
  })

  test('a notification tells how many orders came while nobody looked, by setting, and nothing else', async () => {
    const told = await app.evaluateHandle(({ BrowserWindow, Notification }) => {
      const heard: string[] = []
      Notification.prototype.show = function (this: { title: string; body: string }) {
        heard.push(`${this.title} / ${this.body}`)
      }
      for (const window of BrowserWindow.getAllWindows()) window.blur()
      return heard
    })
    const place = (key: string) =>
      call('orders.place', { key, lines: [{ code: 'AP-0102', quantity: 1 }], service: 'collect' })
    await place('notice-1')
    await expect.poll(() => told.jsonValue(), patience).toEqual(['One new order / Open Backroom to plan it.'])
    await choose({ notices: { orders: false, courierFiles: true, backups: true } })
    await place('notice-2')
    await page.waitForTimeout(2_000)
    expect(await told.jsonValue()).toHaveLength(1)
  })

  test('a link given to a second start shows its order in the first, and a crooked one shows nothing', async () => {
    const { rows } = (await call('orders.list', {})) as { rows: readonly { order: { code: string } }[] }
    const code = rows[0]?.order.code ?? ''
    await press('go-today')
    expect(await startAgain(`backroom://order/${code}?hold=yes`)).toBe(0)
    await title('Today').waitFor(patience)
    expect(await startAgain(`backroom://order/${code}`)).toBe(0)
    await page.getByRole('heading', { name: `Order ${code}` }).waitFor(patience)
  })

  test('with a sign in the tray the window hides when it is closed, and comes back', async () => {
    await choose({ keepsInTray: true })
    const isVisible = () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.isVisible()))
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    expect(await isVisible()).toEqual([false])
    await press('go-orders')
    await expect.poll(isVisible, patience).toEqual([true])
    await choose({ keepsInTray: false })
  })

  test('a promise that nobody waited for is written down without what it said, and told', async () => {
    await app.evaluate(() => void Promise.reject(new Error('Ada Muster, Weg 1')))
    await page.getByText('Something in the background went wrong').first().waitFor(patience)
    const log = readFileSync(join(folder, 'data/desktop/crashes.log'), 'utf8')
    expect(log).toContain('unhandled rejection')
    expect(log).not.toContain('Muster')
  })

  test('a newer version is looked for where the shop says, and taken only after a backup', async () => {
    const feed = join(folder, 'feed')
    const installer = 'Backroom-9.0.0-linux-x64.deb'
    mkdirSync(feed)
    writeFileSync(join(feed, installer), 'an installer')
    const sha512 = createHash('sha512').update('an installer').digest('base64')
    for (const name of ['latest.yml', 'latest-mac.yml', 'latest-linux.yml'])
      writeFileSync(join(feed, name), `version: 9.0.0\npath: ${installer}\nsha512: ${sha512}\n`)
    await app.evaluate(({ shell }) => {
      shell.openPath = async () => ''
      shell.showItemInFolder = () => undefined
    })
    await press('settings')
    await page.getByRole('textbox', { name: 'Newer versions come from' }).fill(feed)
    await page.getByRole('button', { name: 'Look for a newer version' }).click()
    await page.getByRole('button', { name: 'Back up and install 9.0.0' }).click()
    await page.getByText('The shop is backed up, and the installer lies in').waitFor(patience)
    expect(readdirSync(join(folder, 'data/backups')).some((name) => name.endsWith('.backup.age'))).toBe(true)
    expect(await seriousFaults(page)).toEqual([])
  })

  test('a page that falls over is loaded again where it was, and says so', async () => {
    await press('go-catalogue')
    await title('Catalogue').waitFor(patience)
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
    // Playwright gives a page up that fell over; the program itself still sees it.
    const read = (code: string) =>
      app.evaluate(
        ({ BrowserWindow }, what) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(what),
        code,
      )
    await expect.poll(() => read('document.querySelector("main h1")?.textContent'), patience).toBe('Catalogue')
    await expect
      .poll(() => read('document.body.innerText'), patience)
      .toContain('The window fell over and was loaded again')
    expect(readFileSync(join(folder, 'data/desktop/crashes.log'), 'utf8')).toContain('page gone: crashed')
  })

  test('the next start finds its window where it was', async () => {
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 120, y: 80, width: 1100, height: 700 }),
    )
    await app.close()
    app = await launchDesktop({ folder })
    page = await app.firstWindow()
    const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())
    expect(bounds).toEqual({ x: 120, y: 80, width: 1100, height: 700 })
  })
})
