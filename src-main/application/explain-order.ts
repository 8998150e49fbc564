import type { Parcel, Why } from '../domain/parcel.ts'
import type { HoldReason } from '../domain/order.ts'
import type { OrderProof, Wave } from '../domain/wave.ts'
import { getOrder } from './change-order.ts'
import type { Workshop } from './workshop.ts'

export interface Explanation {
  readonly order: string
  readonly status: string
  readonly holds: readonly HoldReason[]
  readonly pieceCount: number
  readonly moreThanOne: boolean
  /** The packing rules in force when the plan was made. */
  readonly rules: Wave['rules']
  readonly proof: OrderProof | undefined
  readonly parcels: readonly {
    readonly letter: string
    readonly carton: string | undefined
    readonly pieces: readonly {
      readonly sku: string
      readonly quantity: number
      readonly class: string | undefined
      readonly temperature: string
    }[]
    readonly totals: Parcel['totals']
    readonly checkedBy: Parcel['checkedBy']
    readonly why: Why
  }[]
  /** Pairs of products that may never share a parcel, and the rule that says so. */
  readonly keptApart: readonly { readonly a: string; readonly b: string; readonly rule: string }[]
}

/** Replays the decision about one order: what travels together, totals against what is allowed, and which rules bind. */
export async function explainOrder(deps: Pick<Workshop, 'store'>, idOrCode: string): Promise<Explanation> {
  const { order, parcels } = await getOrder(deps.store, idOrCode)
  const wave = parcels[0] ? await deps.store.findWave(parcels[0].waveId) : undefined
  const known = await deps.store.loadProducts([...new Set(order.lines.map((line) => line.sku))])
  const products = known.toSorted((a, b) => (a.sku < b.sku ? -1 : 1))
  const handlingBySku = new Map(products.map((product) => [product.sku, product.handling]))
  const living = parcels.filter((parcel) => parcel.status !== 'cancelled')
  const pieceCount = order.lines.reduce((sum, line) => sum + line.quantity - line.withdrawn, 0)
  return {
    order: order.code,
    status: order.status,
    holds: order.holds,
    pieceCount,
    moreThanOne: pieceCount >= 2,
    rules: wave?.rules,
    proof: wave?.proofs.find((proof) => proof.orderId === order.id),
    parcels: living.map((parcel) => ({
      letter: parcel.letter,
      carton: parcel.carton,
      pieces: parcel.contents.map((content) => ({
        sku: content.sku,
        quantity: content.quantity,
        class: handlingBySku.get(content.sku)?.class,
        temperature: handlingBySku.get(content.sku)?.temperature ?? 'ambient',
      })),
      totals: parcel.totals,
      checkedBy: parcel.checkedBy,
      why: parcel.why,
    })),
    keptApart: keptApart(products, wave?.rules?.keepApart ?? []),
  }
}

type Known = Awaited<ReturnType<Workshop['store']['loadProducts']>>

function keptApart(products: Known, groups: readonly (readonly string[])[]): Explanation['keptApart'] {
  const pairs: Explanation['keptApart'][number][] = []
  for (const [index, a] of products.entries()) {
    for (const b of products.slice(index + 1)) {
      const rule = ruleBetween(a.handling, b.handling, groups)
      if (rule !== undefined) pairs.push({ a: a.sku, b: b.sku, rule })
    }
  }
  return pairs
}

function ruleBetween(
  a: Known[number]['handling'],
  b: Known[number]['handling'],
  groups: readonly (readonly string[])[],
): string | undefined {
  if (a.ownBox || b.ownBox) return 'own-box'
  if (a.alone || b.alone) return 'alone'
  if (a.temperature !== b.temperature) return `temperature: ${a.temperature} / ${b.temperature}`
  const group = groups.find(
    (classes) =>
      a.class !== undefined &&
      b.class !== undefined &&
      a.class !== b.class &&
      classes.includes(a.class) &&
      classes.includes(b.class),
  )
  return group ? `keep-apart: ${group.join(' / ')}` : undefined
}
