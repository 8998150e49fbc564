import type { Locator, Page } from 'playwright'

/** The manager's screen for stations and staff. */
export class StationsModel {
  readonly page: Page
  readonly offer: Locator

  constructor(page: Page) {
    this.page = page
    this.offer = page.locator('[data-test=offer]')
  }

  async part(name: 'Terminals' | 'Staff'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Parts of stations and staff' }).getByRole('link', { name }).click()
  }

  async addPerson(name: string, role: 'Manager' | 'Packer' | 'Picker', pin: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Add a person' }).click()
    const form = this.page.locator('[data-test=staff-form]')
    await form.getByRole('textbox', { name: 'Name' }).fill(name)
    await form.getByRole('combobox').click()
    await this.page.getByRole('option', { name: role }).click()
    // A list that closes takes the focus back to its button.
    await this.page.getByRole('listbox').waitFor({ state: 'detached' })
    await form.getByLabel('PIN').fill(pin)
    await form.getByLabel('PIN').press('Enter')
    await form.waitFor({ state: 'detached' })
  }

  async openNetwork(port: number): Promise<void> {
    await this.page.getByRole('spinbutton', { name: 'Port' }).fill(String(port))
    await this.page.getByRole('button', { name: 'Open for tablets' }).click()
    await this.page.locator('[data-test=fingerprint]').waitFor()
  }

  /** Answers what the screen shows: the address of the pairing page and the code. */
  async showCode(name: string): Promise<{ readonly address: string; readonly code: string }> {
    await this.page.locator('[data-test=terminal-name]').fill(name)
    await this.page.keyboard.press('Enter')
    const address = await this.page.locator('[data-test=pair-address]').innerText()
    return { address, code: await this.page.locator('[data-test=pair-code]').innerText() }
  }

  terminal(name: string): Locator {
    return this.page.locator('[data-test=terminal]').filter({ hasText: name })
  }
}

/** A tablet before anybody works at it. */
export class TabletModel {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async pair(address: string, code: string): Promise<void> {
    await this.page.goto(address)
    await this.page.locator('[data-test=pairing-code]').fill(code)
    await this.page.keyboard.press('Enter')
    await this.page.getByRole('heading', { name: 'Who is here?' }).waitFor()
  }

  async signIn(name: string, pin: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click()
    await this.page.keyboard.type(pin)
    await this.page.keyboard.press('Enter')
  }
}
