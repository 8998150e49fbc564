import { html } from 'hono/html'
import type { ProductView, SearchAnswer } from '../customer/schemas.ts'
import { hidden, money, page, type Frame, type Html } from './layout.ts'

const stockLine = (product: ProductView): Html =>
  product.available > 0
    ? html`<span class="soft">${product.available > 5 ? 'In stock' : `Only ${product.available} left`}</span>`
    : html`<span class="warn">Out of stock</span>`

const addForm = (frame: Frame, product: ProductView): Html => html`
  <form action="/cart" method="post" class="inline">
    ${hidden(frame)}<input type="hidden" name="sku" value="${product.sku}" />
    <input type="number" name="quantity" value="1" min="1" max="999" aria-label="Quantity of ${product.name}" />
    <button>Add to basket</button>
  </form>
`

const card = (product: ProductView): Html => html`
  <li class="card">
    <h3><a href="${product.href}">${product.name}</a></h3>
    <span class="soft">${product.category}</span>
    <span class="price">${money(product.price)}</span>
    ${stockLine(product)}
  </li>
`

export function searchPage(frame: Frame, answer: SearchAnswer): Html {
  const title = answer.category ?? (answer.query === '' ? 'Welcome' : `Results for "${answer.query}"`)
  const next = answer.offset + answer.products.length
  const corrected =
    answer.searchedFor === undefined
      ? ''
      : html`<p class="box">Nothing is called exactly that. Shown: <strong>${answer.searchedFor}</strong>.</p>`
  const nothing =
    answer.total === 0 && (answer.query !== '' || answer.category !== undefined)
      ? html`<p>Nothing found. Try another word, or look through the categories.</p>`
      : ''
  return page(
    { ...frame, query: answer.query },
    title,
    html`
      ${corrected} ${nothing}
      <ul class="cards">
        ${answer.products.map(card)}
      </ul>
      ${
        next < answer.total
          ? html`<p><a href="/search?${moreQuery(answer, next)}">More (${answer.total - next})</a></p>`
          : ''
      }
      <h2>Categories</h2>
      <ul class="chips">
        ${answer.categories.map(
          (category) => html`<li><a href="${category.href}">${category.name} (${category.products})</a></li>`,
        )}
      </ul>
    `,
  )
}

const moreQuery = (answer: SearchAnswer, offset: number): string =>
  new URLSearchParams({
    ...(answer.query !== '' && { q: answer.query }),
    ...(answer.category !== undefined && { category: answer.category }),
    offset: String(offset),
  }).toString()

export function productPage(frame: Frame, product: ProductView, stillFits: boolean | undefined): Html {
  const fits =
    stillFits === undefined
      ? ''
      : html`<p class="box">
          ${
            stillFits
              ? 'This still fits in the same parcels as your basket.'
              : 'With this your order takes one more parcel.'
          }
        </p>`
  return page(
    frame,
    product.name,
    html`
      <p class="soft">${product.category}</p>
      <p>${product.description}</p>
      <p class="price">${money(product.price)} <span class="soft">incl. ${product.taxRate} % tax</span></p>
      <p>${stockLine(product)}</p>
      ${fits} ${product.available > 0 ? addForm(frame, product) : ''}
    `,
  )
}
