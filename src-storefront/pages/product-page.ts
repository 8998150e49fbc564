import { html } from 'hono/html'
import type { ProductView } from '../customer/schemas.ts'
import type { Key, Words } from '../translations/words.ts'
import { categoryName } from './catalogue-pages.ts'
import { hidden, page, nothing, type Frame, type Html } from './layout.ts'
import { stockLine, tile } from './product-card.ts'

export function productPage(frame: Frame, product: ProductView, stillFits: boolean | undefined): Html {
  const { words } = frame
  const { category, sku } = product
  const tax = words.say('product.tax', { rate: words.percent(product.taxRate) })
  return page(frame, {
    title: product.name,
    crumbs: [
      { name: categoryName(words, category), href: `/search?${new URLSearchParams({ category }).toString()}` },
      { name: product.name, href: product.href },
    ],
    body: html`
      <div class="product">
        ${tile(product)}
        <div>
          <p class="price big">${words.money(product.price)} <small class="soft">${tax}</small></p>
          <p>${stockLine(words, product)}</p>
          ${product.available > 0 ? addForm(frame, product) : nothing}
          ${stillFits === undefined ? nothing : html`<p class="box">${words.say(stillFits ? 'product.fits' : 'product.fitsNot')}</p>`}
          <p dir="auto">${product.description}</p>
        </div>
      </div>
      ${handlingSection(words, product)}
      <h2>${words.say('product.details')}</h2>
      <dl class="facts">
        ${measures(words, product).map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
        <div>
          <dt>${words.say('product.sku')}</dt>
          <dd>${sku}</dd>
        </div>
        ${
          product.gtin === undefined
            ? nothing
            : html`<div>
                <dt>${words.say('product.gtin')}</dt>
                <dd>${product.gtin}</dd>
              </div>`
        }
      </dl>
    `,
  })
}

const addForm = (frame: Frame, product: ProductView): Html => html`
  <form action="/cart" method="post" class="add">
    ${hidden(frame)}<input type="hidden" name="sku" value="${product.sku}" />
    <label for="quantity" class="away">${frame.words.say('product.quantity')}</label>
    <input
      id="quantity"
      type="number"
      name="quantity"
      value="1"
      min="1"
      max="${Math.min(999, product.available)}"
      inputmode="numeric"
    />
    <button>${frame.words.say('product.add')}</button>
  </form>
`

function measures(words: Words, { weightG, sizeMm, volumeCm3 }: ProductView): readonly (readonly [string, string])[] {
  return [
    ...(weightG === undefined ? [] : [[words.say('product.weight'), words.weight(weightG)] as const]),
    ...(sizeMm === undefined ? [] : [[words.say('product.size'), words.centimetres(sizeMm)] as const]),
    ...(volumeCm3 === undefined ? [] : [[words.say('product.volume'), words.litres(volumeCm3)] as const]),
  ]
}

function handlingSection(words: Words, { handling }: ProductView): Html {
  const hints: Key[] = [
    ...(handling.temperature === 'chilled' ? (['handling.chilled'] as const) : []),
    ...(handling.temperature === 'frozen' ? (['handling.frozen'] as const) : []),
    ...(handling.fragile === true ? (['handling.fragile'] as const) : []),
    ...(handling.orientation === 'upright' ? (['handling.upright'] as const) : []),
    ...(handling.alone === true ? (['handling.alone'] as const) : []),
    ...(handling.ownBox === true ? (['handling.ownBox'] as const) : []),
    ...(handling.dangerousG !== undefined && handling.dangerousG > 0 ? (['handling.dangerous'] as const) : []),
    ...(handling.foldedMm !== undefined ? (['handling.folded'] as const) : []),
  ]
  if (hints.length === 0) return nothing
  return html`<h2>${words.say('product.handling')}</h2>
    <ul>
      ${hints.map((hint) => html`<li>${words.say(hint)}</li>`)}
    </ul>`
}
