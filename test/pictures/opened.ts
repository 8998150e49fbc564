import type { Page } from 'playwright'
import { stopFading } from '../e2e/axe.ts'

/** Opens an address of the window's router in a page that is signed in, and waits until it stands still. */
export async function openAt(page: Page, address: string): Promise<void> {
  // By way of nothing: a screen is opened anew even where only its parameter differs.
  await page.evaluate("location.hash = '#/'")
  await page.evaluate(`location.hash = ${JSON.stringify(`#${address}`)}`)
  await settled(page)
}

/** The window from its beginning, with what this machine remembers by now. */
export async function reopen(page: Page): Promise<void> {
  await page.reload()
  // Before the router stands, an address that is set is lost.
  await page.locator('main h1').first().waitFor()
}

/** A screen that was only just asked for shows nothing busy yet. */
const quietMs = 200
const longestMs = 5_000

/** No skeleton, no busy mark, and no request on its way, for a moment. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: longestMs }).catch(() => undefined)
  const busy = page.locator('main [aria-busy=true], main .animate-pulse')
  let quietSince = Date.now()
  for (const until = quietSince + longestMs; Date.now() < until && Date.now() - quietSince < quietMs;) {
    await page.waitForTimeout(50)
    if ((await busy.count()) > 0) quietSince = Date.now()
  }
  await stopFading(page)
}
