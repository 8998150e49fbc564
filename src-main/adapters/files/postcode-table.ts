import { readFileSync } from 'node:fs'
import type { GeoPoint } from '../../domain/recipient.ts'
import type { Geocoder } from '../../ports/geocoder.ts'
import { readCsv, RowReader } from './csv.ts'

/** Accuracy of a table that states none: the usual extent of a postcode area. */
const usualAccuracyM = 3000

/**
 * Coordinates from the shop's own postcode table (`postcode,town,lat,lon[,accuracy_m]`), read at the first question.
 * Without a file nothing is located. `country`: the country the table is for.
 */
export function postcodeTable(options: {
  readonly path: string
  readonly country: () => Promise<string | undefined>
}): Geocoder {
  let table: ReadonlyMap<string, GeoPoint> | undefined
  return {
    async locate(recipient) {
      if (recipient.country !== (await options.country())) return undefined
      table ??= readTable(options.path)
      return table.get(recipient.postcode.replaceAll(/\s/g, ''))
    },
  }
}

function readTable(path: string): ReadonlyMap<string, GeoPoint> {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch {
    // No table is a normal shop; its stops are sorted by routing code instead.
    return new Map()
  }
  const points = new Map<string, GeoPoint>()
  for (const row of readCsv(bytes, ['postcode', 'lat', 'lon'])) {
    const read = new RowReader(row)
    const lat = read.decimal('lat', { min: -90, max: 90 })
    const lon = read.decimal('lon', { min: -180, max: 180 })
    if (lat !== undefined && lon !== undefined) {
      points.set(read.required('postcode').replaceAll(/\s/g, ''), {
        lat,
        lon,
        accuracyM: read.whole('accuracy_m') ?? usualAccuracyM,
        source: 'postcode',
      })
    }
  }
  return points
}
