import { html } from 'hono/html'
import type { CartAnswer, PreviewAnswer } from '../customer/schemas.ts'
import { hidden, page, nothing, type Frame, type Html } from './layout.ts'
import { travelSection } from './travel-section.ts'

export function cartPage(frame: Frame, cart: CartAnswer, preview: PreviewAnswer): Html {
  const { words } = frame
  const title = words.say('cart.title')
  const gone = frame.here.endsWith('?left') ? html`<p class="box" role="status">${words.say('cart.gone')}</p>` : nothing
  if (cart.lines.length === 0) {
    const look = html`<p><a class="action" href="/">${words.say('cart.look')}</a></p>`
    return page(frame, {
      title,
      body: html`${gone}
        <p>${words.say('cart.empty')}</p>
        ${look}`,
    })
  }
  return page(frame, {
    title,
    body: html`
      ${gone}
      <div class="columns">
        <div>
          <ul class="lines">
            ${cart.lines.map((line) => cartLine(frame, line))}
          </ul>
          ${travelSection(words, preview.travel)} ${fittingSection(frame, preview)}
        </div>
        <aside class="box summary" aria-labelledby="summary">
          <h2 id="summary">${words.say('cart.summary')}</h2>
          <dl class="sums">
            <div>
              <dt>${words.say('cart.goods')}</dt>
              <dd>${words.money(cart.goods)}</dd>
            </div>
            ${shippingFrom(frame, preview)}
          </dl>
          <p><a class="action wide" href="/checkout">${words.say('cart.checkout')}</a></p>
          <p><a href="/">${words.say('cart.goOn')}</a></p>
        </aside>
      </div>
    `,
  })
}

function shippingFrom({ words, country }: Frame, { shipping }: PreviewAnswer): Html {
  const sent = shipping.filter(({ service }) => service !== 'collect')
  const cheapest = [...sent].sort((a, b) => Number(a.price.amount) - Number(b.price.amount))[0]
  if (cheapest === undefined) return nothing
  const facts = { price: words.money(cheapest.price), country: words.country(country) }
  return html`<div>
    <dt>${words.say('cart.shipping')}</dt>
    <dd>${words.say('cart.shippingFrom', facts)}</dd>
  </div>`
}

function cartLine(frame: Frame, line: CartAnswer['lines'][number]): Html {
  const { words } = frame
  const { product, quantity } = line
  const { name, sku } = product
  const short = product.available === 0 ? words.say('cart.soldOut') : words.count('cart.short', product.available)
  return html`<li>
    <div class="what">
      <a href="${product.href}" dir="auto">${name}</a>
      <span class="soft">${words.say('cart.each', { price: words.money(product.price) })}</span>
      ${line.isAvailable ? nothing : html`<span class="stock out">${short}</span>`}
    </div>
    <form action="/cart" method="post" class="inline">
      ${hidden(frame)}<input type="hidden" name="sku" value="${sku}" />
      <input type="hidden" name="how" value="set" />
      <input
        type="number"
        name="quantity"
        value="${quantity}"
        min="0"
        max="999"
        inputmode="numeric"
        aria-label="${words.say('product.quantityOf', { name })}"
      />
      <button class="quiet" aria-label="${words.say('cart.changeName', { name })}">${words.say('cart.change')}</button>
    </form>
    <form action="/cart" method="post" class="inline">
      ${hidden(frame)}<input type="hidden" name="sku" value="${sku}" />
      <input type="hidden" name="how" value="set" /><input type="hidden" name="quantity" value="0" />
      <button class="quiet" aria-label="${words.say('cart.removeName', { name })}">${words.say('cart.remove')}</button>
    </form>
    <span class="price">${words.money(line.linePrice)}</span>
  </li>`
}

function fittingSection(frame: Frame, { stillFits }: PreviewAnswer): Html {
  const fitting = stillFits.filter(({ fits }) => fits)
  if (fitting.length === 0) return nothing
  const { words } = frame
  return html`<section aria-labelledby="fits">
    <h2 id="fits">${words.say('cart.stillFits')}</h2>
    <ul class="lines">
      ${fitting.map(
        ({ sku, name, price }) =>
          html`<li>
            <div class="what">
              <a href="/products/${encodeURIComponent(sku)}" dir="auto">${name}</a>
              <span class="soft">${words.money(price)}</span>
            </div>
            <form action="/cart" method="post" class="inline">
              ${hidden(frame)}<input type="hidden" name="sku" value="${sku}" />
              <input type="hidden" name="quantity" value="1" />
              <button class="quiet" aria-label="${words.say('product.addName', { name })}">
                ${words.say('product.add')}
              </button>
            </form>
          </li>`,
      )}
    </ul>
  </section>`
}
