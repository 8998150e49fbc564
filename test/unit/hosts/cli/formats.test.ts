import { describe, expect, test } from 'vitest'
import { inProcessPlanners } from '../../../../src-main/adapters/planners/in-process-planners.ts'
import { failureLine, type FormatCommand, runFormatCommand } from '../../../../src-main/hosts/cli/formats.ts'
import type { Planners } from '../../../../src-main/ports/planners.ts'

const planners = inProcessPlanners()

const item = { sku: 'A', quantity: 1, sizeMm: [10, 20, 30], weightG: 5 }
const carton = { code: 'M', innerMm: [350, 250, 150], maxGrossG: 15_000 }
const packWith = (change: object) => ({
  format: 'backroom-pack-1',
  cartons: [carton],
  orders: [{ id: 'o-1', items: [item] }],
  ...change,
})
const itemWith = (change: object) => packWith({ orders: [{ id: 'o-1', items: [item, { ...item, ...change }] }] })
const handledWith = (handling: object) => itemWith({ handling })
const cartonWith = (change: object) => packWith({ cartons: [{ ...carton, ...change }] })
const rulesWith = (rules: object) => packWith({ rules })

const floor = { kind: 'aisles', aisleX: [0, 10], crossY: [0, 20] }
const graph = { kind: 'graph', nodes: [[0, 0], [-1.5, 2]], edges: [[0, 1, 5, 0]] } // prettier-ignore
const tourWith = (change: object) => ({
  format: 'backroom-tour-1',
  problems: [{ id: 't-1', floor, start: [0, 0], end: [0, 0], picks: [[1, 5]], ...change }],
})
const batchWith = (change: object) => ({
  format: 'backroom-batch-1',
  problems: [{ id: 'b-1', floor, start: [0, 0], end: [0, 0], capacity: 4, orders: [[[1, 5]]], ...change }],
})
const stop = { id: 's-1', at: [52.5, 13.42], demand: [3] }
const deliverWith = (change: object) => ({
  format: 'backroom-deliver-1',
  problems: [
    {
      id: 'd-1',
      metric: 'haversine',
      speedKmh: 30,
      depot: { at: [52.52, 13.4] },
      vehicles: [{ id: 'van', capacity: [100] }],
      stops: [stop],
      ...change,
    },
  ],
})
const stopWith = (change: object) => deliverWith({ stops: [{ ...stop, ...change }] })

const run = (command: FormatCommand, problem: unknown, options: object = {}): Promise<string> =>
  runFormatCommand(command, JSON.stringify(problem), { planners, ...options })

