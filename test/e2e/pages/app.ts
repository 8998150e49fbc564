import type { Locator, Page } from 'playwright'

export type PlaceName =
  | 'Today'
  | 'Orders'
  | 'Waves'
  | 'Pick'
  | 'Pack'
  | 'Dispatch'
  | 'Catalogue'
  | 'Floor'
  | 'Cartons'
  | 'Reports'
  | 'Activity'
  | 'Couriers'
  | 'Storefronts'
  | 'Stations'
  | 'Privacy'
  | 'Settings'

/** What is on every screen. */
export class AppModel {
  readonly page: Page
  readonly title: Locator

  constructor(page: Page) {
    this.page = page
    this.title = page.locator('main h1')
  }

  async goTo(place: PlaceName): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: place, exact: true }).click()
    await this.title.filter({ hasText: place }).waitFor()
  }

  button(name: string): Locator {
    return this.page.locator('main').getByRole('button', { name, exact: true })
  }

  /** Reads the recovery key off the screen and types two groups of it back, as the screen asks. */
  async keepRecoveryKey(): Promise<string> {
    const key = (await this.page.locator('[data-test=recovery-key]').innerText()).trim()
    const groups = key.split('-')
    await this.page.locator('[data-test=recovery-part]').fill(`${groups[2]} ${groups[6]}`.toLowerCase())
    await this.button('I have written it down').click()
    await this.page.locator('[data-test=recovery-key]').waitFor({ state: 'detached' })
    return key
  }

  /** Ctrl K, a few letters, Enter. */
  async command(text: string): Promise<void> {
    await this.page.keyboard.press('Control+k')
    const field = this.page.getByRole('dialog').locator('input')
    await field.fill(text)
    await this.page.getByRole('option', { name: text }).first().waitFor()
    await this.page.keyboard.press('Enter')
  }

  /** A dialog of the toaster or of a panel that tells of success or failure. */
  toast(text: string): Locator {
    return this.page.getByText(text).first()
  }
}
