import type { Locator, Page } from 'playwright'

/** The screens of the floor: pick and pack, worked with a scanner that types. */
export class FloorModel {
  readonly page: Page
  readonly right: Locator
  readonly wrong: Locator

  constructor(page: Page) {
    this.page = page
    this.right = page.locator('[data-test=right]')
    this.wrong = page.locator('[data-test=wrong]')
  }

  async chooseWave(code: string): Promise<void> {
    await this.page.locator('main').getByRole('link', { name: code }).click()
  }

  get location(): Locator {
    return this.page.locator('[data-test=location]')
  }

  /** As a scanner does it: fast keys and Enter, wherever the focus is. */
  async scan(code: string): Promise<void> {
    await this.page.locator('main').click({ position: { x: 4, y: 4 } })
    await this.page.keyboard.type(code)
    await this.page.keyboard.press('Enter')
  }
}
