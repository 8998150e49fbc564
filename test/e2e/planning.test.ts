import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OutputOf } from '../../src-main/contract/operations.ts'
import { seriousFaults } from './axe.ts'
import { openStation, type StationDoor } from './doors.ts'
import { AppModel } from './pages/app.ts'
import { unplannableOrders } from '../fixtures/unplannable-orders.ts'
import { ListModel } from './pages/list.ts'
import { ParcelModel, PlanningModel } from './pages/planning.ts'

const patience = { timeout: 30_000 }

/** As much of a page's window as is touched from here; tests are compiled without the DOM. */
interface PageWindow {
  readonly document: { readonly documentElement: { readonly classList: { toggle(name: string, isOn: boolean): void } } }
}

describe('planning a wave, its cartons and its pictures', { timeout: 120_000 }, () => {
  let door: StationDoor
  let app: AppModel
  let small: OutputOf<'catalogue.list'>['rows'][number]['product'] | undefined
  const faults: string[] = []

  beforeAll(async () => {
    door = await openStation()
    app = new AppModel(door.page)
    await door.call('shop.init-sample', {})
    const { rows } = await door.call('catalogue.list', { limit: 60 })
    const products = rows
      .filter(
        ({ product, levels }) =>
          product.sizeMm &&
          product.weightG !== undefined &&
          !product.handling.ownBox &&
          levels.some(({ onHand }) => onHand > 8),
      ) // prettier-ignore
      .map(({ product }) => product)
    const skus = products.map(({ sku }) => sku)
    small = products[0]
    for (let i = 0; i < 5; i++)
      await door.call('orders.place', {
        key: `planning-${i}`,
        lines: [0, 1, 2].map((n) => ({ code: skus[(i * 3 + n) % skus.length] ?? '', quantity: 1 + ((i + n) % 3) })),
        service: 'collect',
        shippingMinor: 0,
        payment: 'on-delivery',
      })
    await door.page.setViewportSize({ width: 1366, height: 768 })
    await door.page.reload()
  })
  afterAll(() => door?.close())

  const plannableIds = async () => (await door.call('waves.plannable', {})).orders.map(({ id }) => id)
  const shot = async (name: string): Promise<void> => {
    const folder = process.env['BACKROOM_PICTURES']
    if (!folder) return
    await door.page.screenshot({ path: `${folder}/${name}.png` })
    await door.page.setViewportSize({ width: 800, height: 1280 })
    await door.page.screenshot({ path: `${folder}/${name}-tablet.png` })
    await door.page.setViewportSize({ width: 1366, height: 768 })
  }
  /** Looks at the screen in both themes and goes on in the light one. */
  const look = async (what: string): Promise<void> => {
    for (const isDark of [true, false]) {
      await door.page.evaluate(
        (dark) => (globalThis as unknown as PageWindow).document.documentElement.classList.toggle('dark', dark),
        isDark,
      )
      // Colours fade into each other for a moment; half way they have no contrast.
      await door.page.waitForTimeout(250)
      await shot(`${what}-${isDark ? 'dark' : 'light'}`)
      const found = await seriousFaults(door.page)
      faults.push(...found.map((fault) => `${what}${isDark ? ', dark' : ''}: ${fault}`))
    }
  }

  test('totals follow every tick, and the wave is what was shown', async () => {
    const { page } = door
    const planning = new PlanningModel(page)
    await app.goTo('Waves')
    await app.button('Plan a wave').first().click()
    await planning.chosen.filter({ hasText: '5 of 5' }).waitFor()
    const all = await planning.totals()
    expect(all[0]).toBe('5')
    const { totals } = await door.call('waves.preview', { orderIds: await plannableIds() })
    expect(all[3]).toMatch(new RegExp(`^${totals.minutes}\\smin$`))
    expect(all[4]).toBe(`€${((totals.cartonMinor + totals.postageMinor) / 100).toFixed(2)}`)
    expect(await planning.cartons()).toEqual(
      totals.cartons.map(({ code, count }) => `${count} × ${code === '' ? 'own box' : code}`),
    )
    await planning.list.grid.focus()
    await page.keyboard.press('Space')
    await expect.poll(() => planning.total('orders').innerText(), patience).toBe('4')
    const fewer = await planning.totals()
    expect(fewer[4]).not.toBe(all[4])
    await page.keyboard.press('Space')
    await expect.poll(() => planning.totals(), patience).toEqual(all)
    await page.keyboard.press('Space')
    await expect.poll(() => planning.totals(), patience).toEqual(fewer)
  })

  test('a package is turned and stepped through by keys, with a sentence for each piece', async () => {
    const { page } = door
    await page.keyboard.press('Enter')
    const card = page.getByRole('complementary').getByRole('article').first()
    await card.getByRole('button', { name: /^Turn package/ }).click()
    const parcel = new ParcelModel(page, card)
    await parcel.picture.waitFor()
    await expect.poll(() => parcel.colours(), patience).toBeGreaterThan(20)
    await parcel.picture.focus()
    await page.keyboard.press('Home')
    await parcel.sentence.filter({ hasText: /^Piece 1 of \d+: .+ on the floor\.$/ }).waitFor()
    await page.keyboard.press('PageDown')
    await parcel.sentence.filter({ hasText: /^Piece 2 of/ }).waitFor()
    // The piece sinks to its place first.
    await page.waitForTimeout(500)
    const before = await parcel.imprint()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => parcel.imprint(), patience).not.toBe(before)
    await page.keyboard.press('r')
    await expect.poll(() => parcel.imprint(), patience).toBe(before)
    await card.getByRole('button', { name: 'Why this carton?' }).click()
    await card.locator('[data-test=why-carton]').getByText('chosen').waitFor()
    await look('plan-order')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+Enter')
    await app.title.filter({ hasText: /^Wave W/ }).waitFor()
    expect((await door.call('waves.list', {})).rows[0]?.orderCount).toBe(4)
  })

  test('without WebGL the drawing steps instead', async () => {
    const { page } = door
    await page.addInitScript(
      'const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return String(kind).startsWith("webgl") ? null : get.call(this, kind, ...more) }',
    )
    await page.reload()
    const card = page.getByRole('article').first()
    await card.getByRole('button', { name: /step by step$/ }).click()
    const parcel = new ParcelModel(page, card)
    await card.getByRole('button', { name: 'First piece' }).click()
    await parcel.sentence.filter({ hasText: /^Piece 1 of/ }).waitFor()
    await card.locator('svg').first().waitFor()
    expect(await parcel.picture.count()).toBe(0)
  })

  test('what cannot be planned says why, and leads to where it is mended', async () => {
    const { page } = door
    const { tooHeavy, tooLong, unmeasured, end } = await unplannableOrders(door.call, 'planning')
    const planning = new PlanningModel(page)
    await app.goTo('Waves')
    await app.button('Plan a wave').first().click()
    const reasonOf = (code: string) => planning.unplanned.getByRole('listitem').filter({ hasText: code }).first()
    await reasonOf(tooHeavy).getByText('It is too heavy for every carton: 68').waitFor()
    await reasonOf(tooLong).getByText('It is too long for every carton: 2,400 mm').waitFor()
    await planning.held.locator('summary').press('Enter')
    const unknown = planning.held.getByRole('listitem').filter({ hasText: unmeasured }).first()
    await unknown.getByText('X-LAMP has no weight. Measure it.').waitFor()
    await look('plan-unplanned')
    await unknown.getByRole('link', { name: 'Measure it' }).press('Enter')
    await page.getByRole('row', { name: /Desk lamp/ }).waitFor()
    await page.goBack()
    await reasonOf(tooLong).getByRole('link', { name: 'Add a carton' }).press('Enter')
    await page.locator('input[name=code]:focus').waitFor()
    await page.keyboard.press('Escape')
    await end()
  })

  test('a carton is added, counted in the list, used by the next plan, and missed on Today when it runs low', async () => {
    const { page } = door
    await app.goTo('Cartons')
    await page.keyboard.press('n')
    await page.locator('input[name=code]:focus').waitFor()
    await page.keyboard.type('FIT')
    const fitting = small?.sizeMm?.map((side) => side + 1).join(' x ') ?? ''
    await page.locator('input[name=inner]').fill(fitting)
    await page.locator('input[name=carries]').fill('25 kg')
    await page.locator('input[name=cost]').fill('0.01')
    await page.getByRole('img', { name: 'Carton FIT with its inner sides' }).waitFor()
    await look('carton-new')
    await page.keyboard.press('Enter')
    const list = new ListModel(page, 'Cartons')
    await list.rows.filter({ hasText: 'FIT' }).waitFor()
    const count = page.getByRole('textbox', { name: 'Count of FIT' })
    await count.fill('9')
    await count.press('Enter')
    await expect
      .poll(
        async () => (await door.call('cartons.list', {})).find(({ carton }) => carton.code === 'FIT')?.onHand,
        patience,
      ) // prettier-ignore
      .toBe(9)
    await shot('cartons')
    const lines = [{ code: small?.sku ?? '', quantity: 1 }]
    const placed = await door.call('orders.place', { key: 'planning-fit', lines, service: 'collect', shippingMinor: 0, payment: 'on-delivery' }) // prettier-ignore
    const preview = await door.call('waves.preview', { orderIds: [placed.orderId] })
    expect(preview.totals.cartons).toEqual([{ code: 'FIT', count: 1 }])
    await app.goTo('Today')
    await page.locator('[data-test=low-cartons]').getByText('FIT: 9').waitFor()
  })

  test('past orders say which cartons would have been better, in words and as a table', async () => {
    const { page } = door
    await app.goTo('Cartons')
    await page.getByRole('link', { name: 'Which should I own?' }).click()
    await page.getByRole('button', { name: 'Compare' }).click()
    await page.locator('[data-test=advice]').getByText('planned anew').waitFor()
    const sets = page.getByRole('table').getByRole('row')
    expect(await sets.count()).toBeGreaterThan(3)
    // What changes against one’s own cartons stands last in each line but their own.
    expect(await sets.last().getByRole('cell').last().innerText()).toMatch(/^[+-]?€\d/)
    await look('carton-advice')
    expect(faults).toEqual([])
  })

  test('planning is cancelled half way: no wave, and every order as it was', async () => {
    const { page } = door
    const { rows } = await door.call('catalogue.list', { limit: 60 })
    const skus = rows.filter(({ levels }) => levels.some(({ onHand }) => onHand > 20)).map(({ product }) => product.sku)
    // So many orders share carts in more ways than are tried in a moment.
    for (let i = 0; i < 36; i++)
      await door.call('orders.place', {
        key: `planning-many-${i}`,
        lines: [0, 1, 2].map((n) => ({ code: skus[(i * 3 + n) % skus.length] ?? '', quantity: 1 })),
        service: 'collect',
        shippingMinor: 0,
        payment: 'on-delivery',
        acceptShort: true,
      })
    const before = { waves: (await door.call('waves.list', {})).total, orders: await plannableIds() }
    await app.goTo('Waves')
    await app.button('Plan a wave').first().click()
    const planning = new PlanningModel(page)
    expect((await planning.totals())[2]).toMatch(/^≤ [\d,]+\sm$/)
    await page.locator('[data-test=estimated]').waitFor()
    await page.keyboard.press('Control+Enter')
    const job = page.locator('[data-test=job]').filter({ hasText: 'Planning a wave' })
    await job.getByRole('progressbar').waitFor()
    await job.getByRole('button', { name: 'Cancel' }).click()
    await app.toast('Cancelled').waitFor()
    expect({ waves: (await door.call('waves.list', {})).total, orders: await plannableIds() }).toEqual(before)
    expect(await planning.chosen.innerText()).toBe(`${before.orders.length} of ${before.orders.length} chosen`)
  })
})