describe('a planning format refuses', () => {
  const inItem = 'orders[0].items[1]'
  // prettier-ignore
  const cases: (readonly [title: string, FormatCommand, unknown, path: string, expected: string])[] = [
    ['something else than an object', 'pack', [], '$', 'an object'],
    ['another format', 'pack', packWith({ format: 'backroom-tour-1' }), 'format', '"backroom-pack-1"'],
    ['a problem of another command', 'tour', packWith({}), 'format', '"backroom-tour-1"'],
    ['no format', 'batch', { problems: [] }, 'format', '"backroom-batch-1"'],
    ['an unknown field at the top', 'pack', packWith({ colour: 1 }), 'colour', 'no field of this name'],
    ['an unknown field deep down', 'pack', handledWith({ color: 'red' }), `${inItem}.handling.color`, 'no field of this name'],
    ['a field that is missing', 'pack', itemWith({ weightG: undefined }), `${inItem}.weightG`, 'a number'],
    ['a text for a number', 'pack', itemWith({ weightG: '5' }), `${inItem}.weightG`, 'a number'],
    ['a fraction of a gram', 'pack', itemWith({ weightG: 0.5 }), `${inItem}.weightG`, 'a whole number'],
    ['a negative weight', 'pack', itemWith({ weightG: -1 }), `${inItem}.weightG`, 'a number at least 0'],
    ['a quantity of 0', 'pack', itemWith({ quantity: 0 }), `${inItem}.quantity`, 'a number more than 0'],
    ['a quantity beyond all reason', 'pack', itemWith({ quantity: 1e9 }), `${inItem}.quantity`, 'a number at most 1000000'],
    ['a side of 0', 'pack', itemWith({ sizeMm: [10, 0, 30] }), `${inItem}.sizeMm[1]`, 'a number more than 0'],
    ['two sides', 'pack', itemWith({ sizeMm: [10, 20] }), `${inItem}.sizeMm`, 'at least 3 entries'],
    ['no sides and no volume', 'pack', itemWith({ sizeMm: null }), `${inItem}.volumeCm3`, 'a volume where sizeMm is null'],
    ['an orientation nobody knows', 'pack', handledWith({ orientation: 'up' }), `${inItem}.handling.orientation`, 'one of "any", "upright", "flat", "fixed" or a list'],
    ['an axis nobody knows', 'pack', handledWith({ orientation: ['l', 'z'] }), `${inItem}.handling.orientation[1]`, 'one of "l", "w", "h"'],
    ['a word for true or false', 'pack', handledWith({ fragile: 'yes' }), `${inItem}.handling.fragile`, 'true or false'],
    ['a temperature nobody knows', 'pack', handledWith({ temperature: 'hot' }), `${inItem}.handling.temperature`, 'one of "ambient", "chilled", "frozen"'],
    ['a support below one half', 'pack', rulesWith({ minSupport: 0.3 }), 'rules.minSupport', '0 or a number from 0.5 to 1'],
    ['a support above 1', 'pack', rulesWith({ minSupport: 2 }), 'rules.minSupport', '0 or a number from 0.5 to 1'],
    ['an objective nobody knows', 'pack', rulesWith({ objective: 'speed' }), 'rules.objective', 'one of "billable", "volume", "cost", "tariff"'],
    ['a tariff without a price', 'pack', rulesWith({ tariff: [{}] }), 'rules.tariff[0].priceMinor', 'a number'],
    ['a carton without a limit', 'pack', cartonWith({ maxGrossG: undefined }), 'cartons[0].maxGrossG', 'a number'],
    ['a carton beyond all numbers', 'pack', cartonWith({ maxGrossG: 1e300 }), 'cartons[0].maxGrossG', 'a whole number at most 9007199254740991'],
    ['two cartons of one code', 'pack', packWith({ cartons: [carton, carton] }), 'cartons[1].code', 'a code that no other has'],
    ['two orders of one id', 'pack', packWith({ orders: [{ id: 'o-1', items: [] }, { id: 'o-1', items: [] }] }), 'orders[1].id', 'an id that no other has'],
    ['a floor nobody knows', 'tour', tourWith({ floor: { kind: 'round' } }), 'problems[0].floor.kind', 'one of "aisles", "graph"'],
    ['a field of another floor', 'tour', tourWith({ floor: { ...floor, nodes: [] } }), 'problems[0].floor.nodes', 'no field of this name'],
    ['cross aisles that do not rise', 'tour', tourWith({ floor: { ...floor, crossY: [0, 0] } }), 'problems[0].floor.crossY[1]', 'a number above the one before'],
    ['a place off the floor', 'tour', tourWith({ picks: [[1, 5], [1, 99]] }), 'problems[0].picks[1][1]', 'a number from 0 to 20'],
    ['a passage behind the last aisle', 'tour', tourWith({ floor: { ...floor, missing: [{ cross: 0, afterAisle: 1 }] } }), 'problems[0].floor.missing[0]', 'a passage between two neighbours of this floor'],
    ['an aisle that is not there', 'tour', tourWith({ start: [7, 0] }), 'problems[0].start', '[aisle, y] with an aisle of the floor'],
    ['an edge to nowhere', 'tour', tourWith({ floor: { ...graph, edges: [[0, 9, 5, 0]] }, start: 0, end: 0, picks: [] }), 'problems[0].floor.edges[0][1]', 'a node number of this floor'],
    ['an edge that is half one-way', 'tour', tourWith({ floor: { ...graph, edges: [[0, 1, 5, 2]] }, start: 0, end: 0, picks: [] }), 'problems[0].floor.edges[0][3]', '0 or 1'],
    ['a place that is no place', 'batch', batchWith({ orders: [[[1, 5], 'x']] }), 'problems[0].orders[0][1]', '[aisle, y] or a node number'],
    ['a capacity of 0', 'batch', batchWith({ capacity: 0 }), 'problems[0].capacity', 'a number more than 0'],
    ['a metric nobody knows', 'deliver', deliverWith({ metric: 'taxi' }), 'problems[0].metric', 'one of "haversine", "euclidean", "euclidean-rounded", "euclidean-1", "matrix"'],
    ['a speed of 0', 'deliver', deliverWith({ speedKmh: 0 }), 'problems[0].speedKmh', 'a number more than 0'],
    ['a negative demand', 'deliver', stopWith({ demand: [-1] }), 'problems[0].stops[0].demand[0]', 'a number at least 0'],
    ['a window that ends before it begins', 'deliver', stopWith({ window: [9, 3] }), 'problems[0].stops[0].window', 'a window that ends after it begins'],
    ['two stops of one id', 'deliver', deliverWith({ stops: [stop, stop] }), 'problems[0].stops[1].id', 'an id that no other has'],
    ['a matrix of the wrong size', 'deliver', deliverWith({ metric: 'matrix', matrix: [[0]] }), 'problems[0].matrix', "2 rows, the depot's first"],
  ]

  test.each(cases)('%s', async (_title, command, ...[problem, path, expected]) => {
    await expect(run(command, problem)).rejects.toMatchObject({
      code: 'ERR_INPUT_INVALID',
      details: { path, expected },
    })
  })

  test('a text that is no JSON, with the place and without quoting it', async () => {
    const refused = runFormatCommand('pack', '{\n  "format": "backroom-pack-1",\n  oops\n}', { planners })
    await expect(refused).rejects.toMatchObject({
      code: 'ERR_INPUT_NOT_JSON',
      details: { position: 35, line: 3, column: 3 },
    })
    await expect(refused).rejects.not.toHaveProperty('cause')
    await expect(runFormatCommand('tour', '', { planners })).rejects.toMatchObject({ details: { position: 0 } })
  })
})

