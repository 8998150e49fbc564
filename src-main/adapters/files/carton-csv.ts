import type { Size } from '../../kernel/units.ts'
import type { Carton } from '../../domain/carton.ts'
import type { Imported, ImportedCarton, ImportProblem } from '../../ports/imports.ts'
import { readCsv, RowReader } from './csv.ts'

const optional = <Name extends string>(name: Name, value: number | undefined): { readonly [key in Name]?: number } =>
  // A computed key widens to string; the object has exactly this one key.
  (value === undefined ? {} : { [name]: value }) as { readonly [key in Name]?: number }

export function readCartons(bytes: Uint8Array): Imported<ImportedCarton> {
  const rows: ImportedCarton[] = []
  const problems: ImportProblem[] = []
  const lineByCode = new Map<string, number>()
  // Without its stock a new carton would count as none left, and no order could be planned.
  for (const csvRow of readCsv(bytes, ['code', 'inner_l_mm', 'inner_w_mm', 'inner_h_mm', 'max_gross_g', 'stock'])) {
    const read = new RowReader(csvRow)
    const carton = cartonOf(read)
    const stock = read.whole('stock')
    if (lineByCode.has(carton.code)) read.wrong('code', `twice-first-on-line-${lineByCode.get(carton.code) ?? 0}`)
    lineByCode.set(carton.code, csvRow.line)
    if (read.problems.length > 0) problems.push(...read.problems)
    else rows.push({ line: csvRow.line, carton, stock })
  }
  return { rows, problems }
}

function cartonOf(read: RowReader): Carton {
  const innerMm = sides(read, 'inner') ?? [0, 0, 0]
  const outerMm = sides(read, 'outer') ?? innerMm
  for (const axis of [0, 1, 2] as const)
    if (outerMm[axis] < innerMm[axis]) read.wrong('outer_l_mm', 'not-smaller-than-inner')
  if (innerMm[0] === 0) read.wrong('inner_l_mm', 'missing')
  return {
    code: read.required('code'),
    name: read.text('name') ?? read.text('code') ?? '',
    innerMm,
    outerMm,
    tareG: read.whole('tare_g') ?? 0,
    maxGrossG: read.requiredWhole('max_gross_g', 1),
    ...optional('maxVolumeCm3', read.whole('max_volume_cm3', 1)),
    costMinor: read.whole('cost_minor') ?? 0,
    insulated: read.truth('insulated'),
    paddingMm: read.whole('padding_mm') ?? 0,
    coolantMm3: read.whole('coolant_mm3') ?? 0,
    coolantG: read.whole('coolant_g') ?? 0,
    ...optional('warnBelow', read.whole('warn_below')),
  }
}

function sides(read: RowReader, of: 'inner' | 'outer'): Size | undefined {
  const [length, width, height] = (['l', 'w', 'h'] as const).map((axis) => read.whole(`${of}_${axis}_mm`, 1))
  return length !== undefined && width !== undefined && height !== undefined ? [length, width, height] : undefined
}
