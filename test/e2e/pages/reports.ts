import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright'

/** A file as a person gets it: its name and what is in it. */
export interface SavedFile {
  readonly name: string
  readonly text: string
}

/** Saves what a button gives. */
export async function savedBy(page: Page, button: Locator): Promise<SavedFile> {
  const downloading = page.waitForEvent('download')
  await button.click()
  const download = await downloading
  return { name: download.suggestedFilename(), text: readFileSync((await download.path()) ?? '', 'utf8') }
}

/** How it goes: figures, charts and lists of a period. */
export class ReportsModel {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  figure(key: 'perHour' | 'parcels' | 'cost' | 'metres' | 'minutes' | 'late'): Locator {
    return this.page.locator(`[data-test=${key}]`)
  }

  chart(title: string): Locator {
    return this.page.locator('figure').filter({ has: this.page.getByRole('heading', { name: title }) })
  }

  /** A list with its heading. */
  part(title: string): Locator {
    return this.page
      .locator('section')
      .filter({ has: this.page.getByRole('heading', { name: title }) })
      .last()
  }

  async choose(period: string): Promise<void> {
    await this.page.getByRole('group', { name: 'Period' }).getByRole('button', { name: period, exact: true }).click()
  }

  save(part: string): Promise<SavedFile> {
    return savedBy(this.page, this.page.getByRole('button', { name: `Save as CSV: ${part}` }))
  }
}

/** Who did what. */
export class ActivityModel {
  readonly page: Page
  readonly list: Locator

  constructor(page: Page) {
    this.page = page
    this.list = page.getByRole('grid', { name: 'Activity' })
  }

  async choose(what: 'Who' | 'What was done' | 'To what', value: string): Promise<void> {
    await this.page.getByRole('combobox', { name: what, exact: true }).selectOption({ label: value })
  }

  save(): Promise<SavedFile> {
    return savedBy(this.page, this.page.getByRole('button', { name: 'Save as CSV', exact: true }))
  }
}
