import { html } from 'hono/html'
import type { CartAnswer, CheckoutAnswer, PreviewAnswer } from '../customer/schemas.ts'
import type { Travel } from '../customer/travel-schema.ts'
import { field, hidden, kilograms, moment, money, page, type Frame, type Html } from './layout.ts'

const serviceWords = { standard: 'Delivery', express: 'Express delivery', collect: 'Collect in the shop' } as const
const paymentWords = { 'on-delivery': 'Pay on delivery', invoice: 'Pay by invoice' } as const

/** "How it travels": each parcel with its contents, weight and reason. */
export const travelSection = (travel: Travel): Html => html`
  <section aria-labelledby="travel">
    <h2 id="travel">How it travels</h2>
    <p>${travel.summary}${travel.isProvenFewest && travel.packages.length > 1 ? ' Fewer are not possible.' : ''}</p>
    ${travel.packages.map(
      (parcel) =>
        html`<div class="box">
          <h3>Parcel ${parcel.number} of ${parcel.of}, ${kilograms(parcel.grossG)}</h3>
          <ul>
            ${parcel.contents.map((content) => html`<li>${content.quantity} x ${content.name}</li>`)}
          </ul>
          <p class="soft">${parcel.why.text}</p>
        </div>`,
    )}
    ${travel.unplaced.map(
      (product) => html`<p class="box problem">${product.quantity} x ${product.name}: ${product.reason.text}</p>`,
    )}
  </section>
`

export function cartPage(frame: Frame, cart: CartAnswer, preview: PreviewAnswer): Html {
  if (cart.lines.length === 0) {
    return page(
      frame,
      'Basket',
      html`<p>Your basket is empty. Search for something, or <a href="/">look around</a>.</p>`,
    )
  }
  const fitting = preview.stillFits.filter(({ fits }) => fits)
  return page(
    frame,
    'Basket',
    html`
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Product</th>
              <th>Quantity</th>
              <th class="number">Price</th>
            </tr>
          </thead>
          <tbody>
            ${cart.lines.map((line) => cartRow(frame, line))}
          </tbody>
        </table>
      </div>
      <p class="price">Goods: ${money(cart.goods)}</p>
      ${travelSection(preview.travel)}
      ${
        fitting.length === 0
          ? ''
          : html`<h2>This still fits in the same parcels</h2>
              <ul>
                ${fitting.map(
                  ({ sku, name, price }) =>
                    html`<li><a href="/products/${encodeURIComponent(sku)}">${name}</a>, ${money(price)}</li>`,
                )}
              </ul>`
      }
      <p><a class="action" href="/checkout">Go to checkout</a></p>
    `,
  )
}

const cartRow = (frame: Frame, line: CartAnswer['lines'][number]): Html => html`
  <tr>
    <td>
      <a href="${line.product.href}">${line.product.name}</a>
      ${line.isAvailable ? '' : html`<br /><span class="warn">Only ${line.product.available} available</span>`}
    </td>
    <td>
      <form action="/cart" method="post" class="inline">
        ${hidden(frame)}<input type="hidden" name="sku" value="${line.product.sku}" />
        <input type="hidden" name="how" value="set" />
        <input
          type="number"
          name="quantity"
          value="${line.quantity}"
          min="0"
          max="999"
          aria-label="Quantity of ${line.product.name}"
        />
        <button class="quiet">Change</button>
      </form>
    </td>
    <td class="number">${money(line.linePrice)}</td>
  </tr>
`

export function checkoutPage(frame: Frame, checkout: CheckoutAnswer, key: string): Html {
  const { user } = checkout
  const address = user.deliveryAddresses[0]
  const shippingOf = new Map(checkout.preview.shipping.map(({ service, price }) => [service, money(price)]))
  return page(
    frame,
    'Checkout',
    html`
      ${travelSection(checkout.preview.travel)}
      <form action="/orders" method="post">
        ${hidden(frame)}<input type="hidden" name="idempotencyKey" value="${key}" />
        <fieldset>
          <legend>How</legend>
          ${checkout.services.map(
            (service, index) =>
              html`<label
                ><input type="radio" name="service" value="${service}" ${index === 0 ? 'checked' : ''} />
                ${serviceWords[service]}, ${shippingOf.get(service) ?? 'price on request'}</label
              >`,
          )}
          <label
            ><span>When (optional)</span
            ><select name="window">
              <option value="">Any time</option>
              ${checkout.windows.map(
                ({ from, to }) =>
                  html`<option value="${from}/${to}">${moment(frame, from)} to ${moment(frame, to).slice(11)}</option>`,
              )}
            </select></label
          >
        </fieldset>
        <fieldset>
          <legend>Where</legend>
          <p class="soft">Not needed when you collect.</p>
          ${addressFields(address, user.name, frame.country)}
          <label
            ><span>For the courier (optional)</span><textarea name="instructions" maxlength="1000"></textarea>
          </label>
        </fieldset>
        <fieldset>
          <legend>How to reach you</legend>
          ${field('email', 'E-mail', { type: 'email', value: user.contact.email, autocomplete: 'email', required: true })}
          ${field('phone', 'Phone', { type: 'tel', value: user.contact.phone, autocomplete: 'tel' })}
        </fieldset>
        <fieldset>
          <legend>Payment</legend>
          ${checkout.payments.map(
            (payment, index) =>
              html`<label
                ><input type="radio" name="payment" value="${payment}" ${index === 0 ? 'checked' : ''} />
                ${paymentWords[payment]}</label
              >`,
          )}
        </fieldset>
        <p class="price">Goods: ${money(checkout.cart.goods)}, shipping as chosen above.</p>
        <button>Order and pay as chosen</button>
      </form>
    `,
  )
}

type Address = CheckoutAnswer['user']['deliveryAddresses'][number]

const needed = { isSometimesNeeded: true }

/** Not required by the browser: who collects needs no address, and the server says what is missing. */
export const addressFields = (address: Address | undefined, name: string | undefined, country: string): Html => html`
  ${field('recipient', 'Recipient', { value: address?.name ?? name, autocomplete: 'name', ...needed })}
  ${field('company', 'Company', { value: address?.company, autocomplete: 'organization' })}
  ${field('street', 'Street and number', { value: address?.lines[0], autocomplete: 'address-line1', ...needed })}
  ${field('street2', 'Second line', { value: address?.lines[1], autocomplete: 'address-line2' })}
  ${field('postcode', 'Postcode', { value: address?.postcode, autocomplete: 'postal-code' })}
  ${field('city', 'Town', { value: address?.city, autocomplete: 'address-level2', ...needed })}
  ${field('region', 'Region', { value: address?.region, autocomplete: 'address-level1' })}
  ${field('country', 'Country (two letters)', { value: address?.country ?? country, autocomplete: 'country', ...needed })}
`
