import type { Scene } from './scene.ts'

export const floorScenes: readonly Scene[] = [
  {
    name: 'floor-aisle-dragged',
    address: () => '/floor',
    async act(page) {
      const aisle = await page.locator('.handles .is-along').nth(4).boundingBox()
      if (!aisle) throw new Error('no fifth aisle')
      const [x, y] = [aisle.x + aisle.width / 2, aisle.y + aisle.height / 3]
      await page.mouse.move(x, y)
      await page.mouse.down()
      await page.mouse.move(x + 14, y, { steps: 4 })
      await page.mouse.up()
      await page.locator('[data-test=unsaved]').waitFor()
    },
    async after(page) {
      await page.locator('[data-test=canvas]').focus()
      await page.keyboard.press('Control+z')
      await page.locator('[data-test=unsaved]').waitFor({ state: 'detached' })
    },
  },
  {
    name: 'floor-walk',
    address: () => '/floor/tour',
    async act(page) {
      const codes = [
        'A-01-01-1-1',
        'A-02-09-1-1',
        'A-03-17-1-1',
        'C-05-01-1-1',
        'C-06-09-1-1',
        'H-07-17-1-1',
        'E-09-01-1-1',
        'E-10-09-1-1',
      ]
      await page.locator('main form input').first().fill(codes.join(', '))
      await page.keyboard.press('Enter')
      await page.locator('[data-test=tour] li').nth(2).waitFor()
      await page.locator('.walk polyline').waitFor()
    },
  },
]
