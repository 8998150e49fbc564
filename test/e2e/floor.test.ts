import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousFaults } from './axe.ts'
import { openStation, type StationDoor } from './doors.ts'
import { AppModel } from './pages/app.ts'
import { FloorPlanModel } from './pages/floor-plan.ts'

describe('the floor on screen', { timeout: 120_000 }, () => {
  let door: StationDoor
  beforeAll(async () => {
    door = await openStation()
    await door.call('shop.init', { shop: { id: 'shop', name: 'Small shop', country: 'DE', zone: 'Europe/Berlin', currency: 'EUR', locale: 'en', letter: 'S', lat: 52.5, lon: 13.4, addressLines: [] } }) // prettier-ignore
    await door.page.setViewportSize({ width: 1366, height: 768 })
    await door.page.reload()
    await new AppModel(door.page).title.waitFor()
  })
  afterAll(() => door?.close())
  const shot = async (name: string): Promise<void> => {
    const folder = process.env['BACKROOM_PICTURES']
    if (!folder) return
    for (const colorScheme of ['light', 'dark'] as const) {
      await door.page.emulateMedia({ colorScheme })
      await door.page.setViewportSize({ width: 1366, height: 768 })
      await door.page.waitForTimeout(300)
      await door.page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` })
      await door.page.setViewportSize({ width: 800, height: 1280 })
      await door.page.waitForTimeout(300)
      await door.page.screenshot({ path: `${folder}/${name}-tablet-${colorScheme}.png` })
    }
    await door.page.emulateMedia({ colorScheme: 'light' })
    await door.page.setViewportSize({ width: 1366, height: 768 })
  }
  const faultsInBothThemes = async (): Promise<readonly string[]> => {
    const light = await seriousFaults(door.page)
    await door.page.emulateMedia({ colorScheme: 'dark' })
    await door.page.waitForTimeout(250)
    const dark = await seriousFaults(door.page)
    await door.page.emulateMedia({ colorScheme: 'light' })
    return [...light, ...dark]
  }

  test('is begun from a template and given more places, by keys alone', async () => {
    const { page } = door
    const plan = new FloorPlanModel(page)
    await new AppModel(page).goTo('Floor')
    await plan.templates.waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await shot('floor-templates')
    await plan.beginWith('Small stockroom', { aisles: '2', levels: '1' })
    expect(await plan.places()).toBe(20)
    await plan.press('a')
    await plan.spoken('Aisle 3')
    await plan.placeRange('C-01..C-06', 'Left only')
    expect(await plan.places()).toBe(26)
    await page.keyboard.press('Control+z')
    expect(await plan.places()).toBe(20)
    await page.keyboard.press('Control+y')
    expect(await plan.places()).toBe(26)
    await plan.checkSays('Every one of 26 places can be reached.')
    await shot('floor-drawn')
  })

  test('names who cannot be reached and why, and is not saved until they can', async () => {
    const { page } = door
    const plan = new FloorPlanModel(page)
    await plan.selectByKeys('Cross aisle 1')
    await plan.press('x')
    await plan.press('ArrowRight')
    await plan.spoken('Cross aisle 1, from aisle B to C')
    await plan.press('x')
    await plan.checkSays('6 places cannot be reached:')
    await plan.checkSays('C-01 is cut off: every way there is closed.')
    await page.keyboard.press('Control+s')
    await page.getByText('Not saved: some places cannot be reached.').first().waitFor()
    expect(await door.call('floor.get', {})).toBeNull()
    expect(await faultsInBothThemes()).toEqual([])
    await shot('floor-cut-off')
    await plan.canvas.focus()
    await plan.press('x')
    await plan.checkSays('Every one of 26 places can be reached.')
    await page.keyboard.press('Control+s')
    await page.getByText('The floor is saved.').first().waitFor()
    const saved = await door.call('floor.get', {})
    expect(saved?.locations).toHaveLength(26)
    expect(saved?.floor).toMatchObject({ aisleX: [0, 2200, 4400] })
  })

  test('names stock at places that are taken out before it is saved, and takes saving back', async () => {
    const { page } = door
    const plan = new FloorPlanModel(page)
    await door.call('catalogue.import', {
      csv: 'sku,name,category,price_minor,weight_g,length_mm,width_mm,height_mm,locations\nTEA,Green tea,Teas,300,100,160,90,70,C-02:7\n',
    })
    await plan.find('C-02')
    await plan.spoken('Place C-02')
    await plan.canvas.focus()
    await plan.press('Delete')
    await page.getByText('Taken out: Place C-02.').first().waitFor()
    await plan.checkSays('7 × Green tea')
    await page.keyboard.press('Control+s')
    await plan.question.getByText('C-02: 7 × Green tea').waitFor()
    await shot('floor-stock-left')
    await plan.question.getByRole('button', { name: 'Save all the same' }).click()
    await expect.poll(async () => (await door.call('floor.get', {}))?.locations.length).toBe(25)
    expect((await door.call('catalogue.list', { search: 'TEA' })).rows[0]?.levels).toMatchObject([{ location: 'C-02', onHand: 7 }]) // prettier-ignore
    await page.locator('li', { hasText: 'The floor is saved.' }).getByRole('button', { name: 'Undo' }).last().click()
    await expect.poll(async () => (await door.call('floor.get', {}))?.locations.length).toBe(26)
  })

  test('an aisle is dragged by mouse and moved by keys, and saving it is taken back', async () => {
    const { page } = door
    const plan = new FloorPlanModel(page)
    const before = (await door.call('floor.get', {}))?.floor.aisleX
    await plan.dragAisle(2, 60)
    await plan.spoken('Aisle C')
    const dragged = await plan.distanceToLeft()
    expect(dragged).toBeGreaterThan(2.2)
    await plan.canvas.focus()
    await plan.press('ArrowRight')
    await expect.poll(() => plan.distanceToLeft()).toBeCloseTo(dragged + 0.1, 3)
    await plan.press('Shift+ArrowRight')
    await expect.poll(() => plan.distanceToLeft()).toBeCloseTo(dragged + 1.1, 3)
    await page.keyboard.press('Control+s')
    await expect.poll(async () => (await door.call('floor.get', {}))?.floor.aisleX).toEqual([0, 2200, 3300 + Math.round(dragged * 1000)]) // prettier-ignore
    await page.locator('li', { hasText: 'The floor is saved.' }).getByRole('button', { name: 'Undo' }).last().click()
    await expect.poll(async () => (await door.call('floor.get', {}))?.floor.aisleX).toEqual(before)
  })

  test('shows the shortest walk past some places with its proof', async () => {
    const { page } = door
    const plan = new FloorPlanModel(page)
    await plan.openPart('Test a tour')
    await plan.tour.add('A-02, B-05, C-01')
    await plan.tour.result.getByText('Proven shortest.').waitFor()
    expect(await plan.tour.result.locator('li').count()).toBe(3)
    await plan.bay('A-10').click({ force: true })
    await expect.poll(() => plan.tour.result.locator('li').count()).toBe(4)
    expect(await plan.walkLegs()).toBeGreaterThan(4)
    expect(await faultsInBothThemes()).toEqual([])
    await shot('floor-tour')
  })

  test('shows where hands went, as a map and as a list', async () => {
    const { page } = door
    const plan = new FloorPlanModel(page)
    await plan.openPart('Picks')
    await page.getByText('Nothing was picked in this time').waitFor()
    await door.call('cartons.import', { csv: 'code,inner_l_mm,inner_w_mm,inner_h_mm,max_gross_g,stock\nS,300,200,200,5000,9\n' }) // prettier-ignore
    await door.call('orders.place', { key: 'by-phone-1', lines: [{ code: 'TEA', quantity: 3 }], service: 'collect' })
    const { wave, tours } = await door.call('waves.plan', {})
    await door.call('waves.issue-documents', { wave: wave.code })
    for (const tour of tours)
      for (const { seq, quantity } of tour.stops)
        await door.call('pick.confirm', { wave: wave.code, tour: tour.seq, seq, code: 'TEA', quantity })
    await page.locator('[data-test=picks]', { hasText: 'Picks: 1, pieces: 3' }).waitFor()
    await page.getByRole('row', { name: /^C-02 1 3$/ }).click()
    expect(await plan.hottest()).toBe('C-02')
    expect(await seriousFaults(page)).toEqual([])
    await shot('floor-picks')
    await plan.openPart('Draw')
    await plan.selectByKeys('Packing table')
    await plan.press('ArrowUp')
    await page.getByText(`In work: ${wave.code}. They keep their tours`).waitFor()
    expect(door.complaints).toEqual([])
  })
})
