import type { Scene } from './scene.ts'

export const orderScenes: readonly Scene[] = [
  {
    name: 'orders-palette',
    address: () => '/orders',
    async act(page) {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('option').first().waitFor()
    },
  },
]
