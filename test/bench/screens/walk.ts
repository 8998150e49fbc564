import type { Page } from 'playwright'
import type { Times } from './times.ts'

/** Put into the page before its own scripts: how many questions are on their way, and how many have ever been asked. */
export const countCalls = `
  window.bench = { asked: 0, open: 0 }
  const plainFetch = window.fetch
  window.fetch = async (...given) => {
    if (!String(given[0]?.url ?? given[0]).includes('/call/')) return plainFetch(...given)
    bench.asked += 1
    bench.open += 1
    try { return await plainFetch(...given) } finally { setTimeout(() => { bench.open -= 1 }) }
  }`

/** Nothing on its way, no skeleton on the screen: what a person waits for. */
export const isAtRest = `bench.open === 0 && !document.querySelector('main [aria-busy=true], main .animate-pulse, aside .animate-pulse')`

/**
 * Milliseconds from doing something until the screen is at rest, taken inside the page, so that nothing of the test's own
 * machinery counts. `asks`: it cannot be over before a question has been asked, were it after a pause in typing.
 */
const timed = (act: string, asks: boolean, until = 'true'): string => `(async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const before = bench.asked
  const title = () => document.querySelector('main h1')?.textContent ?? ''
  const titleBefore = title()
  const from = performance.now()
  ${act}
  await frame()
  for (;;) {
    await frame()
    const now = performance.now() - from
    if (now > 10_000) throw new Error('no rest: ' + [location.hash, bench.open, title(), document.querySelector('main [aria-busy=true], main .animate-pulse, aside .animate-pulse')?.outerHTML.slice(0, 200)].join(' '))
    if ((${!asks} || bench.asked > before) && (${until}) && ${isAtRest}) return now
  }
})()`

const type = (text: string): string => `
  const field = document.querySelector('main input[type=search]')
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, ${JSON.stringify(text)})
  field.dispatchEvent(new Event('input', { bubbles: true }))`
const grid = `document.querySelector('main [role=grid]')`
const scroll = (share: number): string => `${grid}.scrollTop = ${grid}.scrollHeight * ${share}`
const press = (column: number): string =>
  `document.querySelectorAll('main [role=columnheader] button')[${column}].click()`
const open = (row: number): string => `document.querySelectorAll('main [role=grid] [role=row][aria-selected]')[${row}]?.click()` // prettier-ignore

/** Goes there as a press in the side bar does, and waits until it is at rest. */
export async function goTo(page: Page, address: string): Promise<number> {
  if ((await page.evaluate<string>('location.hash')) === `#${address}`) return 0
  return page.evaluate<number>(
    timed(
      `document.querySelector('#app').__vue_app__.config.globalProperties.$router.push('${address}')`,
      false,
      "title() !== '' && title() !== titleBefore",
    ),
  )
}

/** A list as people use it: jumps through it, every column, words typed letter by letter, one panel after the other. */
export async function walkList(page: Page, name: string, words: readonly string[]): Promise<readonly Times[]> {
  const of = (what: string): Times => ({ what: `${name}: ${what}`, ms: [] })
  const [search, clear, sort, jump, panel] = [of('search as typed'), of('search emptied'), of('sort by a column'), of('scroll to anywhere'), of('open a panel')] // prettier-ignore
  const measure = async ({ ms }: Times, act: string, asks = true): Promise<void> =>
    void ms.push(await page.evaluate<number>(timed(act, asks)))
  for (let round = 0; round < 20; round++) await measure(jump, scroll(((round * 37) % 100) / 101), false)
  const columns = await page.locator('main [role=columnheader] button').count()
  for (let column = 0; column < columns; column++)
    for (let turn = 0; turn < 4; turn++) await measure(sort, press(column))
  for (const word of words) {
    for (let letters = 1; letters <= word.length; letters++) await measure(search, type(word.slice(0, letters)))
    await measure(clear, type(''))
  }
  for (let row = 0; row < 12; row++) await measure(panel, open(row), false)
  await page.keyboard.press('Escape')
  return [search, clear, sort, jump, panel]
}
