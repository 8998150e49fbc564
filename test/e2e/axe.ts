import axe from 'axe-core'
import type { Page } from 'playwright'

interface AxeWindow {
  readonly axe?: {
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

/** As much of a page's window as is touched from here; tests are compiled without the DOM. */
interface PageWindow {
  requestAnimationFrame(act: () => void): void
  readonly CSSStyleSheet: new () => { replaceSync(text: string): void }
  readonly document: {
    adoptedStyleSheets: readonly object[]
    readonly documentElement: {
      readonly dataset: Record<string, string | undefined>
      readonly classList: { toggle(name: string, isOn: boolean): void }
    }
  }
}

/** Stops of the tab key around the toasts: the library's own, they hand the focus on into the list of toasts. */
const focusGuards = 'span[aria-hidden=true][tabindex="0"]'

/** All that another theme can break: nothing but colours differs. */
const rulesOfColour = ['color-contrast', 'link-in-text-block']

/**
 * What axe finds serious or critical on the page as it stands, with the first place of each. Colours that fade into each
 * other have no contrast half way, so that nothing fades from here on: no test needs to wait for it.
 */
export async function seriousFaults(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  await stopFading(page)
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  return page.evaluate(
    async ([exclude, only]) => {
      const { violations = [] } =
        // axe.source has put it there.
        (await (globalThis as unknown as AxeWindow).axe?.run(
          { exclude: [exclude] },
          { resultTypes: ['violations'], ...(only && { runOnly: { type: 'rule', values: only } }) },
        )) ?? {}
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 160) ?? ''}`)
    },
    [focusGuards, rules && [...rules]] as const,
  )
}

/** The same in light and in dark, by the class that the window's own switch sets; leaves the page in light. */
export async function faultsInBothThemes(page: Page): Promise<readonly string[]> {
  await setDark(page, false)
  const light = await seriousFaults(page)
  await setDark(page, true)
  const dark = await seriousFaults(page, rulesOfColour)
  await setDark(page, false)
  return [...light, ...dark.map((fault) => `dark: ${fault}`)]
}

const setDark = (page: Page, isDark: boolean): Promise<void> =>
  page.evaluate(
    (dark) => (globalThis as unknown as PageWindow).document.documentElement.classList.toggle('dark', dark),
    isDark,
  )

/** A sheet made by script needs no permission of the page's policy; `<style>` would. */
export const stopFading = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { document, CSSStyleSheet: Sheet, requestAnimationFrame: next } = globalThis as unknown as PageWindow // a page has them
    if (document.documentElement.dataset['standsStill'] === undefined) {
      const sheet = new Sheet()
      sheet.replaceSync('*, *::before, *::after { transition: none !important; animation-duration: 0s !important }')
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
      document.documentElement.dataset['standsStill'] = ''
    }
    // Whatever was pressed or switched a moment ago is on the screen after two frames.
    await new Promise<void>((resolve) => next(() => next(() => resolve())))
  })
