import { readScan, scanFault } from '../../../src-main/kernel/scanned-code.ts'
import type { Stop, Tour } from '../../offline/waiting.ts'

type Facts = { readonly [name: string]: string }

/**
 * What a scan at a stop means: the right product, the right place, or what is wrong with it, with the facts of its
 * sentence. Judged on the station, so that it answers at once and without the shop; the shop judges again.
 */
export interface JudgedPick {
  readonly kind: 'product' | 'place' | 'wrongPlace' | 'wrong' | 'wrongLot' | 'expired'
  readonly facts: Facts
}

export function judgePick(code: string, at: { readonly tour: Tour; readonly stop: Stop }, today: string): JudgedPick {
  const { stop, tour } = at
  const scan = readScan(code)
  const { location, name, sku } = stop
  const facts: Facts = { location, name, expectedSku: sku, scanned: scan.gtin ?? scan.text, lot: stop.lot ?? '' }
  const fault = scanFault(scan, stop, today)
  switch (fault?.kind) {
    case undefined:
      return { kind: 'product', facts }
    case 'lot':
      return { kind: 'wrongLot', facts: { ...facts, scannedLot: fault.lot } }
    case 'expired':
      return { kind: 'expired', facts: { ...facts, day: fault.day } }
    case 'product':
      if (scan.text === location) return { kind: 'place', facts }
      return { kind: tour.stops.some((one) => one.location === scan.text) ? 'wrongPlace' : 'wrong', facts }
  }
}
