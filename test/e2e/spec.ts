import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OpenDoor } from './doors.ts'
import { faultsInBothThemes } from './axe.ts'
import { AppModel } from './pages/app.ts'
import { FloorModel } from './pages/floor.ts'
import { ListModel } from './pages/list.ts'
import { StorefrontsModel } from './pages/storefronts.ts'
import { walk } from './walk.ts'
import { courierKeySet, openStorefrontWithOrders, type StorefrontWithOrders } from './storefront.ts'

const orderCount = 6
/** The stranger's walk leaves one order behind, handed over on one manifest to one courier that has its key. */
const walked = 1
const patience = { timeout: 60_000 }

/** One walk through the whole line of work, the same at every door that shows the screens. Later steps need earlier ones. */
export function describeScreens(name: string, open: () => Promise<OpenDoor>): void {
  // Generous, and nowhere near reached on a machine of its own: other work may want the processor too.
  describe(name, { timeout: 240_000 }, () => {
    let door: OpenDoor
    let storefront: StorefrontWithOrders
    let app: AppModel
    let wave = ''

    beforeAll(async () => {
      door = await open()
      door.page.setDefaultTimeout(120_000)
      await door.page.setViewportSize({ width: 1366, height: 768 })
      app = new AppModel(door.page)
      storefront = await openStorefrontWithOrders(door.folder, orderCount)
    })
    // A step that failed leaves the later ones nothing to stand on; each would wait for minutes to say so.
    let hasFailed = false
    beforeEach(({ skip }) => skip(hasFailed, 'an earlier step failed'))
    afterEach(({ task }) => {
      hasFailed ||= task.result?.state === 'fail'
    })
    afterAll(async () => {
      await storefront?.stop()
      await door?.close()
    })

    test('a stranger comes from the first start to a handed-over package with keyboard and scanner alone', () =>
      walk(door))

    test('the catalogue is searched, sorted and opened by keys, and refuses a bad file line by line', async () => {
      await app.goTo('Catalogue')
      const list = new ListModel(app.page, 'Catalogue')
      await expect.poll(() => list.count(), patience).toBe(568)
      await list.search('flour')
      await expect.poll(() => list.count(), patience).toBeLessThan(20)
      await list.sortBy('Price')
      await list.openByKeys(1)
      await app.page.getByRole('complementary').getByText('Where it lies').waitFor()
      await app.page.keyboard.press('Escape')

      await app.button('Import from a file').click()
      await app.page
        .getByPlaceholder('or paste its text')
        .fill('sku,name,price_minor,weight_g\nNEW-1,Good,100,5\nNEW-2,Bad,x,-4\n')
      await app.page.getByRole('button', { name: 'Show preview', exact: true }).click()
      await app.page.locator('[data-test=lines]').getByText('price_minor').waitFor()
      await app.page.locator('[data-test=import]').click()
      await app.page.locator('[data-test=imported]').getByText('1 new').waitFor()
      // A toast has a button of that name too.
      await app.page
        .getByRole('complementary', { name: 'Import from a file' })
        .getByRole('button', { name: 'Close' })
        .click()
    })

    test('a storefront is connected and its orders appear', async () => {
      const assistant = new StorefrontsModel(app.page)
      await app.goTo('Storefronts')
      await assistant.look(storefront.address)
      await assistant.tryToken(storefront.token)
      await assistant.press('Connect')
      await assistant.firstRound().waitFor()
      await app.goTo('Today')
      await app.page.getByText(`${orderCount} new orders can be planned`).waitFor()
    })

    test('an order is found, put on hold and released', async () => {
      const first = (await door.call('orders.list', {})).rows.find(({ order }) => order.status === 'received')
      const code = first?.order.code ?? ''
      await app.command(code)
      await app.page.getByRole('heading', { name: `Order ${code}` }).waitFor()
      await app.button('Hold').click()
      await app.page.getByText('Put on hold by hand').waitFor()
      await app.button('Release').click()
      await app.page.getByText('Put on hold by hand').waitFor({ state: 'detached' })
      const list = new ListModel(app.page, 'Orders')
      await expect.poll(() => list.count(), patience).toBe(orderCount + walked)
    })

    test('couriers get their keys, shown as words', async () => {
      await app.goTo('Couriers')
      const couriers = (await door.call('couriers.list', {})).filter(({ keys }) => keys.length === 0)
      for (const { name } of couriers) {
        const card = app.page.getByRole('article', { name })
        await card.getByRole('button', { name: 'Add key', exact: true }).click()
        await card.getByPlaceholder('or paste its text').fill(courierKeySet())
        await card.getByRole('button', { name: 'Look at it', exact: true }).click()
        await card.getByRole('textbox', { name: 'Compared by (your name)' }).fill('Ada')
        await app.page.keyboard.press('Enter')
        await expect
          .poll(
            async () => (await card.locator('[data-test=words]').textContent())?.trim().split(' · ').length,
            patience,
          )
          .toBe(8)
      }
    })

    test('a wave is planned, looked at and issued', async () => {
      await app.goTo('Today')
      await app.button('Plan a wave').click()
      await app.title.filter({ hasText: /^Wave W/ }).waitFor()
      wave = ((await app.title.textContent()) ?? '').replace('Wave ', '')
      await app.page.locator('article svg').first().waitFor()
      await app.page.getByRole('tab', { name: 'Tours' }).click()
      await app.page.getByRole('img', { name: /Floor map/ }).waitFor()
      await app.button('Issue documents').click()
      await app.button('Issue labels').click()
      await app.toast('Labels are sealed').waitFor()
      await app.page.getByRole('tab', { name: 'Documents' }).click()
      await app.page.getByText('pick sheet').first().waitFor()
    })

    test('the floor picks by scanning; a wrong product is refused in words, shape and colour', async () => {
      await app.goTo('Pick')
      const floor = new FloorModel(app.page)
      await floor.chooseWave(wave)
      await floor.location.waitFor()
      const { tours } = await door.call('pick.list', { wave })
      const [tour] = tours
      const [first, second] = tour?.stops ?? []
      await floor.scan('2990000000000')
      await floor.wrong.getByText('Wrong product').waitFor()
      expect((await door.call('pick.list', { wave })).tours[0]?.stops[0]?.picked).toBe(0)
      await floor.scan(first?.gtin ?? first?.sku ?? '')
      await floor.right.getByText('Right').waitFor()
      if (second) await floor.location.filter({ hasText: second.location }).waitFor()
      for (const { seq, stops } of tours)
        for (const stop of stops) {
          const open = stop.quantity - (seq === tour?.seq && stop.seq === first?.seq ? stop.quantity : 0)
          if (open > 0)
            await door.call('pick.confirm', { wave, tour: seq, seq: stop.seq, code: stop.sku, quantity: open })
        }
      await app.page.getByText('This tour is done').waitFor()
    })

    test('a package is packed by scanning exactly what belongs in it', async () => {
      await app.goTo('Pack')
      const floor = new FloorModel(app.page)
      await floor.chooseWave(wave)
      const name = (await app.page.locator('[data-test=parcel] h2').textContent()) ?? ''
      const { parcels, tours } = await door.call('pick.list', { wave })
      const parcel = parcels.find((one) => `${one.orderCode}${one.letter}` === name)
      await floor.scan('2990000000000')
      await floor.wrong.getByText('Does not belong here').waitFor()
      const pieces = (parcel?.contents ?? []).flatMap(({ sku, quantity }) =>
        Array.from({ length: quantity }, () => sku),
      )
      for (const [i, sku] of pieces.entries()) {
        const stop = tours.flatMap((tour) => tour.stops).find((one) => one.sku === sku)
        await floor.scan(stop?.gtin ?? sku)
        if (i < pieces.length - 1)
          await floor.right.getByText(`${i + 1} of ${pieces.length}`, { exact: true }).waitFor()
      }
      await floor.right.getByText(`Package ${name} is packed`).waitFor()
      for (const one of parcels) if (one.id !== parcel?.id) await door.call('pack.confirm', { parcelId: one.id })
      await app.page.getByText('Everything is packed').waitFor()
    })

    test('packed packages are handed over on a manifest', async () => {
      await app.goTo('Dispatch')
      const couriers = (await door.call('couriers.list', {})).filter((courier) => courier.packed > 0)
      for (let i = 0; i < couriers.length; i++) {
        await app.button('Close manifest').first().click()
        await app.button('Hand over').click()
        const list = new ListModel(app.page, 'Manifests')
        await expect.poll(() => list.count(), patience).toBe(i + 1 + walked)
      }
      await new ListModel(app.page, 'Manifests').rows.first().click()
      await app.page.getByRole('complementary').getByText('Delivery sequence', { exact: true }).waitFor()
      await app.page.getByRole('complementary').getByText('run sheet').waitFor()
    })

    test('no screen has a serious fault for people who use it without eyes or without a mouse', async () => {
      const faults: string[] = []
      const look = async (what: string): Promise<void> => {
        faults.push(...(await faultsInBothThemes(app.page)).map((fault) => `${what}: ${fault}`))
      }
      for (const place of [
        'Today',
        'Orders',
        'Waves',
        'Pick',
        'Pack',
        'Dispatch',
        'Catalogue',
        'Couriers',
        'Storefronts',
        'Settings',
      ] as const) {
        await app.goTo(place)
        await look(place)
      }
      await app.goTo('Waves')
      await new ListModel(app.page, 'Waves').openRow(wave)
      await app.page.locator('article').first().waitFor()
      await look('one wave')
      await app.goTo('Orders')
      await new ListModel(app.page, 'Orders').rows.first().click()
      await app.page.getByRole('heading', { name: 'What happened' }).waitFor()
      await look('one order')
      expect(faults).toEqual([])
    })

    test('every screen is reached by its keys, in light and dark, and nothing complained', async () => {
      for (const [keys, title] of [
        ['gt', 'Today'],
        ['go', 'Orders'],
        ['gw', 'Waves'],
        ['gc', 'Catalogue'],
      ] as const) {
        for (const key of keys) await app.page.keyboard.press(key)
        await app.title.filter({ hasText: title }).waitFor()
      }
      await app.page.getByRole('button', { name: 'Dark' }).click()
      await app.page.locator('html.dark').waitFor({ state: 'attached' })
      expect(door.complaints).toEqual([])
    })
  })
}
