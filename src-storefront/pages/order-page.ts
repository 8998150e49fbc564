import { html } from 'hono/html'
import type { OrderAnswer, OrderEvent } from '../customer/schemas.ts'
import type { Words } from '../translations/words.ts'
import { hidden, page, nothing, type Frame, type Html } from './layout.ts'
import { parcelSection } from './order-parcel.ts'
import { contentLine } from './travel-section.ts'

export interface OrderMoment {
  readonly isJustPlaced: boolean
  /** When the page was made, for whoever keeps it open. */
  readonly now: string
}

export function orderPage(frame: Frame, order: OrderAnswer, { isJustPlaced, now }: OrderMoment): Html {
  const { words } = frame
  const number = words.say('order.title', { number: order.number })
  return page(frame, {
    title: number,
    crumbs: [{ name: words.say('orders.title'), href: '/orders' }],
    script: '/order.js',
    body: html`
      ${isJustPlaced ? thanks(frame, order) : nothing}
      <p id="news" role="status" class="away"></p>
      <div id="live" data-events="${order.href}/events">
        ${statusBox(words, order, now)} ${changesSection(words, order)} ${collection(words, order)}
        <h2>${words.count('order.parcels', order.packages.length)}</h2>
        ${order.packagesFrom === 'preview' ? html`<p class="soft">${words.say('order.planned')}</p>` : nothing}
        <div class="parcels">${order.packages.map((parcel) => parcelSection(words, parcel))}</div>
        ${order.unplaced.map(
          (product) => html`<p class="box problem">${contentLine(words, product)}: ${product.reason.text}</p>`,
        )}
        <p><a href="${order.href}/events">${words.say('order.everything')}</a></p>
      </div>
      ${linesSection(words, order)} ${whereSection(words, order)} ${isJustPlaced ? nothing : keepLink(frame, order)}
      ${actions(frame, order)}
    `,
  })
}

const statusBox = (words: Words, order: OrderAnswer, now: string): Html => html`
  <div class="box status ${order.status}">
    <p class="big"><strong>${order.statusText}</strong></p>
    <p class="soft">${words.say('order.placed', { moment: words.moment(order.placedAt) })}</p>
    ${
      order.window === undefined
        ? nothing
        : html`<p>${words.say('order.delivery')}: ${words.span(order.window.from, order.window.to)}</p>`
    }
    <p class="soft">
      ${words.say('order.asOf', { time: words.moment(now) })}
      <a href="${order.href}">${words.say('order.reload')}</a>
    </p>
  </div>
`

const thanks = (frame: Frame, order: OrderAnswer): Html => html`
  <div class="box good" role="status">
    <p class="big"><strong>${frame.words.say('order.thanks')}</strong></p>
    <p>${frame.words.say('order.parcelsFollow')}</p>
    ${keepLink(frame, order)}
  </div>
`

function keepLink({ words, origin }: Frame, { link }: OrderAnswer): Html {
  if (link === undefined) return nothing
  const whole = origin + link
  return html`<p>
    ${words.say('order.keepLink')}<br /><a class="long" href="${link}" aria-label="${words.say('order.link')}"
      >${whole}</a
    >
  </p>`
}

function changesSection(words: Words, { changes }: OrderAnswer): Html {
  if (changes.length === 0) return nothing
  return html`<div class="box problem">
    <h2>${words.say('order.changes')}</h2>
    <ul>
      ${changes.map(({ text }) => html`<li>${text}</li>`)}
    </ul>
  </div>`
}

function collection(words: Words, { collection: place, status }: OrderAnswer): Html {
  if (place === undefined || status === 'delivered' || status === 'cancelled') return nothing
  const isReady = status === 'packed' || status === 'handed-over'
  return html`<div class="box">
    <h2>${words.say('order.collect')}</h2>
    <p>${words.say('order.collectAt', { shop: place.name })}</p>
    ${place.lines.length === 0 ? nothing : html`<address dir="auto">${place.lines.map((line) => html`${line}<br />`)}</address>`}
    ${place.hours === undefined ? nothing : html`<p dir="auto">${place.hours}</p>`}
    <p>${words.say(isReady ? 'order.collectReady' : 'order.collectWait')}</p>
  </div>`
}

