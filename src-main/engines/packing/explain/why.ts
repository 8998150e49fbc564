import { provenRefusal, type Workshop } from '../one-carton/fill.ts'
import type { Box } from '../model/box.ts'
import { countOf, plus, sumOver, weightOf, type Counts } from '../model/scene.ts'
import { boxesByPrice, type Filled } from '../many-cartons/plan.ts'
import type { Facts, PackedParcel } from '../result.ts'

type Why = PackedParcel['why']

/** Reasons of a group's parcels: the first one for its carton, each further one for being there at all. */
export function whysOf(shop: Workshop, filled: readonly Filled[]): readonly Why[] {
  const all = filled.reduce<Counts>(
    (sum, parcel) => plus(sum, parcel.counts),
    shop.scene.kinds.map(() => 0),
  )
  return filled.map((parcel, at) => (at === 0 ? whyThisCarton(shop, parcel) : whyOneMore(shop, all)))
}

/** The nearest better carton, and what refuses the pieces there. */
function whyThisCarton(shop: Workshop, parcel: Filled): Why {
  const ranked = boxesByPrice(shop, sumOver(shop.scene, parcel.counts, weightOf))
  const better = ranked.slice(0, ranked.indexOf(parcel.box)).at(-1)
  if (better === undefined) return { code: 'smallest-carton', facts: {} }
  return { code: 'larger-carton', facts: { carton: better.carton.code, ...bindingFacts(shop, better, parcel.counts) } }
}

/** What keeps all the pieces from travelling in the roomiest carton. */
function whyOneMore(shop: Workshop, all: Counts): Why {
  const roomiest = shop.scene.boxes.reduce((most, box) => (box.usableMm3 > most.usableMm3 ? box : most))
  const facts = { carton: roomiest.carton.code, pieces: countOf(all), ...bindingFacts(shop, roomiest, all) }
  return { code: 'one-more-parcel', facts }
}

/** `placement` when only the places are in the way; `stock` never shows here: a carton out of stock refuses nothing. */
function bindingFacts(shop: Workshop, box: Box, counts: Counts): Facts {
  const refusal = provenRefusal(shop, box, counts)
  if (refusal === undefined) return { binding: 'placement' }
  const { binding, value, limit } = refusal
  return { binding, ...(value === undefined ? {} : { value }), ...(limit === undefined ? {} : { limit }) }
}
