import type { Locator, Page } from 'playwright'

/** The screen on which the floor is drawn, checked and walked on trial. */
export class FloorPlanModel {
  readonly page: Page
  readonly templates: Locator
  readonly canvas: Locator
  readonly question: Locator
  readonly tour: { readonly result: Locator; add(codes: string): Promise<void> }

  constructor(page: Page) {
    this.page = page
    this.templates = page.locator('[data-test=templates]')
    this.canvas = page.locator('[data-test=canvas]')
    this.question = page.locator('[data-test=ask]')
    this.tour = {
      result: page.locator('[data-test=tour]'),
      add: async (codes) => {
        await page.getByLabel('Places to walk to').fill(codes)
        await page.keyboard.press('Enter')
      },
    }
  }

  /** Chooses a template and its numbers, and begins with it by Enter. */
  async beginWith(template: string, numbers: { readonly aisles: string; readonly levels: string }): Promise<void> {
    await this.page.getByRole('radio', { name: template }).check()
    await this.templates.getByLabel('Aisles', { exact: true }).fill(numbers.aisles)
    await this.templates.getByLabel('Levels').fill(numbers.levels)
    await this.page.getByText('20 places, the first is A-01').waitFor()
    await this.page.getByRole('button', { name: 'Draw on from here' }).press('Enter')
    await this.canvas.focus()
  }

  /** What the plan says of itself. */
  async places(): Promise<number> {
    const label = (await this.canvas.getAttribute('aria-label')) ?? ''
    return Number(/(\d+) places/.exec(label)?.[1])
  }

  /** A key on the plan, as a person presses it: a scanner is faster. */
  async press(key: string): Promise<void> {
    await this.page.waitForTimeout(60)
    await this.page.keyboard.press(key)
  }

  /** Steps through the parts until this one is told. */
  async selectByKeys(name: string): Promise<void> {
    await this.canvas.focus()
    await this.press('Home')
    for (let i = 0; i < 30 && !(await this.told()).startsWith(name); i++) await this.press('PageDown')
    await this.spoken(name)
  }

  private told(): Promise<string> {
    return this.page.locator('[data-test=spoken]').innerText()
  }

  async spoken(text: string): Promise<void> {
    await this.page.locator('[data-test=spoken]', { hasText: text }).waitFor({ state: 'attached' })
  }

  async placeRange(codes: string, sides: string): Promise<void> {
    await this.press('r')
    const form = this.page.locator('[data-test=range]')
    await form.getByLabel('Codes').fill(codes)
    await form.getByLabel('First aisle').selectOption('3')
    await form.getByLabel('Sides').selectOption(sides)
    await form.getByText(/^6 places/).waitFor()
    await form.getByLabel('Codes').press('Enter')
    await this.page.getByText('6 places are drawn.').first().waitFor()
  }

  async checkSays(text: string): Promise<void> {
    await this.page.locator('[data-test=check]', { hasText: text }).waitFor()
  }

  async find(code: string): Promise<void> {
    await this.page.getByLabel('Find a place').fill(code)
    await this.page.keyboard.press('Enter')
  }

  bay(code: string): Locator {
    return this.page.locator(`[data-bay="${code}"]`)
  }

  /** Takes hold of an aisle by mouse, a third down its length, and drags it to the right. */
  async dragAisle(index: number, pixels: number): Promise<void> {
    const box = await this.page.locator('.handles .is-along').nth(index).boundingBox()
    if (!box) throw new Error('the aisle is not drawn')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 3]
    await this.page.mouse.move(x, y)
    await this.page.mouse.down()
    await this.page.mouse.move(x + pixels, y, { steps: 4 })
    await this.page.mouse.up()
  }

  /** From the selected aisle to the one before it, metres. */
  async distanceToLeft(): Promise<number> {
    return Number.parseFloat(await this.page.getByLabel('To the aisle on its left').inputValue())
  }

  /** Corners of the walk that is drawn. */
  async walkLegs(): Promise<number> {
    return ((await this.page.locator('.walk polyline').getAttribute('points')) ?? '').split(' ').length / 2
  }

  /** The only place whose box is filled. */
  hottest(): Promise<string | null> {
    return this.page.locator('[data-bay]:has(.heat)').getAttribute('data-bay')
  }

  async openPart(name: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Floor views' }).getByRole('link', { name }).click()
  }
}