const linesSection = (words: Words, order: OrderAnswer): Html => html`
  <h2>${words.say('order.lines')}</h2>
  <div class="scroll" tabindex="0" role="region" aria-label="${words.say('order.lines')}">
    <table>
      <thead>
        <tr>
          <th scope="col">${words.say('order.product')}</th>
          <th scope="col" class="number">${words.say('order.price')}</th>
        </tr>
      </thead>
      <tbody>
        ${order.lines.map(
          (line) =>
            html`<tr>
              <td>${contentLine(words, line)}</td>
              <td class="number">${words.say('cart.each', { price: words.money(line.unitPrice) })}</td>
            </tr>`,
        )}
        <tr>
          <td>${words.say('cart.shipping')} (${words.say(`service.${order.service}`)})</td>
          <td class="number">${words.money(order.totals.shipping)}</td>
        </tr>
        <tr>
          <th scope="row">${words.say('order.total')}</th>
          <td class="number"><strong>${words.money(order.totals.total)}</strong></td>
        </tr>
        <tr class="soft">
          <td>${words.say('order.taxIncluded')}</td>
          <td class="number">${words.money(order.totals.tax)}</td>
        </tr>
        <tr>
          <td>${words.say('order.payment')}</td>
          <td class="number words">${words.say(paymentKey(order))}</td>
        </tr>
      </tbody>
    </table>
  </div>
`

const paymentKey = ({ payment, service }: OrderAnswer) =>
  payment === 'on-delivery' && service === 'collect' ? 'payment.collect' : (`payment.${payment}` as const)

function whereSection(words: Words, order: OrderAnswer): Html {
  if (order.access === 'look-up') return html`<p class="box">${words.say('order.hidden')}</p>`
  const address = order.deliveryAddress
  if (address === undefined) {
    return order.service === 'collect' ? nothing : html`<p class="soft">${words.say('order.forgotten')}</p>`
  }
  const place = [address.postcode, address.city].filter((part) => part !== undefined).join(' ')
  const lines = [address.name, address.company, ...address.lines, place, address.region, words.country(address.country)]
  return html`<h2>${words.say('order.address')}</h2>
    <address>
      ${lines.filter((line) => line !== undefined).map((line) => html`<span dir="auto">${line}</span><br />`)}
    </address>
    ${
      order.instructions === undefined
        ? nothing
        : html`<p>${words.say('order.instructions')}: <q dir="auto">${order.instructions}</q></p>`
    }`
}

function actions(frame: Frame, order: OrderAnswer): Html {
  const { words } = frame
  return html`<div class="actions">
    <form action="${order.href}/again" method="post">${hidden(frame)}<button>${words.say('order.again')}</button></form>
    ${
      order.canBeCancelled
        ? html`<form action="${order.href}/cancel" method="post">
            ${hidden(frame)}<button class="quiet danger" aria-describedby="cancel-hint">
              ${words.say('order.cancel')}
            </button>
            <small class="soft" id="cancel-hint">${words.say('order.cancelHint')}</small>
          </form>`
        : nothing
    }
  </div>`
}

export function eventsPage(frame: Frame, order: OrderAnswer, events: readonly OrderEvent[]): Html {
  const { words } = frame
  return page(frame, {
    title: words.say('order.eventsTitle', { number: order.number }),
    crumbs: [
      { name: words.say('orders.title'), href: '/orders' },
      { name: words.say('order.title', { number: order.number }), href: order.href },
    ],
    body: html`<ol class="timeline">
        ${events.map(
          ({ at, text }) => html`<li><time datetime="${at}">${words.moment(at)}</time> <span>${text}</span></li>`,
        )}
      </ol>
      <p><a href="${order.href}">${words.say('order.back')}</a></p>`,
  })
}
