import { reactive } from 'vue'
import type { InputOf } from '../../../src-main/contract/operations.ts'
import { parseMoney } from '../../../src-main/kernel/money.ts'
import { zonedInstant } from '../../format/zoned-instant.ts'

type Place = InputOf<'orders.place'>

/** What is typed into the form of a new order. Empty text = not said. */
export interface DraftOrder {
  /** One for each form: a double click saves one order. */
  readonly key: string
  lines: { code: string; quantity: number }[]
  service: Place['service']
  payment: NonNullable<Place['payment']>
  userId: string | undefined
  name: string
  email: string
  phone: string
  street: string
  postcode: string
  city: string
  country: string
  instructions: string
  day: string
  from: string
  to: string
  shipping: string
  acceptShort: boolean
}

export const newDraft = (country: string): DraftOrder =>
  reactive<DraftOrder>({
    key: crypto.randomUUID(),
    lines: [],
    service: 'collect',
    payment: 'on-delivery',
    userId: undefined,
    name: '',
    email: '',
    phone: '',
    street: '',
    postcode: '',
    city: '',
    country,
    instructions: '',
    day: '',
    from: '',
    to: '',
    shipping: '',
    acceptShort: false,
  })

/** Adds pieces of a product; one that is there already becomes more. */
export function addLine(draft: DraftOrder, code: string): void {
  const known = draft.lines.find((line) => line.code === code)
  if (known) known.quantity += 1
  else draft.lines.push({ code, quantity: 1 })
}

/** Shipping as minor units; a decimal comma is as good as a point. 0 for what is no amount. */
export const shippingMinor = (draft: DraftOrder, currency: string): number =>
  draft.service === 'collect'
    ? 0
    : Math.max(0, parseMoney(draft.shipping.trim().replace(',', '.'), currency)?.minor ?? 0)

/** The question for the preview. */
export function previewOf(draft: DraftOrder, currency: string): InputOf<'orders.preview'> {
  const country = draft.country.trim().toUpperCase()
  return {
    lines: draft.lines.map((line) => ({ ...line })),
    service: draft.service,
    ...(draft.service !== 'collect' && draft.postcode.trim() && { postcode: draft.postcode.trim() }),
    ...(draft.service !== 'collect' && /^[A-Z]{2}$/.test(country) && { country }),
    shippingMinor: shippingMinor(draft, currency),
  }
}

/** What is sent when the order is saved. */
export function placeOf(draft: DraftOrder, shop: { currency: string; zone: string }): Place {
  const text = (value: string): string | undefined => value.trim() || undefined
  const from = zonedInstant(shop.zone, draft.day, draft.from)
  const to = zonedInstant(shop.zone, draft.day, draft.to)
  const hasAddress = draft.service !== 'collect' && draft.street.trim() !== ''
  return {
    key: draft.key,
    lines: draft.lines.map((line) => ({ ...line })),
    service: draft.service,
    payment: draft.payment,
    customer: {
      userId: draft.userId,
      name: text(draft.name),
      email: text(draft.email),
      phone: text(draft.phone),
      ...(hasAddress && {
        address: {
          lines: draft.street.split('\n').flatMap((line) => line.trim() || []),
          postcode: text(draft.postcode),
          city: draft.city.trim(),
          country: draft.country.trim().toUpperCase(),
        },
      }),
    },
    instructions: text(draft.instructions),
    ...(from !== undefined && to !== undefined && draft.service !== 'collect' && { window: { from, to } }),
    shippingMinor: shippingMinor(draft, shop.currency),
    acceptShort: draft.acceptShort,
  }
}
