import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDesktop, openStation, type StationDoor } from './doors.ts'
import { describeScreens } from './spec.ts'

describeScreens('M15: the screens in the desktop window', openDesktop)
describeScreens("M15: the screens in the manager's browser at the station", openStation)

describe('M15: the screens at a paired terminal', () => {
  let door: StationDoor
  beforeAll(async () => {
    door = await openStation()
    await door.call('shop.init-sample', {})
  })
  afterAll(() => door?.close())

  test('a terminal sees what the floor needs and nothing of keys, manifests or settings', async () => {
    const { token } = await door.call('terminals.pair', { name: 'Packing table' })
    const context = await door.page.context().browser()?.newContext()
    const page = await context?.newPage()
    await page?.goto(`${door.address}/?token=${token}`)
    const links = page?.getByRole('navigation', { name: 'Screens' }).getByRole('link')
    await links?.first().waitFor()
    await expect.poll(() => links?.allTextContents()).toHaveLength(8)
    expect((await links?.allTextContents())?.map((text) => text.replace(/g .$/, '').trim())).toEqual([
      'Today',
      'Orders',
      'Waves',
      'Pick',
      'Pack',
      'Returns',
      'Catalogue',
      'Devices',
    ])
    await page?.goto(`${door.address}/#/couriers`)
    await page?.getByText('That may not be done from here.').waitFor()
    await context?.close()
  })
})
