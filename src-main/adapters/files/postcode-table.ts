import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { GeoPoint } from '../../domain/recipient.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Geocoder } from '../../ports/geocoder.ts'
import type { ImportProblem } from '../../ports/imports.ts'
import { readCsv, RowReader } from './csv.ts'

/** Accuracy of a table that states none: the usual extent of a postcode area. */
const usualAccuracyM = 3000
const namedProblems = 100

/**
 * Coordinates from the shop's own postcode table, kept as a file in the data folder and read at the first question.
 * Without a table nothing is located. `country` answers the country the table is for.
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
      return table.get(plain(recipient.postcode))
    },
    async replaceTable(csv) {
      const read = pointsOf(csv)
      mkdirSync(dirname(options.path), { recursive: true })
      writeFileSync(`${options.path}.part`, csv)
      renameSync(`${options.path}.part`, options.path)
      table = read
      return { rows: read.size }
    },
  }
}

const plain = (postcode: string): string => postcode.replaceAll(/\s/g, '').toUpperCase()

function readTable(path: string): ReadonlyMap<string, GeoPoint> {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch {
    // No table is a normal shop; its stops are sorted by routing code instead.
    return new Map()
  }
  return pointsOf(bytes)
}

function pointsOf(csv: Uint8Array): ReadonlyMap<string, GeoPoint> {
  const points = new Map<string, GeoPoint>()
  const problems: ImportProblem[] = []
  for (const row of readCsv(csv, ['postcode', 'lat', 'lon'])) {
    const read = new RowReader(row)
    const postcode = plain(read.required('postcode'))
    const lat = read.decimal('lat', { min: -90, max: 90 })
    const lon = read.decimal('lon', { min: -180, max: 180 })
    if (read.text('lat') === undefined) read.wrong('lat', 'missing')
    if (read.text('lon') === undefined) read.wrong('lon', 'missing')
    const accuracyM = read.whole('accuracy_m') ?? usualAccuracyM
    problems.push(...read.problems)
    if (lat !== undefined && lon !== undefined) points.set(postcode, { lat, lon, accuracyM, source: 'postcode' })
  }
  if (problems.length > 0)
    throw new AppError('ERR_CSV_INVALID', {
      count: problems.length,
      problems: problems.slice(0, namedProblems).map((problem) => ({ ...problem })),
    })
  return points
}
