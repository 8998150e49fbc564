import type { Floor, Location } from '../domain/floor.ts'
import type { FloorFault } from '../domain/floor-faults.ts'

/** A floor as it is drawn, saved or not. */
export interface DrawnFloorView {
  readonly floor: Floor
  readonly locations: readonly Location[]
}

/** The floor in force; `revision` says which one a drawing began with. */
export interface FloorView extends DrawnFloorView {
  readonly revision: string
}

export type FloorFaultView = FloorFault

/** What somebody should know before saving a drawing. */
export interface FloorCheckView {
  readonly faults: readonly FloorFaultView[]
  /** Pieces at places the drawing does not have; the first of `leftCount`. */
  readonly left: readonly {
    readonly location: string
    readonly sku: string
    readonly name: string
    readonly onHand: number
    readonly reserved: number
    /** False for stock that lay off the floor before. */
    readonly wasDrawn: boolean
  }[]
  readonly leftCount: number
  /** Codes of waves that keep their tours, and of those whose tours are planned again when they next run. */
  readonly waves: { readonly keep: readonly string[]; readonly planAgain: readonly string[] }
}

export interface FloorPicksView {
  readonly rows: readonly { readonly location: string; readonly picks: number; readonly pieces: number }[]
  readonly picks: number
  readonly pieces: number
}

/** A walk tried out; lengths in millimetres. */
export interface TestedTourView {
  readonly stops: readonly { readonly seq: number; readonly location: string; readonly place: Location['place'] }[]
  readonly path: readonly (readonly [number, number])[]
  readonly lengthMm: number
  readonly lowerBoundMm: number
  readonly isOptimal: boolean
  readonly method: string
  readonly binOrderMm: number
  readonly turns: number
  readonly minutes: number
  readonly unknown: readonly string[]
  readonly unreachable: readonly string[]
}
