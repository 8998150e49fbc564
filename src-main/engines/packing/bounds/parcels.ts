import type { Box } from '../model/box.ts'
import { areApart, type Kind } from '../model/kind.ts'
import type { Counts, Scene } from '../model/scene.ts'
import { mixes, scaled, type Shares } from './scales.ts'

/** Floating point slack before a sum of shares is rounded up. */
const shareSlack = 1e-6

const weightScales = [0, 1, 2, 3, 4, 5]

/**
 * A lower bound on the number of parcels for these pieces: each piece takes at least its smallest share
 * over the cartons that admit it, by rounded volume, allowable volume, weight (Martello and Toth's L2 in
 * its dual form) and dangerous goods; and pieces of which no two can share a carton need one each.
 * Every piece must be packable by itself. Cost: (mixes + kinds) x kinds x cartons.
 */
export function parcelsBound(scene: Scene, counts: Counts, sharesIn: (box: Box) => Shares): number {
  if (counts.every((count) => count === 0)) return 0
  const cartons = scene.boxes.map((box) => ({ box, shares: sharesIn(box) }))
  const summed = (shareOf: (carton: (typeof cartons)[number], kind: Kind) => number): number => {
    let sum = 0
    for (const kind of scene.kinds) {
      const count = counts[kind.index] ?? 0
      if (count === 0) continue
      let least = Infinity
      for (const carton of cartons) {
        if (canEnter(carton, kind)) least = Math.min(least, shareOf(carton, kind))
      }
      sum += least === Infinity ? 0 : count * least
    }
    return Math.ceil(sum - shareSlack)
  }
  return Math.max(
    1,
    ...mixes.map((_mix, at) => summed(({ shares }, kind) => shares.ofKind(kind.index)[at] ?? 0)),
    ...weightScales.map((scale) => summed(({ box }, kind) => partOf(kind.weightG, box.netG, scale))),
    summed(({ box }, kind) => partOf(kind.volumeMm3, box.netMm3, 0)),
    scene.maxDangerousG < Infinity ? summed((_carton, kind) => partOf(kind.dangerousG, scene.maxDangerousG, 0)) : 0,
    cliqueBound(scene, counts, cartons),
  )
}

const partOf = (value: number, whole: number, scale: number): number => (value === 0 ? 0 : scaled(value, whole, scale))

interface Carton {
  readonly box: Box
  readonly shares: Shares
}

function canEnter({ box, shares }: Carton, kind: Kind): boolean {
  return (shares.volume[kind.index] ?? 0) < Infinity && kind.weightG <= box.netG && kind.volumeMm3 <= box.netMm3
}

/** Greedy clique, the heaviest to place first, of pieces that pairwise cannot share any carton. */
function cliqueBound(scene: Scene, counts: Counts, cartons: readonly Carton[]): number {
  const canShare = (a: Kind, b: Kind): boolean =>
    !areApart(a, b, scene.rules) &&
    a.dangerousG + b.dangerousG <= scene.maxDangerousG &&
    cartons.some(
      ({ box, shares }) =>
        shares.canPair(a.index, b.index) &&
        a.weightG + b.weightG <= box.netG &&
        a.volumeMm3 + b.volumeMm3 <= box.netMm3,
    )
  const bySize = scene.kinds.filter((kind) => (counts[kind.index] ?? 0) > 0).sort((a, b) => b.solidMm3 - a.solidMm3)
  const clique: Kind[] = []
  let size = 0
  for (const kind of bySize) {
    if (clique.some((member) => canShare(member, kind))) continue
    clique.push(kind)
    size += canShare(kind, kind) ? 1 : (counts[kind.index] ?? 0)
  }
  return size
}
