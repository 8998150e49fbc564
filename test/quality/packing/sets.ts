import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { packProblemSchema, type PackProblem, type PackProblemInput } from '../../../src-main/contract/formats/pack.ts'

/** A shared set as a `backroom-pack-1` problem. */
export interface PackingSet {
  readonly name: string
  readonly problem: PackProblem
}

type Row = Readonly<Record<string, string>>

function textOf(path: string): string {
  const bytes = readFileSync(path)
  return path.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8')
}

/** Rows by column name; the sets quote nothing. */
function rowsOf(path: string): readonly Row[] {
  const [head = '', ...lines] = textOf(path).trim().split('\n')
  const names = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, at) => [names[at] ?? '', value])))
}

const num = (row: Row, name: string): number => Number(row[name])

function cartonsOf(path: string): PackProblemInput['cartons'] {
  return rowsOf(path).map((row) => ({
    code: row['box'] ?? '',
    outerMm: [num(row, 'outer_w_mm'), num(row, 'outer_l_mm'), num(row, 'outer_h_mm')],
    innerMm: [num(row, 'inner_w_mm'), num(row, 'inner_l_mm'), num(row, 'inner_h_mm')],
    tareG: num(row, 'empty_g'),
    maxGrossG: num(row, 'max_gross_g'),
  }))
}

function ordersOf(path: string): PackProblemInput['orders'] {
  const rowsByOrder = new Map<string, Row[]>()
  for (const row of rowsOf(path)) {
    const id = row['order'] ?? ''
    rowsByOrder.set(id, [...(rowsByOrder.get(id) ?? []), row])
  }
  return [...rowsByOrder].map(([id, rows]) => ({
    id,
    items: rows.map((row) => ({
      sku: row['sku'] ?? '',
      quantity: num(row, 'qty'),
      sizeMm: [num(row, 'w_mm'), num(row, 'l_mm'), num(row, 'h_mm')],
      weightG: num(row, 'weight_g'),
    })),
  }))
}

const format = 'backroom-pack-1'

export function ordersSet(
  name: string,
  data: string,
  { set, minSupport }: { set: string; minSupport: number },
): PackingSet {
  const folder = join(data, 'packing')
  const cartons = cartonsOf(join(folder, set === 'efficiency' ? 'efficiency-boxes.csv' : `${set}-cartons.csv`))
  const orders = ordersOf(join(folder, `${set}-items.csv.gz`))
  return {
    name,
    problem: packProblemSchema.parse({ format, cartons, rules: { minSupport, objective: 'volume' }, orders }),
  }
}

/** Parcels that BoxPacker 4.2.0 (six rotations, no support rule) needs, by order of the efficiency set. */
export function boxPackerParcels(data: string): ReadonlyMap<string, number> {
  const rows = rowsOf(join(data, 'packing', 'efficiency-boxpacker.csv.gz'))
  return new Map(rows.map((row) => [row['order'] ?? '', num(row, 'boxes_3d')]))
}

interface BrInstance {
  readonly class: string
  readonly no: number
  readonly container: [number, number, number]
  readonly types: [number, 0 | 1, number, 0 | 1, number, 0 | 1, number][]
}

/** One problem per instance: one carton of BR, as much volume in it as possible. Every `step`th instance of each class. */
export function brSets(data: string, step: number): readonly PackingSet[] {
  const text = textOf(join(data, 'packing', 'br1-7.json.gz'))
  const { instances } = JSON.parse(text) as { instances: BrInstance[] } // the shared file's layout, see its README
  return instances
    .filter(({ no }) => no % step === 1 % step)
    .map((instance) => ({
      name: instance.class,
      problem: packProblemSchema.parse({
        format,
        cartons: [{ code: 'container', innerMm: instance.container, maxGrossG: 1, available: 1 }],
        rules: { minSupport: 0 },
        orders: [
          {
            id: `${instance.class}-${instance.no}`,
            items: instance.types.map(([l, isL, w, isW, h, isH, quantity], at) => ({
              sku: `type-${at + 1}`,
              quantity,
              sizeMm: [l, w, h] as const,
              weightG: 0,
              handling: {
                orientation: [
                  ...(isL ? ['l' as const] : []),
                  ...(isW ? ['w' as const] : []),
                  ...(isH ? ['h' as const] : []),
                ],
              },
            })),
          },
        ],
      }),
    }))
}

interface MpvInstance {
  readonly class: number
  readonly n: number
  readonly no: number
  readonly bin: [number, number, number]
  readonly items: [number, number, number][]
}

/** Identical bins, no rotation; the first `each` instances of every class and size. */
export function mpvSets(data: string, each: number): readonly PackingSet[] {
  const text = textOf(join(data, 'packing', 'mpv-instances.json.gz'))
  const instances = JSON.parse(text) as MpvInstance[] // the shared file's layout, see its README
  return instances
    .filter(({ class: group, no }) => no <= each && (group === 1 || (group >= 4 && group <= 8)))
    .map((instance) => ({
      name: `MPV class ${instance.class}, ${instance.n}`,
      problem: packProblemSchema.parse({
        format,
        cartons: [{ code: 'bin', innerMm: instance.bin, maxGrossG: 1 }],
        rules: { minSupport: 0 },
        orders: [
          {
            id: `${instance.class}-${instance.n}-${instance.no}`,
            items: instance.items.map((sizeMm, at) => ({
              sku: `item-${at + 1}`,
              quantity: 1,
              sizeMm,
              weightG: 0,
              handling: { orientation: 'fixed' as const },
            })),
          },
        ],
      }),
    }))
}

export function dataFolder(): string | undefined {
  const folder = process.env['BACKROOM_DATA'] ?? join(import.meta.dirname, '../../../../shared/data')
  return existsSync(join(folder, 'packing')) ? folder : undefined
}
