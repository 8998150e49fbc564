import { html } from 'hono/html'
import type { z } from 'zod'
import type { OrderAnswer, OrderEvent, OrderPackage, ordersAnswer } from '../customer/schemas.ts'
import { hidden, kilograms, moment, money, page, type Frame, type Html } from './layout.ts'

export function orderPage(frame: Frame, order: OrderAnswer): Html {
  return page(
    frame,
    `Order ${order.number}`,
    html`
      <p class="box"><strong>${order.statusText}</strong>, ordered ${moment(frame, order.placedAt)}</p>
      ${
        order.window === undefined
          ? ''
          : html`<p>Delivery: ${moment(frame, order.window.from)} to ${moment(frame, order.window.to).slice(11)}</p>`
      }
      ${order.changes.map((change) => html`<p class="box problem">${change.text}</p>`)}
      <h2>${order.packages.length === 1 ? 'One parcel' : `${order.packages.length} parcels`}</h2>
      ${order.packagesFrom === 'preview' ? html`<p class="soft">Planned; the shop confirms when it packs.</p>` : ''}
      ${order.packages.map((parcel) => packageSection(frame, parcel))}
      ${order.unplaced.map(
        (product) => html`<p class="box problem">${product.quantity} x ${product.name}: ${product.reason.text}</p>`,
      )}
      <h2>What you ordered</h2>
      <div class="scroll">
        <table>
          <tbody>
            ${order.lines.map(
              (line) =>
                html`<tr>
                  <td>${line.quantity} x ${line.name}</td>
                  <td class="number">${money(line.unitPrice)} each</td>
                </tr>`,
            )}
            <tr>
              <td>Shipping</td>
              <td class="number">${money(order.totals.shipping)}</td>
            </tr>
            <tr>
              <th>Total (tax ${money(order.totals.tax)})</th>
              <th class="number">${money(order.totals.total)}</th>
            </tr>
          </tbody>
        </table>
      </div>
      ${addressSection(order)}
      <p><a href="${order.href}/events">Everything that happened</a></p>
      ${
        order.canBeCancelled
          ? html`<form action="${order.href}/cancel" method="post">
              ${hidden(frame)}<button class="quiet">Cancel this order</button>
            </form>`
          : ''
      }
    `,
  )
}

const packageSection = (frame: Frame, parcel: OrderPackage): Html => html`
  <section class="box" aria-label="Parcel ${parcel.letter}">
    <h3>Parcel ${parcel.letter} (${parcel.number} of ${parcel.of}): ${parcel.statusText}</h3>
    <ul>
      ${parcel.contents.map((content) => html`<li>${content.quantity} x ${content.name}</li>`)}
    </ul>
    <p class="soft">${kilograms(parcel.grossG)}. ${parcel.why.text}</p>
    <ol>
      ${parcel.history.map(({ at, text }) => html`<li>${moment(frame, at)} ${text}</li>`)}
    </ol>
    ${parcel.tracking === undefined ? '' : trackingLine(parcel.tracking)}
  </section>
`

const trackingLine = (tracking: NonNullable<OrderPackage['tracking']>): Html => html`
  <p>
    ${tracking.carrier}${tracking.number === undefined ? '' : ` ${tracking.number}`}
    ${tracking.url === undefined ? '' : html`<a href="${tracking.url}" rel="noreferrer">Follow the parcel</a>`}
  </p>
`

function addressSection(order: OrderAnswer): Html | string {
  const address = order.deliveryAddress
  if (address === undefined) return ''
  const lines = [
    address.name,
    address.company,
    ...address.lines,
    `${address.postcode ?? ''} ${address.city}`,
    address.country,
  ]
  return html`<h2>Where it goes</h2>
    <address>${lines.filter((line) => line !== undefined).map((line) => html`${line}<br />`)}</address>`
}

export const eventsPage = (frame: Frame, order: OrderAnswer, events: readonly OrderEvent[]): Html =>
  page(
    frame,
    `Order ${order.number}: what happened`,
    html`<ol>
        ${events.map((event) => html`<li>${moment(frame, event.at)} ${event.text}</li>`)}
      </ol>
      <p><a href="${order.href}">Back to the order</a></p>`,
  )

export const ordersPage = (frame: Frame, answer: z.infer<typeof ordersAnswer>): Html =>
  page(
    frame,
    'Your orders',
    answer.orders.length === 0
      ? html`<p>No orders yet.</p>`
      : html`<ul class="plain">
          ${answer.orders.map(
            (order) =>
              html`<li class="box">
                <a href="${order.href}">Order ${order.number}</a> of ${moment(frame, order.placedAt)}:
                <strong>${order.statusText}</strong>, ${money(order.total)}
              </li>`,
          )}
        </ul>`,
  )
