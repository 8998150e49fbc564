import type { Box } from '../model/box.ts'
import { groundOf } from '../model/ground.ts'
import { areApart, kindsOf, type Kind } from '../model/kind.ts'
import { blankPiece, holdOf, open, putIn, type FreeSpace } from '../one-carton/hold.ts'
import { sharedArea } from '../one-carton/physics.ts'
import type { Placed } from '../one-carton/stowage.ts'
import type { PackingItem, PackingRules, PackingSetup } from '../problem.ts'
import type { PackedParcel } from '../result.ts'

/** A maximal empty space, with what decides whether a piece may stand on its floor. */
export interface RoomSpace extends Readonly<FreeSpace> {
  readonly volumeMm3: number
  /** Pieces whose tops are the space's floor. */
  readonly tops: readonly Placed[]
  /** mm2 of the floor that those tops make up. */
  readonly carriedMm2: number
  /** A piece rests well wherever in the space it stands: on the carton's floor, on tops without a gap, or unasked. */
  readonly isCarried: boolean
  /** Something below may carry only so much. */
  readonly bearsLimited: boolean
  /** A piece that lies there already would come to rest on one that fills the space's height. */
  readonly isCapped: boolean
}

/** What is left of a planned parcel, made once for every product that asks. */
export interface ParcelRoom {
  readonly parcel: PackedParcel
  readonly box: Box
  readonly rules: PackingRules
  /** The pieces that have places. */
  readonly inside: readonly Placed[]
  /** Every kind that is inside, also those without sides. */
  readonly kinds: readonly Kind[]
  /** The largest first: those in which every place carries, and those whose floor has gaps. */
  readonly carried: readonly RoomSpace[]
  readonly gapped: readonly RoomSpace[]
  readonly leftG: number
  readonly leftMm3: number
  readonly leftDangerousG: number
}

/**
 * The room left in a parcel; undefined where nothing can be added whatever it is: a piece in its own box, a piece that
 * travels alone, a carton that the setup does not know. `items` are the lines the parcel's pieces come from. Cost: the
 * pieces times the spaces they leave.
 */
export function roomOf(
  setup: PackingSetup,
  { parcel, items }: { readonly parcel: PackedParcel; readonly items: readonly PackingItem[] },
): ParcelRoom | undefined {
  const box = groundOf(setup).carried.find(({ carton }) => carton.code === parcel.carton)
  const lines = kindsOf(items)
  const pieces = parcel.placements.map((placement) => ({ ...placement, kind: kindAt(lines, placement) }))
  const kinds = [...new Set(pieces.flatMap(({ kind }) => kind ?? []))]
  if (!box || pieces.some(({ kind }) => !kind) || kinds.some(({ item }) => item.handling.alone)) return undefined
  const inside = pieces.flatMap(({ kind, atMm, sizeMm }): readonly Placed[] => {
    if (!kind || !atMm || !sizeMm) return []
    return [{ kind, x: atMm[0], y: atMm[1], z: atMm[2], dx: sizeMm[0], dy: sizeMm[1], dz: sizeMm[2] }]
  })
  const sum = (of: (kind: Kind) => number): number =>
    pieces.reduce((total, { kind }) => total + (kind ? of(kind) : 0), 0)
  return {
    parcel,
    box,
    rules: setup.rules,
    inside,
    kinds,
    ...spacesAround(inside, box, setup.rules),
    leftG: box.netG - sum((kind) => kind.weightG),
    leftMm3: box.netMm3 - sum((kind) => kind.volumeMm3),
    leftDangerousG: (setup.rules.carrier?.maxDangerousG ?? Infinity) - sum((kind) => kind.dangerousG),
  }
}

/** The room that is left when these pieces lie there as well. */
export function roomWith(room: ParcelRoom, kind: Kind, placed: readonly Placed[]): ParcelRoom {
  const inside = [...room.inside, ...placed]
  return {
    ...room,
    inside,
    kinds: [...room.kinds, kind],
    ...spacesAround(inside, room.box, room.rules),
    leftG: room.leftG - placed.length * kind.weightG,
    leftMm3: room.leftMm3 - placed.length * kind.volumeMm3,
    leftDangerousG: room.leftDangerousG - placed.length * kind.dangerousG,
  }
}

/** True when the rules let such a piece travel with what is inside, and in this carton at all. */
export function mayJoin(room: ParcelRoom, kind: Kind): boolean {
  const { ownBox, alone } = kind.item.handling
  if (ownBox || (alone && room.kinds.length > 0)) return false
  if (kind.temperature !== 'ambient' && !room.box.carton.insulated) return false
  return !room.kinds.some((other) => areApart(kind, other, room.rules))
}

/** So many by weight, volume and dangerous goods. */
export function allowedOf({ leftG, leftMm3, leftDangerousG }: ParcelRoom, kind: Kind): number {
  const share = (left: number, each: number): number => (each > 0 ? Math.floor(left / each) : left < 0 ? 0 : Infinity)
  return Math.max(
    0,
    Math.min(share(leftG, kind.weightG), share(leftMm3, kind.volumeMm3), share(leftDangerousG, kind.dangerousG)),
  )
}

/** The line a piece belongs to: one of its SKU that may lie like that, else the first of its SKU. */
function kindAt(lines: readonly Kind[], { sku, sizeMm }: PackedParcel['placements'][number]): Kind | undefined {
  const own = lines.filter(({ item }) => item.sku === sku)
  const lying = own.find(({ shapes }) =>
    sizeMm === null
      ? shapes.length === 0
      : shapes.some(({ dx, dy, dz }) => dx === sizeMm[0] && dy === sizeMm[1] && dz === sizeMm[2]),
  )
  return lying ?? own[0]
}

/** Every maximal empty space around the pieces, none left out for being thin. */
function spacesAround(
  inside: readonly Placed[],
  box: Box,
  rules: PackingRules,
): Pick<ParcelRoom, 'carried' | 'gapped'> {
  const hold = { ...holdOf({ rules, hasLoads: false, kinds: [] }), shortestMm: 1 }
  open(hold, box)
  for (const piece of inside) putIn(hold, piece)
  const spaces = hold.spaces.slice(0, hold.spaceCount).filter(({ x1, x2, y1, y2, z1, z2 }) => {
    return x2 > x1 && y2 > y1 && z2 > z1
  })
  const isLimited = (piece: Placed): boolean => piece.kind.maxLoadG < Infinity
  const described = spaces.map((space): RoomSpace => {
    const base: Placed = { ...blankPiece(), x: space.x1, y: space.y1, dx: space.x2 - space.x1, dy: space.y2 - space.y1 }
    const tops = inside.filter((piece) => piece.z + piece.dz === space.z1 && sharedArea(base, piece) > 0)
    const covered = tops.reduce((sum, top) => sum + sharedArea(base, top), 0)
    return {
      ...space,
      volumeMm3: base.dx * base.dy * (space.z2 - space.z1),
      tops,
      carriedMm2: covered,
      isCarried: space.z1 === 0 || rules.minSupport === 0 || covered === base.dx * base.dy,
      bearsLimited: space.z1 > 0 && inside.some((piece) => piece.z + piece.dz <= space.z1 && isLimited(piece)),
      isCapped: inside.some((piece) => piece.z === space.z2 && sharedArea(base, piece) > 0),
    }
  })
  const fromLarge = described.sort((a, b) => b.volumeMm3 - a.volumeMm3)
  return {
    carried: fromLarge.filter((space) => space.isCarried),
    gapped: fromLarge.filter((space) => !space.isCarried),
  }
}
