import { html } from 'hono/html'
import type { ProductView, SearchAnswer } from '../customer/schemas.ts'
import { sortings } from '../store/category-listing.ts'
import type { Words } from '../translations/words.ts'
import { page, nothing, type Frame, type Html } from './layout.ts'
import { productCards } from './product-card.ts'

type Category = SearchAnswer['categories'][number]

export const categoryName = (words: Words, name: string): string =>
  name === '' ? words.say('list.otherCategory') : name

const chips = (words: Words, categories: readonly Category[], present?: string): Html => html`
  <ul class="chips">
    ${categories.map(
      ({ name, href, products }) =>
        html`<li>
          <a
            href="${href}"
            ${name === present ? html`aria-current="true"` : ''}
            aria-label="${categoryName(words, name)}, ${words.count('start.products', products)}"
            ><span dir="auto">${categoryName(words, name)}</span> <span class="count">${products}</span></a
          >
        </li>`,
    )}
  </ul>
`

export function startPage(
  frame: Frame,
  { categories, products }: { readonly categories: readonly Category[]; readonly products: readonly ProductView[] },
): Html {
  const { words, shopName } = frame
  return page(frame, {
    title: words.say('start.title', { shop: shopName }),
    body: html`
      <p class="lead">${words.say('start.lead')}</p>
      <h2>${words.say('start.categories')}</h2>
      ${chips(words, categories)}
      <h2>${words.say('start.shelf')}</h2>
      ${productCards(words, products)}
    `,
  })
}

/** A category, or what a search has found. */
export function listingPage(frame: Frame, answer: SearchAnswer): Html {
  const { words } = frame
  const { query, category } = answer
  const isSearch = query !== ''
  const name = category === undefined ? undefined : categoryName(words, category)
  const title = isSearch ? words.say('search.results', { query }) : (name ?? words.say('search.title'))
  const tooMany = answer.facets !== undefined && answer.facets.length > 1 ? answer.facets : undefined
  return page(
    { ...frame, query },
    {
      title,
      ...(!isSearch && category !== undefined && { crumbs: [{ name: title, href: hrefWith(answer, {}) }] }),
      body: html`
        ${remarks(words, answer)} ${isSearch && tooMany !== undefined ? facets(words, answer, tooMany) : nothing}
        ${!isSearch && category !== undefined ? sorting(words, answer) : nothing}
        ${answer.total > 0 ? html`<p class="soft">${words.count('start.products', answer.total)}</p>` : nothing}
        ${productCards(words, answer.products)} ${pager(words, answer)}
        ${
          answer.total === 0 || !isSearch
            ? html`<h2>${words.say('start.categories')}</h2>
                ${chips(words, answer.categories, category)}`
            : nothing
        }
      `,
    },
  )
}

function remarks(words: Words, answer: SearchAnswer): Html {
  const { query, searchedFor, didYouMean = [] } = answer
  if (answer.total === 0 && query === '') return html`<p class="box">${words.say('list.empty')}</p>`
  const nearest = html`<p>
    ${words.say('search.didYouMean')}
    ${didYouMean.map((other) => html`<a class="guess" href="/search?${new URLSearchParams({ q: other }).toString()}" dir="auto">${other}</a> `)}
  </p>`
  if (answer.total === 0) {
    return html`<div class="box">
      <p>${words.say('search.nothing', { query })} ${words.say('search.tip')}</p>
      ${didYouMean.length === 0 ? nothing : nearest}
    </div>`
  }
  return searchedFor === undefined
    ? nothing
    : html`<p class="box">${words.say('search.corrected', { words: searchedFor })}</p>`
}

const facets = (words: Words, answer: SearchAnswer, found: readonly Category[]): Html => html`
  <nav aria-label="${words.say('search.narrow')}">
    <ul class="chips">
      <li>
        <a
          href="/search?${new URLSearchParams({ q: answer.query }).toString()}"
          ${answer.category === undefined ? html`aria-current="true"` : ''}
          >${words.say('search.allCategories')}</a
        >
      </li>
      ${found.map(
        ({ name, href, products }) =>
          html`<li>
            <a href="${href}" ${name === answer.category ? html`aria-current="true"` : ''}
              ><span dir="auto">${categoryName(words, name)}</span> <span class="count">${products}</span></a
            >
          </li>`,
      )}
    </ul>
  </nav>
`

const sorting = (words: Words, answer: SearchAnswer): Html => html`
  <form action="/search" class="sorting">
    <input type="hidden" name="category" value="${answer.category ?? ''}" />
    <label for="sort">${words.say('list.sort')}</label>
    <select id="sort" name="sort">
      ${sortings.map(
        (one) =>
          html`<option value="${one}" ${one === answer.sort ? 'selected' : ''}>
            ${words.say(`list.sort.${one}`)}
          </option>`,
      )}
    </select>
    <label class="check"
      ><input type="checkbox" name="inStock" value="true" ${answer.inStock === true ? 'checked' : ''} />
      ${words.say('list.inStock')}</label
    >
    <button class="quiet">${words.say('list.apply')}</button>
  </form>
`

/** The address of this list with something changed. */
const hrefWith = (answer: SearchAnswer, change: { readonly offset?: number }): string =>
  `/search?${new URLSearchParams({
    ...(answer.query !== '' && { q: answer.query }),
    ...(answer.category !== undefined && { category: answer.category }),
    ...(answer.sort !== undefined && answer.sort !== 'name' && { sort: answer.sort }),
    ...(answer.inStock === true && { inStock: 'true' }),
    ...(change.offset !== undefined && change.offset > 0 && { offset: String(change.offset) }),
  }).toString()}`

function pager(words: Words, answer: SearchAnswer): Html {
  const { total, offset, limit } = answer
  if (total <= limit && offset === 0) return nothing
  const facts = { page: Math.floor(offset / limit) + 1, pages: Math.ceil(total / limit) }
  return html`<nav class="pager" aria-label="${words.say('list.pages')}">
    ${offset > 0 ? html`<a rel="prev" href="${hrefWith(answer, { offset: Math.max(0, offset - limit) })}">${words.say('list.previous')}</a>` : nothing}
    <span>${words.say('list.page', facts)}</span>
    ${offset + limit < total ? html`<a rel="next" href="${hrefWith(answer, { offset: offset + limit })}">${words.say('list.next')}</a>` : nothing}
  </nav>`
}
