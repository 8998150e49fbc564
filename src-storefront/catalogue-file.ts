import { parse } from 'csv-parse/sync'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { AppError } from '../src-main/kernel/errors.ts'
import { currencyCode, gtin, handling, taxRate, type WireHandling } from '../src-protocol/index.ts'

export interface CatalogueProduct {
  readonly sku: string
  readonly gtin: string | undefined
  readonly name: string
  readonly description: string
  readonly category: string
  readonly priceMinor: number
  readonly taxRate: string
  readonly sizeMm: readonly [number, number, number] | undefined
  readonly weightG: number | undefined
  readonly volumeCm3: number | undefined
  readonly handling: WireHandling
  /** Start value of what may be sold. */
  readonly stock: number
}

const whole = (min: number) => z.string().regex(/^\d{1,9}$/, 'a whole number').transform(Number).pipe(z.int().min(min)) // prettier-ignore
const orAbsent = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([z.literal('').transform(() => undefined), schema]).optional()
const flag = z.enum(['', 'true', 'false']).optional()

const foldedSizes = z.string().transform((text, context) =>
  text.split(/[;|\s]+/).map((size) => {
    const sides = /^(\d{1,5})x(\d{1,5})x(\d{1,5})$/.exec(size)
    if (!sides) context.addIssue({ code: 'custom', message: 'sizes such as 240x80x30, parted by ;' })
    return [Number(sides?.[1]), Number(sides?.[2]), Number(sides?.[3])] as [number, number, number] // three groups
  }),
)

const orientation = z.union([
  z.enum(['any', 'upright', 'flat', 'fixed']),
  z
    .string()
    .regex(/^[lwh]([ |]?[lwh]){0,2}$/, 'any, upright, flat, fixed or axes such as "l h"')
    .transform((axes) => [...axes.replaceAll(/[ |]/g, '')])
    .pipe(z.array(z.enum(['l', 'w', 'h']))),
])

const row = z.object({
  sku: z.string().min(1).max(200),
  gtin: orAbsent(gtin),
  name: z.string().min(1).max(300),
  description: z.string().default(''),
  category: z.string().default(''),
  price_minor: whole(0),
  currency: orAbsent(currencyCode),
  tax_rate: orAbsent(taxRate),
  length_mm: orAbsent(whole(1)),
  width_mm: orAbsent(whole(1)),
  height_mm: orAbsent(whole(1)),
  weight_g: orAbsent(whole(0)),
  volume_cm3: orAbsent(whole(1)),
  orientation: orAbsent(orientation),
  max_load_g: orAbsent(whole(0)),
  class: z.string().optional(),
  temperature: orAbsent(z.enum(['ambient', 'chilled', 'frozen'])),
  alone: flag,
  own_box: flag,
  fragile: flag,
  dangerous_g: orAbsent(whole(0)),
  folded_mm: orAbsent(foldedSizes),
  stock: orAbsent(whole(0)),
})

interface LineProblem {
  readonly line: number
  readonly column: string
  readonly expected: string
}

/** At most this many problems are listed; the rest are counted. */
const listedProblems = 20

/**
 * Reads the catalogue's CSV. Throws `ERR_CSV_INVALID` with line, column and expectation of every
 * wrong field: a catalogue is taken whole or not at all.
 */
export function readCatalogueFile(file: string, currency: string): readonly CatalogueProduct[] {
  const problems: LineProblem[] = []
  const products = new Map<string, CatalogueProduct>()
  for (const { record, info } of parseCsv(file)) {
    const parsed = row.safeParse(record)
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        problems.push({ line: info.lines, column: String(issue.path[0] ?? ''), expected: issue.message })
      }
      continue
    }
    if ((parsed.data.currency ?? currency) !== currency) {
      problems.push({ line: info.lines, column: 'currency', expected: currency })
    }
    if (products.has(parsed.data.sku)) problems.push({ line: info.lines, column: 'sku', expected: 'a SKU once' })
    products.set(parsed.data.sku, productOf(parsed.data))
  }
  if (problems.length > 0) {
    throw new AppError('ERR_CSV_INVALID', {
      file,
      problems: problems.slice(0, listedProblems).map((problem) => ({ ...problem })),
      count: problems.length,
    })
  }
  return [...products.values()]
}

function parseCsv(file: string): readonly { record: unknown; info: { lines: number } }[] {
  try {
    const text = readFileSync(file, 'utf8')
    const delimiter = delimiterOf(text)
    return parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true, delimiter })
  } catch (error) {
    const line = error instanceof Error && 'lines' in error && typeof error.lines === 'number' ? error.lines : 0
    throw new AppError('ERR_CSV_INVALID', { file, line, found: 'not a CSV file that can be read' }, { cause: error })
  }
}

/** Comma, semicolon or tab, whichever the header has most of: the back office takes the same file. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split('\n', 1)
  const cells = (delimiter: string): number => header.split(delimiter).length
  return [',', ';', '\t'].reduce((best, one) => (cells(one) > cells(best) ? one : best))
}

function productOf(data: z.output<typeof row>): CatalogueProduct {
  const { length_mm: length, width_mm: width, height_mm: height } = data
  const isSized = length !== undefined && width !== undefined && height !== undefined
  return {
    sku: data.sku,
    gtin: data.gtin,
    name: data.name,
    description: data.description,
    category: data.category,
    priceMinor: data.price_minor,
    taxRate: data.tax_rate ?? '0',
    sizeMm: isSized ? [length, width, height] : undefined,
    weightG: data.weight_g,
    volumeCm3: data.volume_cm3,
    handling: handlingOf(data),
    stock: data.stock ?? 0,
  }
}

function handlingOf(data: z.output<typeof row>): WireHandling {
  return handling.parse({
    ...(data.orientation !== undefined && { orientation: data.orientation }),
    ...(data.max_load_g !== undefined && { maxLoadG: data.max_load_g }),
    ...(data.class !== undefined && data.class !== '' && { class: data.class }),
    ...(data.temperature !== undefined && { temperature: data.temperature }),
    ...(data.alone === 'true' && { alone: true }),
    ...(data.own_box === 'true' && { ownBox: true }),
    ...(data.fragile === 'true' && { fragile: true }),
    ...(data.dangerous_g !== undefined && { dangerousG: data.dangerous_g }),
    ...(data.folded_mm !== undefined && { foldedMm: data.folded_mm }),
  })
}
