import type { Locator, Page } from 'playwright'

/** The assistant that connects a storefront, and the list of those that are connected. */
export class StorefrontsModel {
  readonly page: Page
  readonly box: Locator

  constructor(page: Page) {
    this.page = page
    this.box = page.locator('[data-test=storefronts]')
  }

  async look(address: string): Promise<void> {
    await this.box.getByLabel('Address of the shop').fill(address)
    await this.press('Look')
  }

  async tryToken(token: string): Promise<void> {
    await this.box.getByLabel('Access token').fill(token)
    await this.press('Test')
  }

  /** Both parts of a WooCommerce key, `ck_...:cs_...`. */
  async tryKeyPair(pair: string): Promise<void> {
    const [key = '', secret = ''] = pair.split(':')
    await this.box.getByLabel('Consumer key').fill(key)
    await this.box.getByLabel('Consumer secret').fill(secret)
    await this.press('Test')
  }

  async changeKey(address: string): Promise<void> {
    await this.box
      .getByRole('listitem')
      .filter({ hasText: address })
      .getByRole('button', { name: 'Change key' })
      .click()
  }

  /** What may be chosen of a connected shop, while it is open. */
  choices(): Locator {
    return this.box.locator('[data-test=choices]')
  }

  async press(name: string): Promise<void> {
    await this.box.getByRole('button', { name, exact: true }).click()
  }

  /** One thing that was tried, by its words: `(fine)`, or what is wrong. */
  async found(check: string, words: string): Promise<void> {
    await this.check(check).filter({ hasText: words }).waitFor()
  }

  async startOver(address: string): Promise<void> {
    await this.page.reload()
    await this.look(address)
  }

  /** What is disputed about an order. */
  conflict(order: string): Locator {
    return this.page.locator('[data-test=conflict]').filter({ hasText: order })
  }

  /** What came and went, newest first. */
  log(): Locator {
    return this.page.locator('[data-test=sync-log] li')
  }

  /** What is wrong, in the words a person reads. */
  problem(): Locator {
    return this.box.getByRole('alert')
  }

  check(words: string): Locator {
    return this.box.getByRole('listitem').filter({ hasText: words })
  }

  /** The numbers of the first round. */
  firstRound(): Locator {
    return this.box.locator('[data-test=first-round]')
  }
}
