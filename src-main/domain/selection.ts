import type { EpochMs } from '../kernel/time.ts'
import type { Size } from '../kernel/units.ts'
import type { HandlingMark } from './catalogue.ts'
import type { Floor, Place } from './floor.ts'
import type { ParcelTotals, Placement, Why } from './parcel.ts'
import type { Sealing } from './settings.ts'

/** Where and what to take, as one stop of a tour. Nothing personal. */
export interface SelectionStop {
  readonly seq: number
  readonly location: string
  readonly place: Place
  readonly lot?: string | undefined
  readonly gtin?: string | undefined
  readonly sku: string
  readonly name: string
  readonly quantity: number
  /** Marks of the pieces taken here; absent in documents of former versions. */
  readonly handling?: readonly HandlingMark[] | undefined
  readonly orderCode: string
  readonly parcelLetter: string
  readonly tote: number
}

export interface SelectionTour {
  readonly id: string
  readonly seq: number
  readonly stops: readonly SelectionStop[]
  readonly lengthMm: number
  readonly lowerBoundMm: number
  readonly binOrderMm: number
  readonly minutes: number
  readonly proof: { readonly optimal: boolean; readonly method: string }
  readonly path: readonly (readonly [number, number])[]
}

export interface SelectionPackage {
  readonly letter: string
  readonly carton: string | null
  readonly cartonName: string
  readonly innerMm: Size | null
  readonly handling: readonly HandlingMark[]
  /** Sorted by pickSeq, the stop at which the piece is taken. */
  readonly contents: readonly {
    readonly pickSeq: number
    readonly sku: string
    readonly gtin?: string | undefined
    readonly name: string
    readonly quantity: number
  }[]
  readonly placements: readonly Placement[]
  readonly checkedBy: 'placement' | 'volume'
  readonly totals: ParcelTotals
  readonly why: Why
}

export interface SelectionOrder {
  readonly code: string
  /** The pseudonym: orders of one user to one address may share a parcel. */
  readonly userId: string
  readonly pieceCount: number
  readonly moreThanOne: boolean
  readonly packages: readonly SelectionPackage[]
  readonly proof: { readonly parcelsLowerBound: number; readonly fewestParcels: boolean; readonly best: boolean }
  /** Only with `sealing = selection`: the recipient under the shop's counter key. */
  readonly recipient?: string | undefined
}

/** SelectionInformation, `backroom-selection-1`: what the shop needs to pick and pack one wave. */
export interface SelectionInformation {
  readonly format: 'backroom-selection-1'
  readonly wave: string
  readonly version: number
  readonly issuedAt: EpochMs
  /** Which document holds the encrypted recipients; absent in those of former versions. */
  readonly sealing?: Sealing | undefined
  readonly shop: { readonly name: string; readonly zone: string; readonly locale: string }
  readonly floor: Floor
  readonly tours: readonly SelectionTour[]
  readonly orders: readonly SelectionOrder[]
}
