import { claimPieces } from './claim-pieces.ts'
import { placeCounterOrder, type CounterOrder, type PlacedOrder } from './place-counter-order.ts'
import { pricedLines } from './preview-order.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'vault' | 'system' | 'geocoder' | 'storefrontFor'>

/** An order at the counter or on the phone, its pieces taken off sale everywhere else first. Throws like placeCounterOrder. */
export async function placeAtCounter(deps: Deps, caller: Caller, input: CounterOrder): Promise<PlacedOrder> {
  const { lines } = await pricedLines(deps, input.lines)
  const wants = new Map(lines.map(({ product, quantity }) => [product.sku, quantity]))
  return claimPieces(deps, caller, { wants, promise: () => placeCounterOrder(deps, caller, input) })
}
