import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeKeys, publicSet } from '../../src-courier/core/courier-keys.ts'
import { printed } from '../integration/documents/printed-page.ts'
import { seriousFaults } from './axe.ts'
import { openStation, type StationDoor } from './doors.ts'
import { AppModel } from './pages/app.ts'
import { ListModel } from './pages/list.ts'
import { ActivityModel, ReportsModel } from './pages/reports.ts'

describe('how it goes and who did what', { timeout: 180_000 }, () => {
  let door: StationDoor
  let app: AppModel
  let wave = ''
  /** Two sacks of gravel that no carton bears at once. */
  let heavy = ''
  /** An order whose window is over. */
  let late = ''
  beforeAll(async () => {
    door = await openStation()
    app = new AppModel(door.page)
    await door.call('shop.init-sample', {})
    for (const { code } of await door.call('couriers.list', {}))
      await door.call('couriers.add-key', { carrier: code, jwks: JSON.stringify(publicSet(await makeKeys())) })
    const { shop } = await door.call('settings.get', {})
    const place = async (
      key: string,
      lines: readonly { code: string; quantity: number }[],
      window?: { from: number; to: number },
    ): Promise<string> => {
      const customer = {
        name: 'Zoe Quirrenbach',
        address: { lines: ['Xylophonallee 7'], postcode: '10115', city: 'Berlin', country: shop.country },
      }
      return (await door.call('orders.place', { key, lines: [...lines], service: 'standard', customer, window })).code
    }
    heavy = await place('report-heavy', [{ code: 'GD-0138', quantity: 2 }])
    for (const n of [0, 1, 2]) await place(`report-order-${n}`, [{ code: 'AP-0102', quantity: 1 }])
    const planned = await door.call('waves.plan', {})
    wave = planned.wave.code
    await door.call('waves.issue-documents', { wave })
    await door.call('waves.issue-labels', { wave })
    const last = planned.tours.at(-1)?.stops.find((stop) => stop.sku === 'AP-0102')
    for (const tour of planned.tours)
      for (const stop of tour.stops)
        if (stop === last) await door.call('pick.short', { wave, tour: tour.seq, seq: stop.seq, quantity: stop.quantity })
        else await door.call('pick.confirm', { wave, tour: tour.seq, seq: stop.seq, code: stop.sku, quantity: stop.quantity }) // prettier-ignore
    const picked = await door.call('waves.get', { wave })
    for (const tour of picked.tours)
      for (const stop of tour.stops.filter((one) => one.picked + one.short < one.quantity))
        await door.call('pick.confirm', {
          wave,
          tour: tour.seq,
          seq: stop.seq,
          code: stop.sku,
          quantity: stop.quantity,
        })
    for (const parcel of picked.parcels.slice(1)) await door.call('pack.confirm', { parcelId: parcel.id })
    const anHourAgo = Date.now() - 3_600_000
    const window = { from: anHourAgo - 60_000, to: anHourAgo }
    late = await place('report-late', [{ code: 'AP-0102', quantity: 1 }], window)
    await door.page.setViewportSize({ width: 1366, height: 768 })
    await door.page.reload()
  })
  afterAll(() => door?.close())

  /** Somebody looks at every screen: with BACKROOM_PICTURES set they are kept there, in both colours and on a tablet. */
  async function look(name: string): Promise<void> {
    const folder = process.env['BACKROOM_PICTURES']
    for (const colorScheme of ['dark', 'light'] as const) {
      await door.page.emulateMedia({ colorScheme })
      expect(await seriousFaults(door.page), `${name} ${colorScheme}`).toEqual([])
      if (folder === undefined) continue
      mkdirSync(folder, { recursive: true })
      for (const [size, width, height] of [
        ['desktop', 1366, 768],
        ['tablet', 800, 1280],
      ] as const) {
        // prettier-ignore
        await door.page.setViewportSize({ width, height })
        await door.page.waitForTimeout(300)
        await door.page.screenshot({ path: join(folder, `${name}-${colorScheme}-${size}.png`) })
      }
      await door.page.setViewportSize({ width: 1366, height: 768 })
    }
  }

  test('today says what to do next, what is due at which collection, and what the week was like', async () => {
    await door.page.getByRole('heading', { name: 'The last seven days' }).waitFor()
    const due = door.page.locator('[data-test=due]')
    await due.getByText('still to pack').first().waitFor()
    expect(await due.innerText()).toMatch(/collects: .*\d\d:\d\d/)
    await due
      .getByRole('link', { name: /^(Pack|Hand over)$/ })
      .first()
      .waitFor()
    const waves = door.page.locator('section', { has: door.page.getByRole('heading', { name: 'Waves in work' }) })
    await waves
      .getByRole('link', { name: wave })
      .getByText(/\d+ of \d+ packed/)
      .waitFor()
    const problems = door.page.locator('[data-test=problems]')
    await problems.getByText('Pieces were missing at 1 place.').waitFor()
    expect(await problems.getByRole('link').count()).toBe(await problems.getByRole('listitem').count())
    await look('today')
    await problems.getByRole('link', { name: 'See where to count' }).click()
    await app.title.filter({ hasText: 'Reports' }).waitFor()
  })

  test('reports tell a chosen period in figures, charts that are read by keys, and lists', async () => {
    const reports = new ReportsModel(door.page)
    await reports.choose('30 days')
    expect(await reports.figure('parcels').innerText()).toMatch(/Packages: \d+, orders: \d+/)
    expect(await reports.figure('metres').innerText()).toContain('Planned')
    const flow = await door.call('reports.flow', {})
    const work = await door.call('reports.work', {})
    const packed = flow.days.reduce((sum, day) => sum + day.packed, 0)
    expect(await reports.figure('perHour').innerText()).toMatch(new RegExp(`Orders per hour\\s+[1-9][\\d.]*\\s+${packed} packed in`)) // prettier-ignore
    expect(await reports.figure('minutes').innerText()).toMatch(
      /Minutes picking\s+\d+\s+Planned [1-9]\d*; tours done: [1-9]/,
    )
    expect(await reports.figure('cost').innerText()).toMatch(
      /Cost per order\s+€[1-9][\d.]*\s+Cartons €.+, postage €[1-9]/,
    )
    expect(await reports.figure('late').innerText()).toMatch(/Late orders\s+1\s/)
    await reports
      .part('Late orders')
      .getByText(/due by .+, not delivered yet/)
      .waitFor()
    await reports.part('Late orders').getByRole('link', { name: late }).waitFor()
    for (const { carton, used } of work.cartons)
      await reports
        .part('Cartons used')
        .getByRole('row', { name: `${carton ?? 'own box'} ${used} ` })
        .waitFor()
    const chart = reports.chart('Orders by day')
    await chart.getByRole('img').focus()
    await door.page.keyboard.press('End')
    await chart.getByText(/Placed 5, Packed \d/).waitFor()
    await chart.getByRole('button', { name: 'Orders by day: show as table' }).click()
    expect(await chart.getByRole('row').count()).toBe(31)
    await look('reports')
    await chart.getByRole('button', { name: 'Orders by day: show as chart' }).click()
    await reports
      .part('To count')
      .getByText(/1 missing/)
      .waitFor()
    // One day, typed: what went today would soon be gone.
    const { to } = work.period
    for (const end of ['From', 'To'] as const) await door.page.getByLabel(end, { exact: true }).fill(to)
    await reports
      .part('To order')
      .getByRole('row', { name: /AP-0102 \d+ \d+ \d+ days?/ })
      .waitFor()
    await reports.choose('30 days')
    await reports.part('To order').getByText('Everything lasts.').waitFor()
  })

  test('and as files for a spreadsheet', async () => {
    const reports = new ReportsModel(door.page)
    const days = await reports.save('Orders by day')
    expect(days.name).toMatch(/^report-days-.*\.csv$/)
    expect(days.text.trim().split('\r\n')).toHaveLength(31)
    const walks = await reports.save('Metres walked')
    expect(walks.text).toContain('planned_m')
    expect((await reports.save('Cartons used')).text).toMatch(/\r\n/)
    expect((await reports.save('Late orders')).text).toContain(late)
    await reports.choose('Last month')
    await door.page.getByText('Nothing happened in this period').waitFor()
  })

  test('activity is filtered by deed and thing, leads to the order, and is saved without a value', async () => {
    const activity = new ActivityModel(door.page)
    await app.goTo('Activity')
    await activity.list.getByText('picked', { exact: true }).first().waitFor()
    await activity.choose('What was done', 'packed a package')
    await activity.list.getByText('packed a package').first().waitFor()
    await expect.poll(() => activity.list.getByText('picked', { exact: true }).count()).toBe(0)
    await look('activity')
    const { name, text } = await activity.save()
    expect(name).toBe('activity.csv')
    expect(text).toContain('confirm-pack')
    expect(text).not.toMatch(/confirm-pick|Quirrenbach|Xylophon/)
    await new ListModel(door.page, 'Activity').rows.first().click()
    await door.page.waitForURL(/orders\/\d{3}-\d+$/)
  })

  test('a parcel says on screen and on paper why it is there and what is proven', async () => {
    await app.goTo('Waves')
    await new ListModel(door.page, 'Waves').openRow(wave)
    const sentences = /Two parcels: [\d.]+\skg > 30\skg in every carton\.\s+No plan with one exists\./
    const card = door.page.getByRole('article', { name: `${heavy}B` })
    await card.getByText('No plan with one exists.').waitFor()
    expect(await card.innerText()).toMatch(sentences)
    await look('wave')
    const { documents, tours } = await door.call('waves.get', { wave })
    const papers = documents.filter(({ kind, withdrawnAt }) => kind === 'pick-sheet' && withdrawnAt === undefined)
    const texts = await Promise.all(
      papers.map(async ({ id }) => {
        const answer = await door.page.request.get(`${door.address}/documents/${id}`)
        return (await printed(new Uint8Array(await answer.body()))).text
      }),
    )
    expect(texts.join(' ')).toMatch(sentences)
    await door.page.getByRole('tab', { name: /Tours/ }).click()
    const walk = await door.page.locator('main [data-test=told]').first().innerText()
    expect(texts.join(' ')).toContain(walk.split('.')[0])
    expect(tours.length).toBeGreaterThan(0)
    await door.page.getByText("Couriers' routes").waitFor()
    await look('tours')
    expect(door.complaints).toEqual([])
  })
})
