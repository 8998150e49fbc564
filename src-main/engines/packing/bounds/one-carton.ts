import type { Box } from '../model/box.ts'
import { dangerOf, isTorn, sumOver, volumeOf, weightOf, type Counts, type Scene } from '../model/scene.ts'
import { leastShortfall } from '../model/shortfall.ts'
import { largestGain, mixes, type Shares } from './scales.ts'

/** Why a carton cannot hold some pieces, however they are placed. */
export interface Refusal {
  readonly binding: 'weight' | 'volume' | 'length' | 'dangerous' | 'keep-apart' | 'placement'
  readonly value?: number
  readonly limit?: number
}

/** Floating point slack of a sum of shares. */
const shareSlack = 1e-9

/**
 * The first proof found that these pieces cannot all be in this carton, or undefined: weight, volume,
 * dangerous goods, what is kept apart, a piece that is too long, the rounded volumes, a pair that cannot
 * lie in it together. Cost: mixes x kinds + kinds squared.
 */
export function refusalOf(
  scene: Scene,
  box: Box,
  { counts, shares }: { counts: Counts; shares: Shares },
): Refusal | undefined {
  const weight = sumOver(scene, counts, weightOf)
  if (weight > box.netG) return { binding: 'weight', value: weight + box.allowableG - box.netG, limit: box.allowableG }
  const volume = sumOver(scene, counts, volumeOf)
  if (volume > box.netMm3) return { binding: 'volume', value: volume, limit: box.netMm3 }
  if (scene.maxDangerousG < Infinity) {
    const danger = sumOver(scene, counts, dangerOf)
    if (danger > scene.maxDangerousG) return { binding: 'dangerous', value: danger, limit: scene.maxDangerousG }
  }
  if (isTorn(scene, counts)) return { binding: 'keep-apart' }
  return tooLong(scene, box, { counts, shares }) ?? tooFull(box, counts, shares)
}

function tooLong(scene: Scene, box: Box, { counts, shares }: { counts: Counts; shares: Shares }): Refusal | undefined {
  const kind = scene.kinds.find(({ index }) => (counts[index] ?? 0) > 0 && shares.volume[index] === Infinity)
  return kind && { binding: 'length', ...leastShortfall(kind, box) }
}

function tooFull(box: Box, counts: Counts, shares: Shares): Refusal | undefined {
  let volume = 0
  for (let kind = 0; kind < counts.length; kind++) {
    const count = counts[kind] ?? 0
    // A kind that never fits has an infinite share, and none of it must not become "not a number".
    if (count > 0) volume += count * (shares.volume[kind] ?? 0)
  }
  if (volume > 1 + shareSlack)
    return { binding: 'volume', value: Math.ceil(volume * box.usableMm3), limit: box.usableMm3 }
  if (volume * largestGain > 1 && isTooFullRounded(counts, shares)) return { binding: 'placement' }
  return hasClash(counts, shares) ? { binding: 'placement' } : undefined
}

/** True when the volumes by some mix of scales are too much. */
function isTooFullRounded(counts: Counts, shares: Shares): boolean {
  const sums = new Float64Array(mixes.length)
  for (let kind = 0; kind < counts.length; kind++) {
    const count = counts[kind] ?? 0
    if (count === 0) continue
    const row = shares.ofKind(kind)
    for (let mix = 0; mix < sums.length; mix++) sums[mix] = (sums[mix] ?? 0) + count * (row[mix] ?? 0)
  }
  return sums.some((sum) => sum > 1 + shareSlack)
}

/** True when two of the pieces can never lie in the carton together. */
function hasClash(counts: Counts, shares: Shares): boolean {
  for (let a = 0; a < counts.length; a++) {
    const count = counts[a] ?? 0
    if (count === 0) continue
    if (count > 1 && !shares.canPair(a, a)) return true
    for (let b = a + 1; b < counts.length; b++) {
      if ((counts[b] ?? 0) > 0 && !shares.canPair(a, b)) return true
    }
  }
  return false
}
