import { html } from 'hono/html'
import type { OrderPackage } from '../customer/schemas.ts'
import type { Words } from '../translations/words.ts'
import { nothing, type Html } from './layout.ts'
import { contentLine } from './travel-section.ts'

/** One parcel of an order: what is in it, how far it is, and where to follow it. */
export function parcelSection(words: Words, parcel: OrderPackage): Html {
  const { letter, number, of } = parcel
  const name = words.say('order.parcel', { letter, number, of })
  return html`<section class="box parcel" aria-label="${name}">
    <h3>${name} <small>${words.weight(parcel.grossG)}</small></h3>
    <p><strong class="stage ${parcel.status}">${parcel.statusText}</strong></p>
    <ul>
      ${parcel.contents.map((content) => html`<li>${contentLine(words, content)}</li>`)}
    </ul>
    <p class="soft">${parcel.why.text}</p>
    ${parcel.tracking === undefined ? nothing : trackingLine(words, parcel.tracking)} ${historyPart(words, parcel)}
  </section>`
}

/** A parcel that is only planned has no history to tell. */
function historyPart(words: Words, { history }: OrderPackage): Html {
  if (history.length < 2) return nothing
  return html`<h4>${words.say('order.history')}</h4>
    <ol class="timeline">
      ${history.map(
        ({ at, text }) => html`<li><time datetime="${at}">${words.moment(at)}</time> <span>${text}</span></li>`,
      )}
    </ol>`
}

function trackingLine(words: Words, { carrier, number, url }: NonNullable<OrderPackage['tracking']>): Html {
  const name = number === undefined ? carrier : words.say('order.trackingNumber', { carrier, number })
  // Only the web: what the back office reports is checked where it comes in, and once more where it is clicked.
  const isWeb = url !== undefined && /^https?:\/\//i.test(url)
  return html`<p>
    <span dir="auto">${name}</span>
    ${isWeb ? html`<a class="action small" href="${url}" rel="noreferrer">${words.say('order.tracking')}</a>` : nothing}
  </p>`
}
