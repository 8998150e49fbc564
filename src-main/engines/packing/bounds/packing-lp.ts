/**
 * A fractional packing: maximise the value of what goes in. Column c stands for one kind in one carton;
 * it belongs to the item `itemOf[c]`, of which there are `supply[item]`, and takes `use[row][c]` of each
 * row's `capacity[row]`. All numbers are 0 or more, so that nothing packed is where the search starts.
 */
export interface PackingLp {
  readonly value: Float64Array
  readonly itemOf: Int32Array
  readonly supply: Float64Array
  readonly use: readonly Float64Array[]
  readonly capacity: Float64Array
}

const tolerance = 1e-9

/**
 * Prices of the rows, 0 or more, at the end of the primal simplex method (Dantzig 1951; largest
 * coefficient first, the first one after many pivots, against cycles). The prices are good, not exact: whoever
 * draws a conclusion reckons its bound from them by weak duality, where their rounding does no harm.
 * Cost: rows x columns each pivot, taken from `meter.cells`; undefined when they do not suffice.
 */
export function rowPrices(lp: PackingLp, meter: { cells: number }): Float64Array | undefined {
  const columns = lp.value.length
  const items = lp.supply.length
  const rows = items + lp.use.length
  const tableau = tableauOf(lp, rows)
  const goal = new Float64Array(columns + rows)
  goal.set(lp.value)
  const side = new Float64Array(rows)
  side.set(lp.supply)
  side.set(lp.capacity, items)
  const calmPivots = 2 * rows
  for (let pivot = 0; meter.cells >= 0; pivot++) {
    const column = enteringColumn(goal, pivot > calmPivots)
    if (column < 0) return goal.slice(columns + items).map((price) => Math.max(0, -price))
    const row = leavingRow(tableau, side, column)
    if (row < 0) return undefined
    turn({ tableau, side, goal }, row, column)
    meter.cells -= rows * goal.length
  }
  return undefined
}

/** One row per item, then the rows of the cartons, each with its slack. */
function tableauOf({ value, itemOf, supply, use }: PackingLp, rows: number): Float64Array[] {
  const columns = value.length
  return Array.from({ length: rows }, (_unused, at) => {
    const row = new Float64Array(columns + rows)
    const given = use[at - supply.length]
    if (given) row.set(given)
    else for (let column = 0; column < columns; column++) row[column] = itemOf[column] === at ? 1 : 0
    row[columns + at] = 1
    return row
  })
}

function enteringColumn(goal: Float64Array, isFirst: boolean): number {
  let best = -1
  let most = tolerance
  for (let column = 0; column < goal.length; column++) {
    const gain = goal[column] ?? 0
    if (gain <= most) continue
    best = column
    most = gain
    if (isFirst) break
  }
  return best
}

function leavingRow(tableau: readonly Float64Array[], side: Float64Array, column: number): number {
  let best = -1
  let least = Infinity
  for (let row = 0; row < tableau.length; row++) {
    const slope = tableau[row]?.[column] ?? 0
    if (slope <= tolerance) continue
    const ratio = (side[row] ?? 0) / slope
    if (ratio < least) {
      least = ratio
      best = row
    }
  }
  return best
}

interface Tableau {
  readonly tableau: readonly Float64Array[]
  readonly side: Float64Array
  readonly goal: Float64Array
}

function turn({ tableau, side, goal }: Tableau, row: number, column: number): void {
  const chosen = tableau[row]
  if (chosen === undefined) return
  const pivot = chosen[column] ?? 1
  for (let at = 0; at < chosen.length; at++) chosen[at] = (chosen[at] ?? 0) / pivot
  side[row] = (side[row] ?? 0) / pivot
  const touched: number[] = []
  for (let at = 0; at < chosen.length; at++) if (chosen[at] !== 0) touched.push(at)
  const clear = (other: Float64Array): number => {
    const factor = other[column] ?? 0
    if (factor !== 0) for (const at of touched) other[at] = (other[at] ?? 0) - factor * (chosen[at] ?? 0)
    return factor
  }
  for (let at = 0; at < tableau.length; at++) {
    const other = tableau[at]
    if (at === row || other === undefined) continue
    side[at] = Math.max(0, (side[at] ?? 0) - clear(other) * (side[row] ?? 0))
  }
  clear(goal)
}
