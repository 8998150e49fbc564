import type { Page } from 'playwright'
import { stopFading } from '../e2e/axe.ts'

/** Opens an address of the window's router in a page that is signed in, and waits until it stands still. */
export async function openAt(page: Page, address: string): Promise<void> {
  // By way of nothing: a screen is opened anew even where only its parameter differs.
  await page.evaluate("location.hash = '#/'")
  await page.evaluate(`location.hash = ${JSON.stringify(`#${address}`)}`)
  await settled(page)
}

/** No skeleton, no busy mark, and no request on its way. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined)
  const busy = page.locator('main [aria-busy=true], main .animate-pulse')
  for (const until = Date.now() + 5_000; Date.now() < until && (await busy.count()) > 0;) await page.waitForTimeout(50)
  await stopFading(page)
}
