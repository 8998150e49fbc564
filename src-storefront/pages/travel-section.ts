import { html } from 'hono/html'
import type { Travel, TravelPackage } from '../customer/travel-schema.ts'
import type { Words } from '../translations/words.ts'
import { nothing, type Html } from './layout.ts'

/** "How it travels": each parcel with its contents, weight and reason. */
export function travelSection(words: Words, travel: Travel): Html {
  const { packages } = travel
  const isProven = travel.isProvenFewest && packages.length > 1
  return html`
    <section aria-labelledby="travel">
      <h2 id="travel">${words.say('travel.title')}</h2>
      <p>
        ${travel.summary} ${isProven ? words.say('travel.fewest') : ''}
        ${packages.length > 1 ? words.say('travel.total', { weight: words.weight(travel.grossG) }) : ''}
      </p>
      <div class="parcels">${packages.map((parcel) => parcelBox(words, parcel))}</div>
      ${
        travel.unplaced.length === 0
          ? nothing
          : html`<div class="box problem">
              <h3>${words.say('travel.special')}</h3>
              <ul>
                ${travel.unplaced.map(
                  (product) => html`<li>${contentLine(words, product)}: ${product.reason.text}</li>`,
                )}
              </ul>
            </div>`
      }
    </section>
  `
}

const parcelBox = (words: Words, parcel: TravelPackage): Html => html`
  <div class="box parcel">
    <h3>
      ${words.say('travel.parcel', { number: parcel.number, of: parcel.of })}
      <small>${words.weight(parcel.grossG)}</small>
    </h3>
    <ul>
      ${parcel.contents.map((content) => html`<li>${contentLine(words, content)}</li>`)}
    </ul>
    <p class="soft">${parcel.why.text}</p>
  </div>
`

export const contentLine = (words: Words, content: { readonly name: string; readonly quantity: number }): Html =>
  html`<span dir="auto">${words.say('travel.line', { quantity: content.quantity, name: content.name })}</span>`
