import { canonicalJson, toJson } from '../kernel/json.ts'
import type { HoldReason, Order } from '../domain/order.ts'
import type { Recipient } from '../domain/recipient.ts'
import type { StorefrontOrder } from '../ports/storefront.ts'
import { openPersonal } from './open-personal.ts'
import type { Workshop } from './workshop.ts'

/** What the storefront did to an order that is in work here, as the `changed` fact of a hold. */
export type StorefrontChange =
  | 'changed-at-storefront'
  | 'cancelled-at-storefront'
  | 'gone-at-storefront'
  | 'held-at-storefront'
  | 'completed-at-storefront'
  | 'open-at-storefront'

type Facts = HoldReason['facts']

/** A question to the manager: the order stays as it is until somebody decides. */
export const question = (changed: StorefrontChange, facts: Facts = {}): HoldReason => ({
  code: 'by-hand',
  facts: { changed, ...facts },
})

export const questionOf = (order: Pick<Order, 'holds'>): HoldReason | undefined =>
  order.holds.find(({ facts }) => facts['changed'] !== undefined)

export const withoutQuestion = (holds: readonly HoldReason[]): readonly HoldReason[] =>
  holds.filter(({ facts }) => facts['changed'] === undefined)

/**
 * How what the storefront says now differs from what we work on, as facts without anything personal: `lines` (such as
 * `TEA 2→3, MUG +1`), `address`, `area`, `service`, `windowFrom` and `windowTo`, `note`. No facts = nothing that
 * matters has changed, or it has changed back.
 */
export function differences(
  deps: Pick<Workshop, 'vault'>,
  kept: Order,
  heard: { readonly entry: StorefrontOrder; readonly recipient: Recipient | undefined },
): Facts {
  const now = heard.entry
  // prettier-ignore
  return {
    ...linesChanged(kept, now),
    ...addressChanged(deps, kept, heard.recipient),
    ...(kept.service === now.service ? {} : { service: `${kept.service}→${now.service}` }),
    ...windowChanged(kept, now),
  }
}

function linesChanged(kept: Order, now: StorefrontOrder): Facts {
  const before = new Map(kept.lines.map((line) => [line.externalId, line]))
  const said: string[] = []
  for (const line of now.lines) {
    const known = before.get(line.id)
    before.delete(line.id)
    if (!known || known.sku !== line.sku) said.push(`${line.sku} +${line.quantity}`)
    // A refund of what could not be sent anyway changes nothing here.
    else if (line.quantity !== known.quantity && line.quantity !== known.quantity - known.withdrawn)
      said.push(`${line.sku} ${known.quantity - known.withdrawn}→${line.quantity}`)
    if (known && known.sku !== line.sku) said.push(`${known.sku} −${known.quantity}`)
  }
  for (const line of before.values())
    if (line.quantity > line.withdrawn) said.push(`${line.sku} −${line.quantity - line.withdrawn}`)
  return said.length === 0 ? {} : { lines: said.join(', ') }
}

function addressChanged({ vault }: Pick<Workshop, 'vault'>, kept: Order, to: Recipient | undefined): Facts {
  const before = kept.personal && openPersonal(vault, kept)?.recipient
  // Erased here for good: there is nothing left to compare with, nor to deliver to.
  if (!before || !to) return {}
  const { instructions: oldNote, ...oldAddress } = before
  const { instructions: newNote, ...newAddress } = to
  const isSame = (a: object, b: object): boolean => canonicalJson(toJson(a)) === canonicalJson(toJson(b))
  return {
    ...(isSame(oldAddress, newAddress) ? {} : { address: 'other' }),
    ...(areaOf(before) === areaOf(to) ? {} : { area: `${areaOf(before)}→${areaOf(to)}` }),
    ...(oldNote === newNote ? {} : { note: 'other' }),
  }
}

export const postcodeAreaOf = (to: Pick<Recipient, 'postcode'> | undefined): string =>
  (to?.postcode ?? '').replaceAll(/\s/g, '').slice(0, 2).toUpperCase()

const areaOf = (to: Recipient): string => `${to.country} ${postcodeAreaOf(to)}`.trim()

function windowChanged(kept: Order, now: StorefrontOrder): Facts {
  if (kept.window?.from === now.window?.from && kept.window?.to === now.window?.to) return {}
  return { windowFrom: now.window?.from ?? 0, windowTo: now.window?.to ?? 0 }
}
