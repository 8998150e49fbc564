import { canonicalJson, toJson } from '../kernel/json.ts'
import type { PackingProblem, PackingResult, PlanOptions } from '../ports/planners.ts'
import type { Packer } from './plan-parcels.ts'

type Cartons = PackingProblem['cartons']
type PackedOrder = PackingResult['orders'][number]
type PackingOrder = PackingProblem['orders'][number]

/** Plans kept: some thousand orders of some parcels each, a few megabytes. */
const mostKept = 4_000

/**
 * A packer that plans an order again only when something about it has changed: shown plans follow every tick of a
 * hand. Answers what `planners.pack` answers for the same problem (times aside, and the facts of `no-carton-left` count
 * what is left at the order's turn): orders share one stock of cartons, earlier ones first. A carton of which there are at least as many as an order has pieces is as good as unlimited to it, so that
 * most plans do not depend on the other orders; such orders are planned in all threads at once.
 */
export function rememberPacking(packer: Packer): Packer {
  const kept = new Map<string, PackedOrder>()

  async function plan(work: readonly Wanted[], setup: PackingProblem, options: PlanOptions): Promise<void> {
    const cartons = work[0]?.cartons
    if (!cartons) return
    const orders = work.map(({ order }) => order)
    const result = await packer.pack({ ...setup, cartons, orders }, options)
    for (const [index, { key }] of work.entries()) {
      const packed = result.orders[index]
      if (packed) kept.set(key, packed)
    }
  }

  return {
    async pack(problem, options = {}) {
      const onProgress = options.onProgress ?? (() => undefined)
      const left = new Map(problem.cartons.map((carton) => [carton.code, carton.available]))
      const keyOf = keysOf(problem, options.seed)
      const ahead = problem.orders
        .map((order) => keyOf(order, left))
        .filter((wanted) => !kept.has(wanted.key) && wanted.isUnlimited)
      // The same basket twice is planned once.
      const distinct = [...new Map(ahead.map((wanted) => [wanted.key, wanted])).values()]
      await plan(distinct, problem, { ...options, onProgress: (done) => onProgress(done, problem.orders.length) })

      const orders: PackedOrder[] = []
      for (const order of problem.orders) {
        const wanted = keyOf(order, left)
        if (!kept.has(wanted.key)) await plan([wanted], problem, { ...options, onProgress: undefined })
        const packed = kept.get(wanted.key)
        if (!packed) continue
        // What was used last is kept longest.
        kept.delete(wanted.key)
        kept.set(wanted.key, packed)
        for (const { carton } of packed.parcels) take(left, carton)
        orders.push({ ...packed, id: order.id })
        onProgress(orders.length, problem.orders.length)
      }
      for (const key of kept.keys()) {
        if (kept.size <= mostKept) break
        kept.delete(key)
      }
      return { orders }
    },
  }
}

interface Wanted {
  readonly key: string
  readonly order: PackingOrder
  /** As this order sees them. */
  readonly cartons: Cartons
  /** No carton is scarce for it. */
  readonly isUnlimited: boolean
}

type Left = Map<string, number | undefined>

/** Keys without the order's name: two orders of the same pieces are planned alike. */
function keysOf(problem: PackingProblem, seed: number | undefined): (order: PackingOrder, left: Left) => Wanted {
  const texts = new Map<string, { readonly text: string; readonly cartons: Cartons; readonly isUnlimited: boolean }>()
  const rules = canonicalJson(toJson(problem.rules))
  return (order, left) => {
    const pieces = order.items.reduce((sum, item) => sum + item.quantity, 0)
    const scarce = problem.cartons.map(({ code }) => {
      const available = left.get(code)
      return available === undefined || available >= pieces ? '' : String(available)
    })
    const pattern = scarce.join(',')
    let seen = texts.get(pattern)
    if (!seen) {
      const cartons = problem.cartons.map(({ available: _available, ...carton }, index) => {
        const number = scarce[index]
        return number === '' || number === undefined ? carton : { ...carton, available: Number(number) }
      })
      seen = { text: canonicalJson(toJson(cartons)), cartons, isUnlimited: scarce.every((one) => one === '') }
      texts.set(pattern, seen)
    }
    const key = `${seed ?? ''}\n${rules}\n${seen.text}\n${canonicalJson(toJson(order.items))}`
    return { key, order, cartons: seen.cartons, isUnlimited: seen.isUnlimited }
  }
}

function take(left: Left, carton: string | null): void {
  const number = carton === null ? undefined : left.get(carton)
  if (carton !== null && number !== undefined) left.set(carton, number - 1)
}
