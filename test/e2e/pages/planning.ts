import type { Locator, Page } from 'playwright'
import { ListModel } from './list.ts'

/** "Plan a wave": orders with ticks, and what they come to. */
export class PlanningModel {
  readonly page: Page
  readonly list: ListModel
  readonly chosen: Locator

  constructor(page: Page) {
    this.page = page
    this.list = new ListModel(page, 'Plan a wave')
    this.chosen = page.locator('[data-test=chosen]')
  }

  total(of: 'orders' | 'parcels' | 'walk' | 'minutes' | 'cost'): Locator {
    return this.page.locator(`[data-test=total-${of}]`)
  }

  /** What stands there once nothing is planned any more. */
  async totals(): Promise<readonly string[]> {
    await this.page.locator('[data-test=totals][aria-busy=false]').waitFor()
    return Promise.all(
      (['orders', 'parcels', 'walk', 'minutes', 'cost'] as const).map((of) => this.total(of).innerText()),
    )
  }

  /** `2 × M` for each carton that is needed. */
  cartons(): Promise<readonly string[]> {
    return this.page.locator('[data-test=total-cartons] li').allInnerTexts()
  }

  /** What cannot be planned of the chosen orders, and what is on hold. */
  get unplanned(): Locator {
    return this.page.locator('[data-test=unplanned-list]')
  }

  get held(): Locator {
    return this.page.locator('[data-test=held-list]')
  }
}

/** A parcel's picture, turned and stepped through. */
export class ParcelModel {
  readonly page: Page
  readonly root: Locator

  constructor(page: Page, root: Locator) {
    this.page = page
    this.root = root
  }

  get picture(): Locator {
    return this.root.locator('canvas[data-test=solid]')
  }

  get sentence(): Locator {
    return this.root.locator('[data-test=step-sentence]')
  }

  /** How many different colours the picture shows: none before anything is drawn. */
  colours(): Promise<number> {
    return this.picture.evaluate((element) => {
      const canvas = element as unknown as CanvasLike
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
      const seen = new Set<number>()
      for (let at = 0; at < data.length; at += 4)
        if ((data[at + 3] ?? 0) > 250)
          seen.add(((data[at] ?? 0) << 16) + ((data[at + 1] ?? 0) << 8) + (data[at + 2] ?? 0))
      return seen.size
    })
  }

  /** The picture as one number: another one after it was turned. */
  imprint(): Promise<number> {
    return this.picture.evaluate((element) => {
      const canvas = element as unknown as CanvasLike
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
      let sum = 0
      for (let at = 0; at < data.length; at += 1) sum = (sum * 31 + (data[at] ?? 0)) % 1_000_003
      return sum
    })
  }
}

/** As much of a canvas as is touched from here; tests are compiled without the DOM. */
interface CanvasLike {
  readonly width: number
  readonly height: number
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray }
  }
}
