import type { OrderAnswer, OrderPackage } from '../customer/schemas.ts'
import type { Travel } from '../customer/travel-schema.ts'
import { changeText } from '../pages/status-words.ts'
import type { OrderLineRow } from '../store/orders.ts'

type Change = OrderAnswer['changes'][number]
type Facts = { readonly [key: string]: string | number }

const change = (code: string, facts: Facts): Change => ({ code, facts: { ...facts }, text: changeText(code, facts) })

/** What the shop packs otherwise than the preview promised; empty when all is as promised. */
export function changesOf(
  promised: Travel,
  packages: readonly OrderPackage[],
  lines: readonly OrderLineRow[],
): Change[] {
  const changes = missingPieces(packages, lines)
  if (!promised.isKnown || promised.unplaced.length > 0) return changes
  const before = promised.packages.length
  if (packages.length !== before) {
    const code = packages.length < before ? 'fewer-parcels' : 'more-parcels'
    const why = packages.map((parcel) => parcel.why.code).join(', ')
    return [...changes, change(code, { promised: before, present: packages.length, why })]
  }
  const open = promised.packages.map((parcel) => ({ key: contentKey(parcel.contents), carton: parcel.carton }))
  for (const parcel of packages) {
    const index = open.findIndex(({ key }) => key === contentKey(parcel.contents))
    const twin = open[index]
    if (twin === undefined) return [...changes, change('other-contents', {})]
    open.splice(index, 1)
    if (twin.carton === parcel.carton) continue
    const facts = {
      letter: parcel.letter,
      promised: twin.carton ?? 'its own box',
      present: parcel.carton ?? 'its own box',
    }
    changes.push(change('other-carton', facts))
  }
  return changes
}

function missingPieces(packages: readonly OrderPackage[], lines: readonly OrderLineRow[]): Change[] {
  if (packages.some(({ contents }) => contents.length === 0)) return []
  const sent = new Map<string | undefined, number>()
  for (const { contents } of packages) {
    for (const { lineId, quantity } of contents) sent.set(lineId, (sent.get(lineId) ?? 0) + quantity)
  }
  return lines
    .filter(({ id, quantity }) => (sent.get(id) ?? 0) < quantity)
    .map(({ id, name, quantity }) => change('fewer-pieces', { name, promised: quantity, present: sent.get(id) ?? 0 }))
}

const contentKey = (contents: readonly { readonly sku: string; readonly quantity: number }[]): string =>
  contents
    .map(({ sku, quantity }) => `${sku}:${quantity}`)
    .sort()
    .join('|')
