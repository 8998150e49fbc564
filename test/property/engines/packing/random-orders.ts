import type {
  Orientation,
  PackingCarton,
  PackingItem,
  PackingOrder,
  PackingProblem,
  PackingRules,
} from '../../../../src-main/engines/packing/index.ts'
import { seededRandom } from '../../../../src-main/kernel/random.ts'
import type { Size } from '../../../../src-main/kernel/units.ts'

/**
 * Random problems for the long runs: one number, one problem, on every machine. Every rule of the format turns up,
 * alone and beside others, in three worlds: sides of a few millimetres (ties and exact fits everywhere), sides as shops
 * have them, and pieces sawn out of a carton so that they fit it exactly.
 */
export interface Draw {
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number
  /** True in about `percent` of a hundred cases. */
  chance(percent: number): boolean
  pick<Entry>(entries: readonly [Entry, ...Entry[]]): Entry
  /** The value in about `percent` of a hundred cases, else nothing. */
  maybe<Value>(percent: number, value: () => Value): Value | undefined
}

export function drawFrom(seed: number): Draw {
  const random = seededRandom(seed)
  const draw: Draw = {
    int: (least, most) => least + random.below(most - least + 1),
    chance: (percent) => random.below(100) < percent,
    pick: (entries) => entries[random.below(entries.length)] ?? entries[0],
    maybe: (percent, value) => (draw.chance(percent) ? value() : undefined),
  }
  return draw
}

interface World {
  /** Longest side of a piece and of a carton. */
  readonly pieceMm: number
  readonly cartonMm: number
  readonly isSawn: boolean
  /** How likely a piece has a rule of its own, in percent. */
  readonly ruled: number
}

function worldOf(draw: Draw): World {
  const isSmall = draw.chance(40)
  return {
    pieceMm: isSmall ? 24 : 300,
    cartonMm: isSmall ? 45 : 600,
    isSawn: draw.chance(20),
    ruled: draw.pick([0, 8, 8, 20, 45]),
  }
}

export function randomProblem(seed: number): PackingProblem {
  const draw = drawFrom(seed)
  const world = worldOf(draw)
  const cartons = Array.from({ length: draw.chance(3) ? 0 : draw.int(1, 5) }, (_, at) => randomCarton(draw, world, at))
  const rules = randomRules(draw, world)
  const orders = Array.from({ length: draw.pick([1, 1, 2, 3]) }, (_, at) => randomOrder(draw, { world, cartons, at }))
  // Shops repeat baskets: the same lines under other names, as the last order.
  const [first] = orders
  if (first && draw.chance(12)) {
    const items = first.items.map((item) => ({ ...item, sku: `again-${item.sku}` }))
    orders.push({ id: 'again', items })
  }
  return { cartons, rules, orders }
}

function randomCarton(draw: Draw, { cartonMm }: World, at: number): PackingCarton {
  const side = (): number => draw.int(Math.ceil(cartonMm / 5), cartonMm)
  const innerMm: Size = [side(), side(), side()]
  const wall = draw.int(0, 3)
  const isLight = draw.chance(15)
  return {
    code: `C${at}`,
    innerMm,
    outerMm: [innerMm[0] + wall, innerMm[1] + wall, innerMm[2] + wall],
    tareG: draw.int(0, 60),
    maxGrossG: isLight ? draw.int(50, 900) : draw.int(900, 30_000),
    maxVolumeCm3: draw.maybe(12, () => Math.max(1, Math.floor((innerMm[0] * innerMm[1] * innerMm[2]) / 1400))),
    costMinor: draw.int(0, 99),
    available: draw.maybe(15, () => draw.int(0, 3)),
    insulated: draw.chance(40),
    paddingMm: draw.chance(15) ? draw.int(1, Math.ceil(cartonMm / 10)) : 0,
    coolantMm3: draw.chance(15) ? draw.int(1, innerMm[0] * innerMm[1]) : 0,
    coolantG: draw.chance(15) ? draw.int(1, 90) : 0,
  }
}

