import { html } from 'hono/html'
import type { FormState } from '../customer/form-fields.ts'
import { mostCharacters } from '../customer/form-fields.ts'
import type { CheckoutAnswer } from '../customer/schemas.ts'
import type { Words } from '../translations/words.ts'
import { addressFields, countryChoices } from './address-fields.ts'
import { errorSummary, fieldsOf, type Fields } from './fields.ts'
import { hidden, page, nothing, type Frame, type Html } from './layout.ts'
import { contentLine, travelSection } from './travel-section.ts'

interface CheckoutForm {
  readonly form: FormState
  /** One per order: the form sent twice buys once. */
  readonly key: string
}

export function checkoutPage(frame: Frame, checkout: CheckoutAnswer, { form, key }: CheckoutForm): Html {
  const { words } = frame
  const title = words.say('checkout.title')
  if (checkout.cart.lines.length === 0) {
    const look = html`<p><a class="action" href="/">${words.say('cart.look')}</a></p>`
    return page(frame, {
      title,
      body: html`<p>${words.say('cart.empty')}</p>
        ${look}`,
    })
  }
  const fields = fieldsOf(words, form)
  const seen = checkout.totals.map(({ service, total }) => `${service}:${total.amount}`).join(' ')
  return page(frame, {
    title,
    isWrong: form.problems.length > 0,
    crumbs: [{ name: words.say('cart.title'), href: '/cart' }],
    body: html`
      ${errorSummary(words, form.problems)}
      ${frame.isAccount ? nothing : html`<p class="soft"><a href="/session?next=/checkout">${words.say('checkout.signInHint')}</a></p>`}
      <form action="/orders" method="post" class="columns" novalidate>
        <div>
          ${hidden(frame)}<input type="hidden" name="idempotencyKey" value="${key}" />
          <input type="hidden" name="totals" value="${seen}" />
          ${whereFields(words, checkout, fields)} ${howFields(words, checkout, fields)}
          ${contactFields(words, checkout, fields)} ${paymentFields(words, checkout, fields)}
        </div>
        ${summary(frame, checkout, fields)}
      </form>
      ${travelSection(words, checkout.preview.travel)}
    `,
  })
}

function whereFields(words: Words, checkout: CheckoutAnswer, fields: Fields): Html {
  const { user, country } = checkout
  const address = user.deliveryAddresses[0] ?? { name: user.name ?? '', country }
  const countries = countryChoices(words, checkout.countries)
  return html`<fieldset>
    <legend>${words.say('checkout.where')}</legend>
    ${checkout.services.includes('collect') ? html`<p class="soft">${words.say('checkout.notForCollecting')}</p>` : nothing}
    ${addressFields(fields, { address, country, countries })}
    <button class="quiet" name="then" value="prices">${words.say('checkout.showPrices')}</button>
    ${fields.textarea('instructions', {
      value: user.deliveryWishes.instructions,
      hint: words.say('field.instructionsHint', { most: mostCharacters['instructions'] ?? 0 }),
    })}
  </fieldset>`
}

function howFields(words: Words, checkout: CheckoutAnswer, fields: Fields): Html {
  const chosen = fields.value('service', checkout.user.deliveryWishes.service) ?? checkout.services[0]
  return html`<fieldset id="service" ${fields.describedBy('service')}>
    <legend>${words.say('checkout.how')}</legend>
    ${fields.problem('service')}
    <p class="soft">${words.say('checkout.pricesFor', { country: words.country(checkout.country) })}</p>
    ${checkout.services.map((service) => {
      const price = checkout.totals.find((total) => total.service === service)
      const isFree = Number(price?.shipping.amount ?? 1) === 0
      return html`<label class="choice"
        ><input type="radio" name="service" value="${service}" ${service === chosen ? 'checked' : ''} />
        <span>${words.say(`service.${service}`)}</span>
        <span class="amount"
          >${price === undefined ? words.say('checkout.notTo') : isFree ? words.say('checkout.free') : words.money(price.shipping)}</span
        ></label
      >`
    })}
    ${windowField(words, checkout, fields)}
  </fieldset>`
}

function windowField(words: Words, { windows }: CheckoutAnswer, fields: Fields): Html {
  if (windows.length === 0) return nothing
  const chosen = fields.value('window') ?? ''
  return html`<div class="field">
    <label for="window">${words.say('checkout.when')} <small>(${words.say('field.optional')})</small></label>
    ${fields.problem('window')}
    <select id="window" name="window" ${fields.describedBy('window')}>
      <option value="">${words.say('checkout.anyTime')}</option>
      ${windows.map(
        ({ from, to }) =>
          html`<option value="${from}/${to}" ${chosen === `${from}/${to}` ? 'selected' : ''}>
            ${words.span(from, to)}
          </option>`,
      )}
    </select>
  </div>`
}

const contactFields = (words: Words, { user }: CheckoutAnswer, fields: Fields): Html => html`
  <fieldset>
    <legend>${words.say('checkout.contact')}</legend>
    <p class="soft">${words.say('checkout.contactHint')}</p>
    ${fields.input('email', { type: 'email', value: user.contact.email, autocomplete: 'email', isSometimesNeeded: true })}
    ${fields.input('phone', { type: 'tel', value: user.contact.phone, autocomplete: 'tel', isSometimesNeeded: true })}
  </fieldset>
`

function paymentFields(words: Words, { payments }: CheckoutAnswer, fields: Fields): Html {
  const chosen = fields.value('payment') ?? payments[0]
  return html`<fieldset id="payment" ${fields.describedBy('payment')}>
    <legend>${words.say('checkout.payment')}</legend>
    ${fields.problem('payment')}
    ${payments.map(
      (payment) =>
        html`<label class="choice"
          ><input type="radio" name="payment" value="${payment}" ${payment === chosen ? 'checked' : ''} />
          <span>${words.say(`payment.${payment}`)}</span></label
        >`,
    )}
  </fieldset>`
}

/** Everything that it will cost, before the button: goods, and for each service the total and the tax in it. */
function summary(frame: Frame, checkout: CheckoutAnswer, fields: Fields): Html {
  const { words } = frame
  const { terms } = frame.links
  const agree = words.say('checkout.agree', { shop: frame.shopName })
  return html`<aside class="box summary" aria-labelledby="total">
    <h2 id="total">${words.say('checkout.total')}</h2>
    <div id="basket">${fields.problem('basket')} ${fields.problem('total')}</div>
    <ul class="plain">
      ${checkout.cart.lines.map(
        ({ product, quantity, linePrice }) =>
          html`<li class="sum">
            <span>${contentLine(words, { name: product.name, quantity })}</span> <span>${words.money(linePrice)}</span>
          </li>`,
      )}
    </ul>
    <dl class="sums">
      <div>
        <dt>${words.say('cart.goods')}</dt>
        <dd>${words.money(checkout.cart.goods)}</dd>
      </div>
      ${checkout.totals.map(
        ({ service, total, tax }) =>
          html`<div class="total">
            <dt>${words.say('checkout.totalLabel', { service: words.say(`service.${service}`) })}</dt>
            <dd>
              ${words.money(total)} <small class="soft">${words.say('checkout.taxIn')} ${words.money(tax)}</small>
            </dd>
          </div>`,
      )}
    </dl>
    <p class="soft">
      ${agree} ${terms === undefined ? nothing : html`<a href="${terms}">${words.say('page.terms')}</a>`}
    </p>
    <button class="wide">${words.say('checkout.order')}</button>
  </aside>`
}
