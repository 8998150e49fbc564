import type { Budget } from '../../../kernel/budget.ts'
import type { Box } from '../model/box.ts'
import type { Counts, Scene } from '../model/scene.ts'
import { loadsHold } from '../one-carton/physics.ts'
import type { Placed } from '../one-carton/stowage.ts'
import type { BlockList } from './block-list.ts'
import { chooseNext, newChoice, type Choice } from './choose.ts'
import { horizonOf, type Horizons } from './horizon.ts'
import { copyLoad, openLoad, place, type Load, type Spot, type Supply } from './load.ts'
import { piecesOf } from './pieces.ts'
import { tryBlock } from './view.ts'

/** Loads in the widest beam. */
const mostWide = 200

export interface BlockTask {
  readonly scene: Scene
  readonly box: Box
  readonly list: BlockList
  /** Pieces to put in; those without sides are left out. */
  readonly counts: Counts
  readonly budget: Budget
}

/** A way on: a load of the beam and the block it goes on with. */
interface Heir {
  parent: number
  readonly spot: Spot
  /** Volume inside, and volume that greedy filling ends with. */
  solidMm3: number
  promise: number
}

interface Search extends BlockTask {
  readonly supply: Supply
  readonly choice: Choice
  /** Filled to the end over and over. */
  readonly trial: Load
  readonly heirs: Heir[]
  /** Solid volume of all pieces: more cannot be in. */
  readonly allMm3: number
  bestMm3: number
  best: readonly Placed[]
  /** Something was left out because the beam was too narrow. */
  isCut: boolean
}

/**
 * The pieces by solid volume that blocks get into a box at most, found by beam search with greedy roll-outs (Araya and
 * Riff 2014): each load of the beam goes on with its fittest blocks, each of these is filled to the end greedily, and
 * those that end fullest make the next beam. Begins with a beam of one, then half as wide again, until the budget
 * is spent, all is in, or nothing is left out any more. Weight, loads, support and what is kept apart hold. Spends a
 * step or more per block put in.
 */
export function searchBlocks(task: BlockTask): readonly Placed[] {
  const search = openSearch(task)
  const root = openLoad(search.supply, task.counts)
  copyLoad(root, search.trial)
  const promise = rollOut(search)
  let beam: Load[] = []
  let next: Load[] = []
  const promises = new Float64Array(mostWide)
  for (let wide = 1; wide <= mostWide && !isOver(search); wide = Math.ceil(wide * Math.SQRT2)) {
    search.isCut = false
    for (const loads of [beam, next]) while (loads.length < wide) loads.push(openLoad(search.supply, task.counts))
    if (beam[0]) copyLoad(root, beam[0])
    promises[0] = promise
    for (let inBeam = 1; inBeam > 0; [beam, next] = [next, beam]) {
      const born = bear(search, { beam, inBeam, wide, promises })
      if (isOver(search)) break
      inBeam = survive(search, { beam, next, born, wide, promises })
    }
    if (!search.isCut) break
  }
  return search.best
}

function openSearch(task: BlockTask): Search {
  const { scene, box, list, counts } = task
  const horizons: Horizons = { scene, box, known: new Map() }
  horizonOf(horizons, Int32Array.from(counts))
  const supply = { list, horizons }
  let allMm3 = 0
  for (const kind of scene.kinds) allMm3 += kind.solidMm3 * (counts[kind.index] ?? 0)
  return {
    ...task,
    supply,
    choice: newChoice({ scene, box, list }, mostWide * mostWide),
    trial: openLoad(supply, counts),
    heirs: [],
    allMm3,
    bestMm3: 0,
    best: [],
    isCut: false,
  }
}

const isOver = ({ budget, bestMm3, allMm3 }: Search): boolean => budget.isSpent || bestMm3 >= allMm3

/** A roll-out's look at this many blocks is worth a step. */
const looksPerStep = 128

