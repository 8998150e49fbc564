import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One plan measured: `value` counts (smaller is better), `reference` is the published or proven best. */
export interface Measurement {
  readonly set: string
  readonly id: string
  readonly value: number
  readonly reference: number
  readonly isProven: boolean
  readonly faults: number
  readonly ms: number
}

/** The shared routing sets; ends the program with 2, naming the path, when they are not there. */
export function routingData<Content>(file: string): Content {
  const root = process.env['BACKROOM_DATA'] ?? join(import.meta.dirname, '../../../../shared/data')
  const path = join(root, 'routing', file)
  if (!existsSync(path)) {
    console.error(`The shared data is missing: ${path} (set BACKROOM_DATA to its folder).`)
    process.exit(2)
  }
  return JSON.parse(readFileSync(path, 'utf8')) as Content // the README beside the file describes this shape
}

/** Prints one line per set: instances, mean and largest gap to the reference, how many met it, proofs, time. */
export function printSets(measurements: readonly Measurement[]): void {
  const rows = [...Map.groupBy(measurements, ({ set }) => set)].map(([set, all]) => {
    const gaps = all.map(({ value, reference }) => (reference === 0 ? 0 : (value / reference - 1) * 100))
    return {
      set,
      plans: all.length,
      'mean gap %': Number((gaps.reduce((sum, gap) => sum + gap, 0) / all.length).toFixed(3)),
      'worst gap %': Number(Math.max(...gaps).toFixed(2)),
      'at best known': all.filter(({ value, reference }) => value <= reference).length,
      proven: all.filter(({ isProven }) => isProven).length,
      'mean ms': Number((all.reduce((sum, { ms }) => sum + ms, 0) / all.length).toFixed(2)),
      faults: all.reduce((sum, { faults }) => sum + faults, 0),
    }
  })
  console.table(rows)
}

/**
 * Holds the values against the committed CSV beside the run: 1 when a plan is broken, worse or missing, 0 otherwise.
 * With `--write` the CSV is made anew.
 */
export function judged(measurements: readonly Measurement[], csvPath: string): 0 | 1 {
  const broken = measurements.filter(({ faults }) => faults > 0)
  for (const { set, id, faults } of broken) console.error(`broken: ${set} ${id} (${faults} faults)`)
  if (process.argv.includes('--write')) {
    const lines = measurements.map(({ set, id, value }) => `${set},${id},${value}`)
    writeFileSync(csvPath, ['set,id,value', ...lines, ''].join('\n'))
    return broken.length > 0 ? 1 : 0
  }
  const expected = readExpected(csvPath)
  const worse = measurements.filter(({ set, id, value }) => value > (expected.get(`${set},${id}`) ?? -Infinity))
  const better = measurements.filter(({ set, id, value }) => value < (expected.get(`${set},${id}`) ?? -Infinity))
  for (const { set, id, value } of worse) {
    console.error(`worse than expected: ${set} ${id}: ${value}, expected ${expected.get(`${set},${id}`) ?? 'nothing'}`)
  }
  if (better.length > 0)
    console.log(`${better.length} plans are better than expected: run with --write and commit the CSV.`)
  return broken.length + worse.length > 0 ? 1 : 0
}

function readExpected(csvPath: string): ReadonlyMap<string, number> {
  if (!existsSync(csvPath)) return new Map()
  const lines = readFileSync(csvPath, 'utf8').trim().split('\n').slice(1)
  return new Map(
    lines.map((line) => {
      const [set = '', id = '', value = ''] = line.split(',')
      return [`${set},${id}`, Number(value)]
    }),
  )
}
