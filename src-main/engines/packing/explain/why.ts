import { cm3FromMm3 } from '../../../kernel/units.ts'
import type { Refusal } from '../bounds/one-carton.ts'
import { provenRefusal, type Workshop } from '../one-carton/fill.ts'
import type { Box } from '../model/box.ts'
import { countOf, plus, sumOver, weightOf, type Counts } from '../model/scene.ts'
import { boxesByPrice, type Filled, type Stock } from '../many-cartons/plan.ts'
import type { Facts, PackedParcel } from '../result.ts'

type Why = PackedParcel['why']

/** Reasons of a group's parcels: the first one for its carton, each further one for being there at all. */
export function whysOf(shop: Workshop, filled: readonly Filled[], stockLeft: Stock): readonly Why[] {
  const all = filled.reduce<Counts>(
    (sum, parcel) => plus(sum, parcel.counts),
    shop.scene.kinds.map(() => 0),
  )
  return filled.map((parcel, at) => (at === 0 ? whyThisCarton(shop, parcel, stockLeft) : whyOneMore(shop, all)))
}

/** The nearest better carton, and what refuses the pieces there. */
function whyThisCarton(shop: Workshop, parcel: Filled, stockLeft: Stock): Why {
  const ranked = boxesByPrice(shop, sumOver(shop.scene, parcel.counts, weightOf))
  const better = ranked.slice(0, ranked.indexOf(parcel.box)).at(-1)
  if (better === undefined) return { code: 'smallest-carton', facts: {} }
  const binding = bindingFacts(shop, better, parcel.counts)
  const isOut = binding['binding'] === 'placement' && (stockLeft[better.index] ?? 0) <= 0
  return { code: 'larger-carton', facts: { carton: better.carton.code, ...(isOut ? { binding: 'stock' } : binding) } }
}

/**
 * What keeps all the pieces from travelling in one carton: the reason that every carton shares, told of the one that
 * comes nearest, else what the roomiest one says.
 */
function whyOneMore(shop: Workshop, all: Counts): Why {
  const everywhere = sharedRefusal(shop, all)
  if (everywhere) return { code: 'one-more-parcel', facts: { ...everywhere, pieces: countOf(all), in: 'every-carton' } }
  const roomiest = shop.scene.boxes.reduce((most, box) => (box.usableMm3 > most.usableMm3 ? box : most))
  const facts = { carton: roomiest.carton.code, pieces: countOf(all), ...bindingFacts(shop, roomiest, all) }
  return { code: 'one-more-parcel', facts }
}

/** Weight or volume, where every carton is proven to refuse the pieces for it. */
function sharedRefusal(shop: Workshop, all: Counts): Facts | undefined {
  const refusals = shop.scene.boxes.map((box) => ({ box, refusal: provenRefusal(shop, box, all) }))
  const binding = refusals[0]?.refusal?.binding
  if (binding !== 'weight' && binding !== 'volume') return undefined
  if (!refusals.every(({ refusal }) => refusal?.binding === binding)) return undefined
  const overOf = ({ refusal }: (typeof refusals)[number]): number => (refusal?.value ?? 0) - (refusal?.limit ?? 0)
  const nearest = refusals.reduce((least, one) => (overOf(one) < overOf(least) ? one : least))
  return { carton: nearest.box.carton.code, ...bindingFacts(shop, nearest.box, all) }
}

/** What a filter proves to be in the way, else `placement`: no place was found for every piece. */
function bindingFacts(shop: Workshop, box: Box, counts: Counts): Facts {
  const refusal = provenRefusal(shop, box, counts)
  if (refusal === undefined) return { binding: 'placement' }
  const { binding, value, limit } = inWords(refusal)
  return { binding, ...(value === undefined ? {} : { value }), ...(limit === undefined ? {} : { limit }) }
}

/** Volumes are stated in cm3. */
function inWords(refusal: Refusal): Refusal {
  const { binding, value, limit } = refusal
  if (binding !== 'volume' || value === undefined || limit === undefined) return refusal
  return { binding, value: cm3FromMm3(value), limit: Math.floor(limit / 1000) }
}
