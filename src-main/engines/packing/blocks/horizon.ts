import type { Box } from '../model/box.ts'
import type { Scene } from '../model/scene.ts'

/** What the kinds that are left can still do with a free space. */
export interface Horizon {
  /** Shortest extent of a piece along each axis; thinner spaces are useless. */
  readonly least: readonly [number, number, number]
  /** `reach[axis][length]`: the longest row of pieces up to that length. */
  readonly reach: readonly [Int32Array, Int32Array, Int32Array]
}

/** Horizons by the kinds that are left, made when they are asked for. */
export interface Horizons {
  readonly scene: Scene
  readonly box: Box
  readonly known: Map<string, Horizon>
}

/** All horizons are forgotten when they hold more numbers than this. */
const mostNumbers = 1_000_000
/** Kinds per number of a key. */
const kindsPerWord = 30

/** The horizon of the kinds of which any piece is left; how many does not matter. */
export function horizonOf({ scene, box, known }: Horizons, left: Int32Array): Horizon {
  const key = keyOf(left)
  const before = known.get(key)
  if (before) return before
  if (known.size * (box.x + box.y + box.z) > mostNumbers) known.clear()
  const [x, y, z] = (['dx', 'dy', 'dz'] as const).map((side) => {
    const kinds = scene.kinds.filter((kind) => (left[kind.index] ?? 0) > 0)
    const lengths = kinds.flatMap((kind) => kind.shapes.map((shape) => shape[side]))
    return [...new Set(lengths)].sort((a, b) => a - b)
  })
  const horizon: Horizon = {
    least: [x?.[0] ?? Infinity, y?.[0] ?? Infinity, z?.[0] ?? Infinity],
    reach: [reachOf(x, box.x), reachOf(y, box.y), reachOf(z, box.z)],
  }
  known.set(key, horizon)
  return horizon
}

function keyOf(left: Int32Array): string {
  let key = ''
  for (let from = 0; from < left.length; from += kindsPerWord) {
    let bits = 0
    for (let at = 0; at < kindsPerWord; at++) if ((left[from + at] ?? 0) > 0) bits |= 1 << at
    key += `${bits},`
  }
  return key
}

/** Longest sum up to every limit of the lengths (rising), each as often as one likes. Cost: limit x lengths at worst. */
function reachOf(lengths: readonly number[] = [], limit: number): Int32Array {
  const reach = new Int32Array(limit + 1)
  for (let at = 1; at <= limit; at++) {
    let longest = reach[at - 1] ?? 0
    for (const length of lengths) {
      if (length > at || longest === at) break
      longest = Math.max(longest, length + (reach[at - length] ?? 0))
    }
    reach[at] = longest
  }
  return reach
}
