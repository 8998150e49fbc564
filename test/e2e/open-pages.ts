import type { Page } from 'playwright'

const open = new Set<Page>()

/** Pages that tests stand at just now. */
export const openPages: ReadonlySet<Page> = open

/**
 * From here on the page is told of when a test fails, and `reload` waits until there is something to press keys at:
 * what is pressed before is pressed at nothing.
 */
export function watchPage(page: Page): void {
  open.add(page)
  page.once('close', () => open.delete(page))
  const reload = page.reload.bind(page)
  page.reload = async (options) => {
    const answer = await reload(options)
    await page.locator('h1').first().waitFor()
    return answer
  }
}
