import type { Page } from 'playwright'
import type { Filling } from '../options.ts'
import type { PictureShop } from '../shops.ts'

/** A picture of what is only there after somebody did something: a panel, a toast, a result. */
export interface Scene {
  /** The route's name first, then what is seen: `orders-order-held`. Never the name of a view that is taken anyway. */
  readonly name: string
  /** The shop it is taken in; the busy one unless told. */
  readonly filling?: Filling | undefined
  readonly address: (parameters: PictureShop['parameters']) => string
  /**
   * What a person does there. Taken once per language: it finds its way by keys, roles and `data-test`, never by words,
   * and ends only when what the picture is about is to be seen (a locator's `waitFor`).
   */
  readonly act: (page: Page, shop: PictureShop) => Promise<void>
  /** Puts the shop back where the deed changed what other pictures show. */
  readonly after?: ((page: Page, shop: PictureShop) => Promise<void>) | undefined
}
