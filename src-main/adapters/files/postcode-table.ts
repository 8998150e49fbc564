import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { GeoPoint } from '../../domain/recipient.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Geocoder } from '../../ports/geocoder.ts'
import type { ImportProblem } from '../../ports/imports.ts'
import { readCsv, RowReader } from './csv.ts'
import { openTable } from './open-table.ts'

/** Accuracy of a table that states none: the usual extent of a postcode area. */
const usualAccuracyM = 3000
/** A town is larger than one of its postcode areas. */
const townAccuracyM = 8000
const namedProblems = 100

interface Places {
  readonly byPostcode: ReadonlyMap<string, GeoPoint>
  readonly byTown: ReadonlyMap<string, GeoPoint>
}

/**
 * Coordinates from the shop's own postcode table, kept as a file in the data folder and read at the first question.
 * Without a table nothing is located; a postcode that it lacks is looked for by its town. `country` answers the country
 * of a table that names none.
 */
export function postcodeTable(options: {
  readonly path: string
  readonly country: () => Promise<string | undefined>
}): Geocoder {
  let table: Places | undefined
  return {
    async locate({ country, postcode, city }) {
      table ??= readTable(options.path)
      const isHome = country === (await options.country())
      const found = (places: ReadonlyMap<string, GeoPoint>, name: string): GeoPoint | undefined =>
        places.get(`${country} ${name}`) ?? (isHome ? places.get(` ${name}`) : undefined)
      return (
        found(table.byPostcode, plain(postcode)) ??
        (city.trim() === '' ? undefined : found(table.byTown, plainTown(city)))
      )
    },
    async replaceTable(csv) {
      const read = placesOf(csv)
      mkdirSync(dirname(options.path), { recursive: true })
      writeFileSync(`${options.path}.part`, csv)
      renameSync(`${options.path}.part`, options.path)
      table = read
      return { rows: read.byPostcode.size }
    },
  }
}

const plain = (postcode: string): string => postcode.replaceAll(/\s/g, '').toUpperCase()
const plainTown = (town: string): string => town.normalize('NFKC').trim().toLowerCase()

function readTable(path: string): Places {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch {
    // No table is a normal shop; its stops are sorted by routing code instead.
    return { byPostcode: new Map(), byTown: new Map() }
  }
  return placesOf(bytes)
}

/** A row as either kind of file gives it; `country` is empty where the file names none. */
interface PlaceRow {
  readonly country: string
  readonly postcode: string
  readonly town: string
  readonly lat: number
  readonly lon: number
  readonly accuracyM: number
}

function placesOf(bytes: Uint8Array): Places {
  const rows = geonamesRows(bytes) ?? csvRows(bytes)
  const grouped = (name: (row: PlaceRow) => string, as: Pick<GeoPoint, 'source'> & { accuracyM?: number }) =>
    new Map(
      [...Map.groupBy(rows, (row) => `${row.country} ${name(row)}`)].map(([key, group]): [string, GeoPoint] => {
        const mean = (value: (row: PlaceRow) => number): number =>
          Number((group.reduce((sum, row) => sum + value(row), 0) / group.length).toFixed(6))
        const accuracyM = as.accuracyM ?? Math.max(...group.map((row) => row.accuracyM))
        return [key, { lat: mean(({ lat }) => lat), lon: mean(({ lon }) => lon), accuracyM, source: as.source }]
      }),
    )
  return {
    byPostcode: grouped(({ postcode }) => plain(postcode), { source: 'postcode' }),
    byTown: grouped(({ town }) => plainTown(town), { source: 'town', accuracyM: townAccuracyM }),
  }
}

/** What GeoNames' accuracy means, from its readme: 1 = estimated, 3 = admin, 4 = the place itself, 6 = middle of the area. */
const geonamesAccuracyM: Readonly<Record<string, number>> = { 1: 20_000, 2: 15_000, 3: 10_000, 6: 1_000 }

/**
 * A postal-code file of GeoNames: no header, twelve columns parted by tabs (country, postcode, place, three times name
 * and code of an area, latitude, longitude, accuracy). Undefined when the first line does not look like one.
 */
function geonamesRows(bytes: Uint8Array): readonly PlaceRow[] | undefined {
  if (!isGeonames(bytes)) return undefined
  const { header, rows } = openTable(bytes, { delimiter: '\t' })
  const all = [{ line: 1, cells: header }, ...rows]
  const problems: ImportProblem[] = []
  const places = all.flatMap(({ line, cells }) => {
    const [country = '', postcode = '', town = ''] = cells
    const [lat, lon] = [Number(cells[9] || NaN), Number(cells[10] || NaN)]
    const isPlace = postcode !== '' && Math.abs(lat) <= 90 && Math.abs(lon) <= 180
    if (!isPlace) problems.push({ line, column: 'lat', problem: 'missing', value: '' })
    return isPlace
      ? [{ country, postcode, town, lat, lon, accuracyM: geonamesAccuracyM[cells[11] ?? ''] ?? usualAccuracyM }]
      : []
  })
  refuse(problems)
  return places
}

function isGeonames(bytes: Uint8Array): boolean {
  const firstLine = new TextDecoder().decode(bytes.subarray(0, 2_000)).split(/\r?\n/, 1)[0] ?? ''
  const cells = firstLine.replace(/^\ufeff/, '').split('\t')
  return cells.length === 12 && /^[A-Z]{2}$/.test(cells[0] ?? '') && /^-?[\d.]+$/.test(cells[9]?.trim() ?? '')
}

function csvRows(csv: Uint8Array): readonly PlaceRow[] {
  const places: PlaceRow[] = []
  const problems: ImportProblem[] = []
  for (const row of readCsv(csv, ['postcode', 'lat', 'lon'])) {
    const read = new RowReader(row)
    const postcode = read.required('postcode')
    const lat = read.decimal('lat', { min: -90, max: 90 })
    const lon = read.decimal('lon', { min: -180, max: 180 })
    if (read.text('lat') === undefined) read.wrong('lat', 'missing')
    if (read.text('lon') === undefined) read.wrong('lon', 'missing')
    const accuracyM = read.whole('accuracy_m') ?? usualAccuracyM
    const [country, town] = [read.text('country') ?? '', read.text('town') ?? '']
    problems.push(...read.problems)
    if (lat !== undefined && lon !== undefined) places.push({ country, postcode, town, lat, lon, accuracyM })
  }
  refuse(problems)
  return places
}

function refuse(problems: readonly ImportProblem[]): void {
  if (problems.length === 0) return
  throw new AppError('ERR_CSV_INVALID', {
    count: problems.length,
    problems: problems.slice(0, namedProblems).map((problem) => ({ ...problem })),
  })
}
