import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InputOf, OperationName, OutputOf } from '../../src-main/contract/operations.ts'
import { serveShop, type Serving } from '../../src-main/hosts/serve.ts'
import { ask, authorityOf, freePort } from '../integration/security/station-client.ts'
import { seriousFaults } from './axe.ts'
import { browserArgs, findBrowser } from './browser.ts'
import { ensureBuilt, programFolder } from './built.ts'
import { AppModel } from './pages/app.ts'
import { FloorModel } from './pages/floor.ts'
import { StationsModel, TabletModel } from './pages/stations.ts'

/** A picture of each state for whoever wants to look: BACKROOM_SHOTS names the folder. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['BACKROOM_SHOTS']
  if (!folder) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(folder, `stations-${name}-${colorScheme}.png`) })
  }
}

describe('stations on the network', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-stations-'))
  const faults: string[] = []
  let serving: Serving
  let browser: Browser
  let desk: Page
  let stations: StationsModel
  let port = 0
  let wave = ''
  const tablets: { readonly context: BrowserContext; readonly page: Page; readonly tablet: TabletModel }[] = []

  async function manager<Name extends OperationName>(operation: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
    const reply = await serving.room.call(operation, input, { door: 'desktop', actor: 'desktop' }, 'test')
    if (!reply.ok) throw new Error(`${operation}: ${JSON.stringify(reply.error)}`)
    return reply.value as OutputOf<Name> // the room's handler for this operation made it
  }
  async function look(page: Page, what: string): Promise<void> {
    // Half way between two themes nothing has contrast.
    await page.addStyleTag({ content: '* { transition: none !important }' })
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      faults.push(...(await seriousFaults(page)).map((fault) => `${what}, ${colorScheme}: ${fault}`))
    }
    await shot(page, what)
    await page.emulateMedia({ colorScheme: 'light' })
  }
  /** A tablet that went on past the browser's warning, held upright. */
  async function openTablet() {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 800, height: 1280 } })
    const page = await context.newPage()
    const one = { context, page, tablet: new TabletModel(page) }
    tablets.push(one)
    return one
  }

  beforeAll(async () => {
    ensureBuilt()
    serving = await serveShop({
      dataFolder: join(folder, 'data'),
      programFolder,
      host: '127.0.0.1',
      port: 0,
      syncSeconds: 0,
      logBug: (operation, error) => console.error(operation, error),
      hostNames: () => ({ addresses: ['127.0.0.1'], names: ['shop-pc.local'] }),
    })
    await manager('shop.init-sample', {})
    await manager('orders.place', { key: 'order-for-stations', lines: [{ code: 'AP-0102', quantity: 1 }], service: 'collect' }) // prettier-ignore
    wave = (await manager('waves.plan', {})).wave.code
    await manager('waves.issue-documents', { wave })
    browser = await chromium.launch({ executablePath: await findBrowser(), args: [...browserArgs] })
    desk = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    await desk.goto(serving.openOnce)
    stations = new StationsModel(desk)
    port = await freePort()
  })
  // A step that failed leaves the later ones nothing to stand on.
  let hasFailed = false
  beforeEach(({ skip }) => skip(hasFailed, 'an earlier step failed'))
  afterEach(({ task }) => {
    hasFailed ||= task.result?.state === 'fail'
  })
  afterAll(async () => {
    await browser?.close()
    await serving?.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  test('a manager gives people their PINs and opens the network, told in plain words what that opens', async () => {
    const app = new AppModel(desk)
    await app.goTo('Stations')
    await desk.getByText('Nothing is opened to the internet').waitFor()
    await shot(desk, 'closed')
    await stations.openNetwork(port)
    await desk.getByText('Nobody has a PIN yet').waitFor()
    await stations.part('Staff')
    await stations.addPerson('Ada', 'Packer', '2580')
    await stations.addPerson('Ben', 'Picker', '1470')
    await look(desk, 'staff')
    await stations.part('Terminals')
  })

  test('a tablet pairs by the code on the screen, over HTTPS, and asks who is there', async () => {
    const { address, code } = await stations.showCode('Packing table')
    await look(desk, 'offer')
    const { page, tablet, context } = await openTablet()
    await page.goto(`${address}/AAAA-AAAA`)
    await page.getByRole('button', { name: 'Pair', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: 'This pairing code is not good' }).waitFor()
    // This browser went on past the warning: that is no trust, and the page says what is missing and how to mend it.
    await page.locator('[data-test=trust][data-trust=untrusted]').waitFor()
    await page.getByRole('button', { name: 'How to trust it' }).click()
    for (const system of ['Android', 'Windows', 'iPadOS'])
      await page.locator('label').filter({ hasText: system }).click()
    await page.getByText('Certificate Trust Settings').waitFor()
    await look(page, 'pairing')
    await tablet.pair(address, code)
    const [cookie] = await context.cookies()
    expect(cookie).toMatchObject({ name: '__Host-backroom', httpOnly: true, secure: true, sameSite: 'Strict' })
    await look(page, 'sign-in')
    await desk.getByText('“Packing table” is paired').first().waitFor()
  })

  test('a person signs in by PIN, and their role decides what is there', async () => {
    const { page, tablet } = tablets[0] ?? (await openTablet())
    await tablet.signIn('Ben', '9999')
    await page.getByRole('alert').filter({ hasText: 'The PIN does not fit the name' }).waitFor()
    await look(page, 'pin')
    await page.keyboard.type('1470')
    await page.keyboard.press('Enter')
    const screens = page.getByRole('navigation', { name: 'Screens' })
    await screens.waitFor()
    expect(await screens.getByRole('link', { name: 'Pick' }).count()).toBe(1)
    for (const name of ['Pack', 'Dispatch', 'Stations', 'Privacy'])
      expect([name, await screens.getByRole('link', { name, exact: true }).count()]).toEqual([name, 0])
    // The room refuses as well, whatever a page shows.
    const answer = await page.evaluate(async () => (await fetch('./call/counter.waiting', { method: 'POST' })).status)
    expect(answer).toBe(403)
    await page.locator('[data-test=switch-person]').click()
    await page.getByRole('heading', { name: 'Who is here?' }).waitFor()
    await tablet.signIn('Ada', '2580')
    await screens.getByRole('link', { name: 'Pack' }).waitFor()
    await stations.terminal('Packing table').getByText('Ada').waitFor()
    await shot(desk, 'terminals')
  })

  test('two stations work on one wave: each sees who walks the tour, and a piece counts once', async () => {
    const first = tablets[0] ?? (await openTablet())
    const second = await openTablet()
    const { links } = await manager('terminals.offer', { name: 'Cart' })
    await second.page.goto(links[0] ?? '')
    await second.page.getByRole('button', { name: 'Pair', exact: true }).click()
    await second.page.getByRole('heading', { name: 'Who is here?' }).waitFor()
    await second.tablet.signIn('Ben', '1470')
    await first.page.goto(`https://127.0.0.1:${port}/#/pick/${wave}`)
    await new FloorModel(first.page).location.waitFor()
    await expect.poll(async () => (await manager('tours.claims', { wave })).map(({ name }) => name), { timeout: 20_000 }).toEqual(['Ada']) // prettier-ignore
    await second.page.goto(`https://127.0.0.1:${port}/#/pick/${wave}`)
    await second.page.locator('[data-test=tour-claimed]').getByText('Ada walks this tour').waitFor()
    await look(second.page, 'tour-claimed')
    const [stop] = (await manager('pick.list', { wave })).tours[0]?.stops ?? []
    const body = { wave, tour: 1, seq: stop?.seq, code: stop?.gtin ?? stop?.sku, quantity: stop?.quantity }
    const pick = (page: Page): Promise<string> =>
      page.evaluate(async (input) => {
        const answer = await fetch('./call/pick.confirm', { method: 'POST', body: JSON.stringify(input) })
        const reply = (await answer.json()) as { ok: boolean; error?: { code: string } } // what the route answers
        return reply.ok ? 'ok' : (reply.error?.code ?? '')
      }, body)
    const answers = await Promise.all([pick(first.page), pick(second.page)])
    expect(answers.toSorted()).toEqual(['ERR_PICK_TOO_MANY', 'ok'])
    expect((await manager('pick.list', { wave })).tours[0]?.stops[0]?.picked).toBe(stop?.quantity)
    await desk.goto(`${serving.address}/#/activity`)
    await desk.getByRole('gridcell').getByText(/^(Ada|Ben)$/).first().waitFor() // prettier-ignore
    await new AppModel(desk).goTo('Stations')
  })

  test('a program that trusts the shop’s authority alone gets in; who trusts only the system’s does not', async () => {
    const { links, fingerprint, code } = await manager('terminals.offer', { name: 'Program' })
    const address = new URL(links[0] ?? '').origin
    const ca = await authorityOf(address, fingerprint)
    await expect(ask(address, '/')).rejects.toThrow()
    const page = await ask(address, '/', { ca })
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect((await ask(address, '/pair', { ca, body: { code } })).status).toBe(200)
  })

  test('a revoked tablet stops at once and says why', async () => {
    const { page } = tablets[0] ?? (await openTablet())
    const row = stations.terminal('Packing table')
    await row.getByRole('button', { name: 'Revoke' }).click()
    await row.getByRole('button', { name: 'Revoke it' }).click()
    await page.getByText('a manager revoked it').waitFor({ timeout: 20_000 })
    await shot(page, 'revoked')
    expect(faults).toEqual([])
  })
})