describe('a planning format', () => {
  test('answers a result for what could not be packed, reached or delivered', async () => {
    const tooLong = itemWith({ sku: 'POLE', sizeMm: [2_000, 10, 10] })
    expect(JSON.parse(await run('pack', tooLong))).toMatchObject({
      format: 'backroom-pack-result-1',
      orders: [{ id: 'o-1', unpacked: [{ sku: 'POLE', quantity: 1, reason: 'too-long' }] }],
      totals: { unpacked: 1 },
    })
    const island = { ...graph, edges: [] }
    expect(JSON.parse(await run('tour', tourWith({ floor: island, start: 0, end: 0, picks: [1] })))).toMatchObject({
      format: 'backroom-tour-result-1',
      results: [{ id: 't-1', order: [], unreachable: [0] }],
    })
    expect(JSON.parse(await run('deliver', stopWith({ demand: [101] })))).toMatchObject({
      format: 'backroom-deliver-result-1',
      results: [{ id: 'd-1', routes: [], unserved: [{ id: 's-1', reason: 'over-capacity' }] }],
    })
  })

  test('answers batches with every pick of their orders', async () => {
    expect(JSON.parse(await run('batch', batchWith({})))).toMatchObject({
      format: 'backroom-batch-result-1',
      results: [{ id: 'b-1', batches: [{ orders: [0], tour: [[1, 5]], length: 30 }], length: 30, optimal: true }],
    })
  })

  test('reads a file that begins with a byte order mark', async () => {
    const text = `\uFEFF${JSON.stringify(tourWith({}))}`
    expect(JSON.parse(await runFormatCommand('tour', text, { planners }))).toMatchObject({ results: [{ length: 30 }] })
  })

  test('plans with seed 1 and one thread unless told otherwise, and hands options on', async () => {
    const seen: unknown[] = []
    const watched: Planners = {
      ...planners,
      tours: (problems, options) => {
        seen.push(options)
        return planners.tours(problems, options)
      },
    }
    await run('tour', tourWith({}), { planners: watched })
    await run('tour', tourWith({}), { planners: watched, seed: 9, workers: 3, budgetMs: 50 })
    expect(seen).toEqual([
      { seed: 1, workers: 1 },
      { seed: 9, workers: 3, budgetMs: 50 },
    ])
  })

  test('tells progress', async () => {
    const told: number[] = []
    await run('tour', tourWith({}), { onProgress: (done: number) => told.push(done) })
    expect(told).toEqual([1])
  })
})

describe('a failure of a planning command', () => {
  test('is one line that names the path and what was expected', () => {
    const details = { path: 'cartons[0].foo', expected: 'no field of this name' }
    expect(failureLine({ code: 'ERR_INPUT_INVALID', details })).toBe(
      'cartons[0].foo: expected no field of this name (ERR_INPUT_INVALID)',
    )
    expect(failureLine({ code: 'ERR_INPUT_NOT_JSON', details: { position: 5, line: 2, column: 3 } })).toBe(
      'line 2, column 3: expected JSON (ERR_INPUT_NOT_JSON)',
    )
    expect(failureLine({ code: 'ERR_PLANNER_FAILED', details: { call: 'pack' } })).toBe(
      'ERR_PLANNER_FAILED {"call":"pack"}',
    )
  })
})
