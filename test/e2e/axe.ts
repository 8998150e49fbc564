import axe from 'axe-core'
import type { Page } from 'playwright'

interface AxeWindow {
  readonly axe: {
    run(
      context: object,
      options: object,
    ): Promise<{
      readonly violations: readonly {
        readonly id: string
        readonly impact?: string
        readonly nodes: readonly { readonly html: string }[]
      }[]
    }>
  }
}

/** Stops of the tab key around the toasts: the library's own, they hand the focus on into the list of toasts. */
const focusGuards = 'span[aria-hidden=true][tabindex="0"]'

/** What axe finds serious or critical on the page as it stands, with the first place of each. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async (exclude) => {
    // axe.source has put it there.
    const { violations } = await (globalThis as unknown as AxeWindow).axe.run(
      { exclude: [exclude] },
      { resultTypes: ['violations'] },
    )
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 160) ?? ''}`)
  }, focusGuards)
}
