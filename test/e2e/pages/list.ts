import type { Locator, Page } from 'playwright'

/** Any list of the program: found by its name, worked like a person does. */
export class ListModel {
  readonly grid: Locator
  readonly page: Page

  constructor(page: Page, name: string) {
    this.page = page
    this.grid = page.getByRole('grid', { name, exact: true })
  }

  /** Rows in view, without the head. */
  get rows(): Locator {
    return this.grid.locator('.row')
  }

  /** As many rows as the list says it has. */
  async count(): Promise<number> {
    return Number(await this.grid.getAttribute('aria-rowcount')) - 1
  }

  async search(text: string): Promise<void> {
    await this.page.keyboard.press('/')
    await this.page.locator('main input[type=search]').fill(text)
  }

  async sortBy(column: string): Promise<void> {
    await this.grid.getByRole('button', { name: column }).click()
  }

  async openRow(text: string): Promise<void> {
    await this.rows.filter({ hasText: text }).first().click()
  }

  /** Into the list from the search field, some rows down, and open. */
  async openByKeys(down: number): Promise<void> {
    await this.grid.focus()
    for (let i = 0; i < down; i++) await this.page.keyboard.press('ArrowDown')
    await this.page.keyboard.press('Enter')
  }
}