function randomRules(draw: Draw, { cartonMm }: World): PackingRules {
  const limits = (percent: number) => ({
    maxLengthMm: draw.maybe(percent, () => draw.int(cartonMm / 3, cartonMm * 1.2)),
    maxGirthMm: draw.maybe(percent, () => draw.int(cartonMm, cartonMm * 4)),
    maxGrossG: draw.maybe(percent, () => draw.int(300, 12_000)),
  })
  const rows = draw.chance(25) ? draw.int(1, 4) : 0
  const tariff = Array.from({ length: rows }, () => ({ ...limits(40), priceMinor: draw.int(1, 999) }))
  return {
    minSupport: draw.pick([0, 0.5, 0.6, 0.75, 0.75, 0.75, 0.9, 1]),
    dimDivisorCm3PerKg: draw.maybe(25, () => draw.int(1, 6000)),
    keepApart: draw.pick<PackingRules['keepApart']>([
      [],
      [['food', 'chemicals']],
      [['food', 'chemicals', 'batteries'], ['books', 'chemicals']], // prettier-ignore
    ]),
    mode: draw.chance(70) ? 'fewest' : 'cheapest',
    objective: rows > 0 ? 'tariff' : draw.pick(['billable', 'volume', 'volume', 'cost']),
    carrier: draw.maybe(30, () => ({
      ...limits(25),
      maxParcels: draw.maybe(25, () => draw.int(1, 4)),
      maxDangerousG: draw.maybe(40, () => draw.int(10, 90)),
    })),
    tariff,
  }
}

function randomOrder(
  draw: Draw,
  { world, cartons, at }: { world: World; cartons: readonly PackingCarton[]; at: number },
): PackingOrder {
  const [sawnFrom] = cartons
  const sizes =
    world.isSawn && sawnFrom
      ? sawn(draw, sawnFrom)
      : Array.from({ length: draw.chance(2) ? 0 : draw.int(1, draw.pick([2, 4, 8])) }, () => freeSize(draw, world))
  const items = sizes.map((size, line) => randomItem(draw, world, { size, sku: `s-${line}` }))
  // The same article in two lines, as shops send it.
  const twice = items.slice(0, 1).map((item) => ({ ...item, quantity: draw.int(1, 2) }))
  return { id: `o-${at}`, items: draw.chance(4) ? [...items, ...twice] : items }
}

const freeSize = (draw: Draw, { pieceMm }: World): Size => {
  const most = draw.chance(3) ? pieceMm * 3 : pieceMm
  return [draw.int(1, most), draw.int(1, most), draw.int(1, most)]
}

/** A carton's room sawn into pieces, each cut straight through, and each piece turned as it comes. */
function sawn(draw: Draw, { innerMm, paddingMm }: PackingCarton): readonly Size[] {
  const pieces: [number, number, number][] = [[innerMm[0] - paddingMm, innerMm[1] - paddingMm, innerMm[2] - paddingMm]]
  for (let cut = draw.int(1, 6); cut > 0; cut--) {
    const piece = pieces.shift()
    if (!piece) break
    const axis = draw.pick([0, 1, 2] as const)
    if (piece[axis] < 2) pieces.push(piece)
    else {
      const rest: typeof piece = [...piece]
      piece[axis] = draw.int(1, piece[axis] - 1)
      rest[axis] -= piece[axis]
      pieces.push(piece, rest)
    }
  }
  const turned = pieces.map(([a, b, c]): Size => draw.pick([[a, b, c], [b, a, c], [c, b, a]] as const)) // prettier-ignore
  return turned.filter((size) => Math.min(...size) > 0)
}

function randomItem(draw: Draw, world: World, { size, sku }: { size: Size; sku: string }): PackingItem {
  const isRuled = (): boolean => draw.chance(world.ruled)
  const sizeMm = draw.chance(world.isSawn ? 1 : 4) ? null : size
  const quantity = world.isSawn ? 1 : draw.chance(3) ? draw.int(5, 24) : draw.int(1, 4)
  return {
    sku,
    quantity,
    sizeMm,
    weightG: draw.chance(5) ? 0 : draw.int(1, draw.chance(8) ? 9000 : 500),
    volumeCm3: sizeMm === null || draw.chance(5) ? draw.int(1, world.pieceMm) : undefined,
    handling: {
      orientation: isRuled()
        ? draw.pick<Orientation>(['upright', 'flat', 'fixed', ['l'], ['w', 'h'], ['h', 'l']])
        : 'any',
      maxLoadG: isRuled() ? draw.pick([0, draw.int(1, 200), draw.int(200, 2000)]) : undefined,
      fragile: isRuled() && draw.chance(50),
      class: isRuled() ? draw.pick(['food', 'chemicals', 'batteries', 'books']) : undefined,
      temperature: isRuled() && draw.chance(60) ? draw.pick(['chilled', 'chilled', 'frozen']) : 'ambient',
      alone: isRuled() && draw.chance(50),
      ownBox: isRuled() && draw.chance(50),
      keepTogether: isRuled() ? draw.pick(['set-1', 'set-1', 'set-2']) : undefined,
      foldedMm: isRuled() ? [freeSize(draw, world)] : [],
      dangerousG: isRuled() ? draw.int(1, 60) : 0,
    },
  }
}