function spend(search: Search): void {
  const { choice, budget, trial } = search
  const steps = 1 + Math.floor((choice.looks + trial.liveCount) / looksPerStep)
  choice.looks = 0
  budget.spend(steps)
}

/** Fills the trial with the fittest block at a time; says what volume is inside in the end, and keeps it if it is the best. */
function rollOut(search: Search): number {
  const { trial, choice, supply } = search
  const spot: Spot = { block: 0, x: 0, y: 0, z: 0 }
  while (!isOver(search) && chooseNext(choice, trial, 1)) {
    setSpot(spot, choice, 0)
    place(trial, spot, supply)
    spend(search)
  }
  if (trial.solidMm3 > search.bestMm3) {
    const pieces = piecesOf(search.list, trial)
    if (!search.scene.hasLoads || loadsHold(pieces)) {
      search.best = pieces
      search.bestMm3 = trial.solidMm3
    }
  }
  return trial.solidMm3
}

function setSpot(spot: Spot, { view, list, chosen }: Choice, at: number): void {
  const block = chosen[at] ?? 0
  tryBlock(view, { dx: list.dx[block] ?? 0, dy: list.dy[block] ?? 0, dz: list.dz[block] ?? 0 })
  spot.block = block
  spot.x = view.block[0] ?? 0
  spot.y = view.block[1] ?? 0
  spot.z = view.block[2] ?? 0
}

interface Generation {
  readonly beam: readonly Load[]
  readonly inBeam: number
  readonly wide: number
  /** What each load of the beam ends with when it is filled greedily. */
  readonly promises: Float64Array
}

/** Every load of the beam goes on with its fittest blocks (a lone one with as many as the whole beam); how many heirs. */
function bear(search: Search, { beam, inBeam, wide, promises }: Generation): number {
  const { choice, heirs, trial, supply, list } = search
  let born = 0
  for (let parent = 0; parent < inBeam; parent++) {
    const load = beam[parent]
    const width = inBeam === 1 ? wide * wide : wide
    if (load === undefined || !chooseNext(choice, load, width)) continue
    if (choice.count === width) search.isCut = true
    const first = born
    for (let at = 0; at < choice.count; at++) {
      const heir = (heirs[born] ??= { parent, spot: { block: 0, x: 0, y: 0, z: 0 }, solidMm3: 0, promise: 0 })
      heir.parent = parent
      setSpot(heir.spot, choice, at)
      heir.solidMm3 = load.solidMm3 + (list.solidMm3[heir.spot.block] ?? 0)
      born++
    }
    for (let at = first; at < born && !isOver(search); at++) {
      const heir = heirs[at]
      if (heir === undefined) break
      // The fittest block is the one that greedy filling of the parent has begun with.
      if (at > first) {
        copyLoad(load, trial)
        place(trial, heir.spot, supply)
        spend(search)
      }
      heir.promise = at === first ? (promises[parent] ?? 0) : rollOut(search)
    }
  }
  return born
}

/** The heirs that end fullest become the next beam; of those alike in both volumes one. Says how many. */
function survive(
  search: Search,
  {
    beam,
    next,
    born,
    wide,
    promises,
  }: Omit<Generation, 'inBeam'> & { readonly next: readonly Load[]; readonly born: number },
): number {
  const ranked = search.heirs.slice(0, born).sort((a, b) => b.promise - a.promise || b.solidMm3 - a.solidMm3)
  let taken = 0
  let last: Heir | undefined
  for (const heir of ranked) {
    if (last !== undefined && last.promise === heir.promise && last.solidMm3 === heir.solidMm3) continue
    const from = beam[heir.parent]
    const to = next[taken]
    if (taken === wide || from === undefined || to === undefined) {
      search.isCut = true
      break
    }
    copyLoad(from, to)
    place(to, heir.spot, search.supply)
    promises[taken++] = heir.promise
    last = heir
  }
  return taken
}
