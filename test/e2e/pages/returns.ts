import type { Locator, Page } from 'playwright'

/** The returns desk, worked with scanner and keys. */
export class ReturnsModel {
  readonly page: Page
  readonly right: Locator
  readonly wrong: Locator
  readonly lines: Locator

  constructor(page: Page) {
    this.page = page
    this.right = page.locator('[data-test=right]')
    this.wrong = page.locator('[data-test=wrong]')
    this.lines = page.locator('[data-test=return-line]')
  }

  /** As a scanner does it: fast keys and Enter, wherever the focus is. */
  async scan(code: string): Promise<void> {
    await this.page.keyboard.type(code)
    await this.page.keyboard.press('Enter')
  }

  async open(code: string): Promise<void> {
    await this.scan(code)
    await this.page.locator('[data-test=return-desk]').waitFor()
  }

  /** Everything that is scanned from now on goes there. */
  async goesTo(fate: 'restock' | 'quarantine' | 'discard'): Promise<void> {
    await this.page.keyboard.press({ restock: 'F2', quarantine: 'F4', discard: 'F8' }[fate])
    await this.page.locator(`[data-test=fate-${fate}][aria-checked=true]`).waitFor()
  }
}
