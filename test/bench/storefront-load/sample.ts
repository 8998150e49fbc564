import { parse } from 'csv-parse/sync'
import { readFileSync } from 'node:fs'

const sampleFile = (name: string): string =>
  readFileSync(new URL(`../../../resources/sample-shop/${name}`, import.meta.url), 'utf8')

const rowsOf = (name: string): Record<string, string>[] => parse(sampleFile(name), { columns: true, bom: true })

export interface LoadCatalogue {
  readonly csv: string
  readonly skus: readonly string[]
  readonly names: readonly string[]
}

export function sampleCatalogue(): LoadCatalogue {
  const rows = rowsOf('catalogue.csv')
  return {
    csv: sampleFile('catalogue.csv'),
    skus: rows.map((row) => row['sku'] ?? ''),
    names: rows.map((row) => row['name'] ?? ''),
  }
}

/** The catalogue repeated under other numbers until it has `count` products; names get a number too, so that they differ. */
export function widened(sample: LoadCatalogue, count: number): LoadCatalogue {
  const rows = rowsOf('catalogue.csv')
  if (count <= rows.length) return sample
  const columns = Object.keys(rows[0] ?? {})
  const wide = Array.from({ length: count }, (_, index) => {
    const row = rows[index % rows.length] ?? {}
    const round = Math.floor(index / rows.length)
    return round === 0 ? row : { ...row, sku: `${row['sku']}-${round}`, gtin: '', name: `${row['name']} no. ${round}` }
  })
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const lines = wide.map((row: Record<string, string>) => columns.map((column) => cell(row[column] ?? '')).join(','))
  return {
    csv: [columns.join(','), ...lines, ''].join('\n'),
    skus: wide.map((row: Record<string, string>) => row['sku'] ?? ''),
    names: sample.names,
  }
}

/** The sample shop's cartons as it publishes them. */
export const sampleRules = (): object => ({
  version: 'load-1',
  rules: { minSupport: 0.75, keepApart: [['food', 'chemicals']], mode: 'fewest', objective: 'billable' },
  products: [],
  cartons: rowsOf('cartons.csv').map((row) => ({
    code: row['code'],
    innerMm: sizeOf(row, 'inner'),
    outerMm: sizeOf(row, 'outer'),
    tareG: Number(row['tare_g']),
    maxGrossG: Number(row['max_gross_g']),
    ...(row['max_volume_cm3'] && { maxVolumeCm3: Number(row['max_volume_cm3']) }),
    costMinor: Number(row['cost_minor']),
    insulated: row['insulated'] === 'true',
    paddingMm: Number(row['padding_mm']),
    coolantMm3: Number(row['coolant_mm3']),
    coolantG: Number(row['coolant_g']),
  })),
})

const sizeOf = (row: Record<string, string>, which: string): number[] =>
  ['l', 'w', 'h'].map((side) => Number(row[`${which}_${side}_mm`]))

/** Every third name is typed with two letters swapped; only the first two words are typed. */
export function mistyped(name: string, turn: number): string {
  const words = name.split(/\s+/).slice(0, 2).join(' ')
  if (turn % 3 !== 0 || words.length < 5) return words
  return `${words.slice(0, 2)}${words[3]}${words[2]}${words.slice(4)}`
}
