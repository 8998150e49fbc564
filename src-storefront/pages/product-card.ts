import { html } from 'hono/html'
import type { ProductView } from '../customer/schemas.ts'
import type { Words } from '../translations/words.ts'
import type { Html } from './layout.ts'

/** Above this nobody counts. */
const fewPieces = 5

export function stockLine(words: Words, { available }: ProductView): Html {
  if (available === 0) return html`<span class="stock out">${words.say('stock.out')}</span>`
  if (available > fewPieces) return html`<span class="stock">${words.say('stock.in')}</span>`
  return html`<span class="stock few">${words.count('stock.few', available)}</span>`
}

const tints = 6

/** The product's first letter on the tint of its category: something to aim at where there are no pictures. */
export function tile({ name, category }: ProductView): Html {
  const tint = [...category].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0) % tints
  return html`<span class="tile t${tint}" aria-hidden="true">${[...name][0] ?? ''}</span>`
}

export const productCards = (words: Words, products: readonly ProductView[]): Html => html`
  <ul class="cards">
    ${products.map(
      (product) =>
        html`<li class="card">
          ${tile(product)}
          <h3><a href="${product.href}" dir="auto">${product.name}</a></h3>
          <span class="price">${words.money(product.price)}</span>
          ${stockLine(words, product)}
        </li>`,
    )}
  </ul>
`
