import type { Terminal } from './programs.ts'

export interface FloorStop {
  readonly seq: number
  readonly sku: string
  readonly gtin?: string
  readonly location: string
  readonly name: string
  readonly quantity: number
  readonly picked: number
  readonly short: number
  readonly orderCode: string
  readonly parcelLetter: string
}

export interface FloorParcel {
  readonly id: string
  readonly orderCode: string
  readonly letter: string
  readonly status: string
  readonly number?: string
  readonly sequence?: string
  readonly contents: readonly { readonly sku: string; readonly quantity: number }[]
}

export interface PickList {
  readonly selection: object
  readonly tours: readonly { readonly seq: number; readonly stops: readonly FloorStop[] }[]
  readonly parcels: readonly FloorParcel[]
}

export const pickList = (tablet: Terminal, wave: string): Promise<PickList> => tablet.call('pick.list', { wave })

/** Confirms every open stop that is wanted, by the product's code. */
export async function pick(
  tablet: Terminal,
  wave: string,
  isWanted: (stop: FloorStop) => boolean = () => true,
): Promise<void> {
  for (const tour of (await pickList(tablet, wave)).tours) {
    for (const stop of tour.stops) {
      const quantity = stop.quantity - stop.picked - stop.short
      if (quantity < 1 || !isWanted(stop)) continue
      const code = stop.gtin ?? stop.sku
      await tablet.call('pick.confirm', { wave, tour: tour.seq, seq: stop.seq, code, quantity })
    }
  }
}

/** Packs every parcel, scan by scan. */
export async function pack(tablet: Terminal, wave: string): Promise<void> {
  for (const parcel of (await pickList(tablet, wave)).parcels) {
    if (parcel.status !== 'picking' && parcel.status !== 'planned') continue
    const scanned = parcel.contents.flatMap(({ sku, quantity }) => Array.from({ length: quantity }, () => sku))
    await tablet.call('pack.confirm', { parcelId: parcel.id, scanned })
  }
}
