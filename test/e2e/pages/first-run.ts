import type { Locator, Page } from 'playwright'
import { AppModel } from './app.ts'

/** The assistant of the first start. */
export class FirstRunModel {
  readonly page: Page
  readonly app: AppModel

  constructor(page: Page) {
    this.page = page
    this.app = new AppModel(page)
  }

  get heading(): Locator {
    return this.page.locator('main h2').first()
  }

  step(name: string): Locator {
    return this.page.getByRole('navigation', { name: 'Steps of setting up' }).getByRole('link', { name })
  }

  /** Goes on by the keys alone, whatever the button says. */
  async goOn(): Promise<void> {
    const before = await this.heading.textContent()
    await this.page.keyboard.press('Control+Enter')
    await this.page.waitForFunction((text) => {
      const page = globalThis as unknown as { document: { querySelector(of: string): { textContent: string } | null } }
      return page.document.querySelector('main h2')?.textContent !== text
    }, before)
  }

  /** Tab until the control of that name has the focus, then Enter: as somebody without a mouse does it. */
  async pressByKeys(name: string): Promise<void> {
    const wanted = this.page.locator('main').getByRole('button', { name, exact: true })
    await wanted.waitFor()
    for (let n = 0; n < 60; n++) {
      if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) break
      await this.page.keyboard.press('Tab')
    }
    await this.page.keyboard.press('Enter')
  }
}
