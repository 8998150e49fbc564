import type { Locator, Page } from 'playwright'
import { FloorModel } from './floor.ts'

/** More stops of the Tab key than anybody would put up with on the way to a thing on the screen. */
const mostTabs = 60
/** Slower than any scanner: where one is awaited, what comes faster is not taken for typing. */
const betweenKeysMs = 45

/** Counts fingers and mice from here on, whatever moves them. */
const countPointers = `
  globalThis.pointersSeen = []
  for (const name of ['pointerdown', 'mousedown', 'touchstart', 'pointermove', 'wheel'])
    addEventListener(name, ({ type }) => globalThis.pointersSeen.push(type), { capture: true, passive: true })`

/**
 * Somebody at the screen with a keyboard and a scanner, who knows nothing but what can be read there: presses the keys
 * that are shown, and goes by Tab to what shows none. There is no other way to act in here, and no page to act on.
 */
export class Person {
  readonly #page: Page
  readonly #floor: FloorModel

  private constructor(page: Page) {
    this.#page = page
    this.#floor = new FloorModel(page)
  }

  static async at(page: Page): Promise<Person> {
    await page.evaluate(countPointers)
    return new Person(page)
  }

  /** What a pointer did since this person came; undefined when the page was loaded anew and nobody counted. */
  async pointers(): Promise<readonly string[] | undefined> {
    return this.#page.evaluate('globalThis.pointersSeen')
  }

  /** Under that heading, where one is given. */
  async sees(text: string | RegExp, heading?: string): Promise<void> {
    const part = this.#page.locator('section').filter({ has: this.#page.getByRole('heading', { name: heading ?? '' }) })
    const where = heading === undefined ? this.#page.locator('body') : part.last()
    await where.getByText(text).filter({ visible: true }).first().waitFor()
  }

  /** Waits for a sentence of that form and answers what stands in its first brackets. */
  async reads(sentence: RegExp): Promise<string> {
    const shown = this.#page.getByText(sentence).filter({ visible: true }).first()
    return sentence.exec((await shown.textContent()) ?? '')?.[1] ?? ''
  }

  /** A button, link or choice of that name: by the keys that stand on it, else by Tab and Enter. */
  async presses(name: string): Promise<void> {
    const control = this.#named(name)
    await control.waitFor()
    const keys = await control.locator('kbd').allTextContents()
    if (keys.length > 0 && !(await this.#isWriting())) return this.#strike(keys.join(' '))
    await this.#tabTo(control, name)
    await this.#page.keyboard.press('Enter')
  }

  /** Another screen: by the keys beside its name, or by name in the palette while the keys would write into a field. */
  async goesTo(place: string): Promise<void> {
    const link = this.#page.getByRole('navigation').first().getByRole('link', { name: place, exact: true })
    if (!(await this.#isWriting())) await this.#strike((await link.locator('kbd').textContent()) ?? '')
    else {
      await this.finds(place)
    }
    await this.#page.locator('main h1').filter({ hasText: place }).waitFor()
  }

  /** In the palette, whose keys stand at the foot of the side bar. */
  async finds(name: string): Promise<void> {
    const palette = this.#page
      .getByRole('navigation')
      .first()
      .getByRole('button', { name: /command/i })
    await this.#strike((await palette.locator('kbd').textContent()) ?? '')
    await this.#page.getByRole('dialog').waitFor()
    await this.types(name)
    await this.#page.locator('[role=option][data-highlighted]').filter({ hasText: name }).waitFor()
    await this.#page.keyboard.press('Enter')
  }

  /** Into the field of that name, or where the cursor is. */
  async types(text: string, field?: string): Promise<void> {
    if (field !== undefined) {
      // What has to be told is marked by a star.
      const label = new RegExp(`^${field.replace(/[()]/g, '[$&]')}\\*?$`)
      await this.#tabTo(this.#page.locator('main').getByLabel(label).filter({ visible: true }), field)
      await this.#page.keyboard.press('Control+a')
    }
    const isScanAwaited = (await this.#page.getByRole('textbox', { name: /^scan /i }).count()) > 0
    await this.#page.keyboard.type(text, { delay: isScanAwaited ? betweenKeysMs : 0 })
  }

  /** What a mail brought, from the clipboard. */
  async pastes(text: string, field: string): Promise<void> {
    await this.#tabTo(this.#page.getByRole('textbox', { name: field }).first(), field)
    await this.#page.keyboard.insertText(text)
  }

  /** One of a list that drops down. */
  async chooses(option: string, list: string): Promise<void> {
    await this.#tabTo(this.#page.getByRole('combobox', { name: list }), list)
    await this.#page.keyboard.press('Enter')
    await this.#page.getByRole('option', { name: option }).waitFor()
    await this.#page.keyboard.press('Home')
    await this.#arrowTo(this.#page.locator('[role=option][data-highlighted]').filter({ hasText: option }), option)
    await this.#page.keyboard.press('Enter')
  }

  /** One of several that stand side by side. */
  async picks(option: string): Promise<void> {
    const wanted = this.#page.getByRole('radio', { name: option, exact: true })
    await this.#tabTo(this.#page.getByRole('radiogroup').filter({ has: wanted }).getByRole('radio'), option)
    await this.#arrowTo(wanted.and(this.#page.locator(':focus')), option, 'ArrowRight')
    await this.#page.keyboard.press('Space')
  }

  async strikes(keys: string): Promise<void> {
    await this.sees(keys)
    await this.#strike(keys)
  }

  async scans(code: string): Promise<void> {
    await this.#floor.burst(code)
  }

  #named(name: string): Locator {
    const shown = new RegExp(`^${name}(\\s|$)`)
    const main = this.#page.locator('main')
    return main
      .getByRole('button', { name: shown })
      .or(main.getByRole('link', { name: shown }))
      .first()
  }

  async #tabTo(control: Locator, name: string): Promise<void> {
    await control.first().waitFor()
    for (let n = 0; n < mostTabs; n++) {
      if ((await control.and(this.#page.locator(':focus')).count()) > 0) return
      await this.#page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not come to "${name}".`)
  }

  async #arrowTo(wanted: Locator, name: string, arrow = 'ArrowDown'): Promise<void> {
    for (let n = 0; n < mostTabs; n++) {
      // The mark follows the keys a moment later.
      await this.#page.evaluate('new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))')
      if ((await wanted.count()) > 0) return
      await this.#page.keyboard.press(arrow)
    }
    throw new Error(`The arrows do not come to "${name}".`)
  }

  /** Keys as they are written on the screen: `g o` one after the other, `Ctrl K` together. */
  async #strike(shown: string): Promise<void> {
    const keys = shown.trim().split(/\s+/)
    if (keys[0] === '') throw new Error('No keys are shown.')
    if (keys[0] === 'Ctrl') return this.#page.keyboard.press(`Control+${keys[1]?.replace(/^[↵]$/, 'Enter')}`)
    for (const key of keys) await this.#page.keyboard.press(key)
  }

  #isWriting = async (): Promise<boolean> => (await this.#page.locator('input:focus, textarea:focus').count()) > 0
}
