import { isoMinute } from '../kernel/time.ts'
import type { PersonFile, PersonOrder } from './find-person.ts'

/**
 * A person's file as a page that any browser shows and prints: no script, no address of anything else, everything
 * escaped. Words in English and the shop's language lie with whoever hands it over; the names of fields are plain.
 */
export function personPage(
  file: PersonFile,
  shop: { readonly name: string; readonly zone: string; readonly locale: string },
): string {
  const time = (at: number): string => isoMinute(at, shop.zone)
  const { details, ...facts } = file.user ?? { details: undefined }
  const parts = [
    `<h1>${escaped(shop.name)}: what we hold about you</h1><p>${time(file.writtenAt)} · ${escaped(file.userId)}</p>`,
    section('Who you are to us', { ...plain(facts), ...plain(details ?? {}) }),
    ...file.orders.map((order) => orderPart(order, time)),
    file.invoices.length === 0
      ? ''
      : `<h2>Invoices</h2><p>Kept because tax law says so, until the day beside each.</p><ul>${file.invoices
          .map((one) => `<li>${escaped(one.number)}, ${time(one.issuedAt)}, kept until ${time(one.keptUntil)}</li>`)
          .join('')}</ul>`,
    file.sameAddress.length === 0
      ? ''
      : `<h2>Other visits with the same e-mail address</h2><ul>${file.sameAddress.map((id) => `<li>${escaped(id)}</li>`).join('')}</ul>`,
  ]
  return `<!doctype html><html lang="${escaped(shop.locale)}"><head><meta charset="utf-8"><title>Personal data</title><style>${style}</style></head><body>${parts.join('\n')}</body></html>\n`
}

const style =
  'body{font:15px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}h2{margin:1.6rem 0 .3rem;border-bottom:1px solid #999}dt{font-weight:600}dd{margin:0 0 .4rem 0;white-space:pre-wrap;overflow-wrap:anywhere}'

function orderPart(order: PersonOrder, time: (at: number) => string): string {
  const { personal, lines, parcels, events, ...facts } = order
  const list = (items: readonly string[]): string =>
    `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`
  return [
    section(`Order ${order.code}`, {
      ...plain({ ...facts, placedAt: time(order.placedAt) }),
      ...plain(personal ?? {}),
    }),
    personal ? '' : '<p>Name and address of this order have been deleted.</p>',
    list(lines.map((line) => `${line.quantity} × ${line.name} (${line.sku})`)),
    list(parcels.map((parcel) => [parcel.number, parcel.carrier, parcel.status].filter(Boolean).join(', '))),
    list(events.map((event) => [time(event.at), event.status, event.reason].filter(Boolean).join(', '))),
  ].join('')
}

function section(title: string, facts: { readonly [name: string]: string }): string {
  const rows = Object.entries(facts).map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`)
  return `<h2>${escaped(title)}</h2><dl>${rows.join('')}</dl>`
}

/** Every value with its path: `contact.email`. */
function plain(value: object, before = ''): { readonly [name: string]: string } {
  const entries = Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (inner === undefined || inner === null) return []
    if (typeof inner === 'object') return Object.entries(plain(inner, `${before}${name}.`))
    return [[`${before}${name}`, String(inner as string | number | boolean)] as const]
  })
  return Object.fromEntries(entries)
}

const signs: { readonly [sign: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)
