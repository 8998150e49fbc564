import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { products } from '../stage/catalogue.ts'
import { parcelsInWords, sameParcels } from '../stage/customers.ts'
import { pickList } from '../stage/floor.ts'
import { generalBasket, moments, playLineOfWork, type LineOfWork, type Look } from '../stage/line-of-work.ts'
import {
  companyProblems,
  placementProblems,
  problemsOf,
  weightAndVolumeProblems,
  type PackedParcel,
} from '../stage/packed-parcel.ts'
import { bytesOf, filesIn, readPaper, readText } from '../stage/papers.ts'
import { everyReadingOf, personalIn } from '../stage/personal.ts'
import { lengthOfPath, lengthOfStops, passes } from '../stage/walked.ts'
import { courierSide } from './courier-side.ts'

let line: LineOfWork
beforeAll(async () => {
  line = await playLineOfWork()
}, 600_000)
afterAll(() => line?.close())

const allPackages = (): readonly PackedParcel[] => line.selection.orders.flatMap((order) => order.packages)
const customers = () => line.bought.map((one) => one.customer)
const skusOf = (parcel: PackedParcel): readonly string[] => parcel.contents.map((content) => content.sku)

/** `SKU quantity` of any list of contents, added up and sorted. */
function pieces(lists: Iterable<{ readonly sku: string; readonly quantity: number }>): readonly string[] {
  const bySku = new Map<string, number>()
  for (const { sku, quantity } of lists) bySku.set(sku, (bySku.get(sku) ?? 0) + quantity)
  return [...bySku].map(([sku, quantity]) => `${sku} ${quantity}`).toSorted()
}

describe('what the floor works from', () => {
  test('M3: the tablet on the floor gets a pick list of everything that was ordered', async () => {
    const list = await pickList(line.tablet, line.wave)
    expect(list.selection).toEqual(line.selection)
    const ordered = line.bought.flatMap((one) => one.lines)
    expect(pieces(line.selection.tours.flatMap((tour) => tour.stops))).toEqual(pieces(ordered))
    expect(pieces(allPackages().flatMap((parcel) => parcel.contents))).toEqual(pieces(ordered))
  })

  test('M3: the tablet fetches the pick sheet as a PDF, and the shop knows which version it has', async () => {
    const { documents } = await line.shop.call<{
      documents: readonly { id: string; kind: string; fileName: string }[]
    }>('waves.get', { wave: line.wave })
    const sheet = documents.find((document) => document.kind === 'pick-sheet')
    const answer = await fetch(`${line.shop.address}/documents/${sheet?.id}`, {
      headers: { authorization: `Bearer ${line.tablet.token}` },
    })
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    const fetched = new Uint8Array(await answer.arrayBuffer())
    expect(fetched).toEqual(bytesOf(line.out, 'pick-sheets', sheet?.fileName ?? ''))
    const text = await readText(fetched)
    for (const stop of line.selection.tours[0]?.stops ?? []) expect(text).toContain(stop.location)
    const fetches = await line.shop.call<readonly { terminal: string }[]>('documents.fetches', {
      documentId: sheet?.id,
    })
    expect(fetches.filter(({ terminal }) => terminal.startsWith('station'))).toHaveLength(1)
  })

  test('M3: nothing that the floor sees names a customer, a street, a telephone or an e-mail', async () => {
    const sheets = await Promise.all(
      filesIn(line.out, 'pick-sheets').map((file) => readPaper(bytesOf(line.out, 'pick-sheets', file), file)),
    )
    const slips = await Promise.all(
      filesIn(line.out, 'slips').map((file) => readText(bytesOf(line.out, 'slips', file))),
    )
    const seen = [
      JSON.stringify(line.selection),
      JSON.stringify(await pickList(line.tablet, line.wave)),
      JSON.stringify(await line.tablet.call('orders.list')),
      ...sheets.flatMap((sheet) => [sheet.text, ...sheet.codes.flatMap(everyReadingOf)]),
      ...slips,
      ...filesIn(line.out, 'slips'),
    ]
    expect(sheets.flatMap((sheet) => sheet.codes)).toContain(`Code128: wave:${line.wave}`)
    expect(slips).toHaveLength(line.bought.length)
    expect(seen.flatMap((text) => personalIn(text, customers()))).toEqual([])
    // The same search finds everybody where they may be read: it is not blind.
    const opened = JSON.stringify(line.views)
    for (const customer of customers()) expect(personalIn(opened, [customer])).toContain(customer.name)
  })
})

describe('which products fit in one parcel', () => {
  interface Explained {
    readonly pieceCount: number
    readonly moreThanOne: boolean
    readonly rules: { readonly keepApart: readonly (readonly string[])[] }
    readonly proof: { readonly isFewest: boolean; readonly parcelsLowerBound: number }
    readonly parcels: readonly {
      readonly pieces: readonly { readonly sku: string; readonly quantity: number }[]
      readonly totals: PackedParcel['totals']
      readonly why: { readonly code: string }
    }[]
    readonly keptApart: readonly { readonly a: string; readonly b: string; readonly rule: string }[]
  }

  test('M5: it is decided for every order of two or more pieces, with the reason for each parcel', async () => {
    expect(line.selection.orders.map((order) => order.moreThanOne)).toContain(false)
    for (const order of line.selection.orders) {
      expect(order.moreThanOne).toBe(order.pieceCount >= 2)
      expect(order.packages.every((parcel) => parcel.why.code !== '')).toBe(true)
    }
  })

  test('M5: backroom explain replays what shares a parcel, the totals and the rule that keeps two pieces apart', async () => {
    const order = line.selection.orders.find((one) => one.packages.some((parcel) => skusOf(parcel).includes('CL-0105')))
    const explained = await line.shop.command<Explained>('explain', order?.code ?? '')
    expect(explained.parcels.map((parcel) => parcel.totals)).toEqual(order?.packages.map((parcel) => parcel.totals))
    expect(explained.parcels.map((parcel) => pieces(parcel.pieces))).toEqual(
      order?.packages.map((parcel) => pieces(parcel.contents)),
    )
    expect(explained.proof.isFewest).toBe(order?.proof.fewestParcels)
    expect(explained.proof.parcelsLowerBound).toBeLessThanOrEqual(explained.parcels.length)
    expect(explained.keptApart).toContainEqual({ a: 'CL-0105', b: 'GR-0115', rule: 'keep-apart: food / chemicals' })
    for (const { a, b } of explained.keptApart) {
      const together = explained.parcels.filter((parcel) =>
        [a, b].every((sku) => parcel.pieces.some((piece) => piece.sku === sku)),
      )
      expect(together).toEqual([])
    }
  })

  test('M6: every parcel keeps its allowable weight and volume, by the sums of the catalogue', () => {
    expect(allPackages().flatMap(weightAndVolumeProblems)).toEqual([])
  })

  test('M6: every piece has its own place inside its carton and rests on something', () => {
    expect(allPackages().flatMap(placementProblems)).toEqual([])
    expect(allPackages().filter((parcel) => parcel.placements.length > 1).length).toBeGreaterThan(5)
  })

  test('M6: the arithmetic of these tests sees a parcel that is wrong', () => {
    const parcel = allPackages().find((one) => one.carton !== null && one.placements.length > 2)
    const [first, second, ...others] = parcel?.placements ?? []
    if (!parcel || !first || !second) throw new Error('no parcel of three pieces')
    const doubled = { ...parcel, placements: [first, { ...second, atMm: first.atMm }, ...others] }
    expect(problemsOf(doubled)).toContain('two pieces in one place')
    const heavy = { ...parcel, totals: { ...parcel.totals, grossG: parcel.totals.allowableG + 1 } }
    expect(problemsOf(heavy)).toContain('heavier than allowable')
    const mixed = { ...parcel, contents: [...parcel.contents, { sku: 'CH-0125', quantity: 1 }] }
    expect(problemsOf(mixed)).toContain('temperatures are mixed')
  })

  test('M7: food and chemicals travel apart, cold goods insulated, nothing lies on what is fragile', () => {
    expect(allPackages().flatMap(companyProblems)).toEqual([])
    const fragile = allPackages().filter((parcel) => skusOf(parcel).some((sku) => products.get(sku)?.takesNothingOnTop))
    expect(fragile.flatMap(placementProblems)).toEqual([])
    expect(fragile.filter((parcel) => parcel.placements.length > 1).length).toBeGreaterThan(2)
    const cold = allPackages().filter((parcel) =>
      skusOf(parcel).some((sku) => products.get(sku)?.temperature === 'chilled'),
    )
    expect(cold.length).toBeGreaterThan(1)
  })

  test('M7: what has its own box is a parcel of its own', () => {
    const own = allPackages().filter((parcel) => parcel.carton === null)
    expect(own.map((parcel) => parcel.contents.map(({ sku, quantity }) => ({ sku, quantity })))).toEqual([
      [{ sku: 'AP-0111', quantity: 1 }],
    ])
  })

  test('M10: groceries, glassware, garden, tools, paper and toys of one order travel by the same rules', () => {
    const categories = new Set(generalBasket.map(({ sku }) => products.get(sku)?.category))
    expect(categories.size).toBe(generalBasket.length)
    const order = line.selection.orders.find((one) => one.packages.some((parcel) => skusOf(parcel).includes('TY-0118')))
    expect(pieces(order?.packages.flatMap((parcel) => parcel.contents) ?? [])).toEqual(pieces(generalBasket))
    expect(order?.packages.flatMap(problemsOf)).toEqual([])
    expect(line.seen.delivered.at(-1)?.status).toBe('delivered')
  })
})

describe('the way through the floor', () => {
  test('M8: every tour is proven shortest, walks along the aisles, and passes each location', () => {
    const { floor, tours } = line.selection
    for (const tour of tours) {
      expect(tour.proof.optimal).toBe(true)
      expect(lengthOfPath(tour.path)).toBe(tour.lengthMm)
      expect(tour.stops.filter((stop) => !passes(floor, tour.path, stop.place))).toEqual([])
    }
  })

  test('M8: no tour is longer than the same stops in the order of their location codes', () => {
    const { floor, tours } = line.selection
    for (const { stops, lengthMm, binOrderMm } of tours) {
      const byName = stops.toSorted((a, b) => a.location.localeCompare(b.location)).map((stop) => stop.place)
      expect(lengthOfStops(floor, [floor.depot, ...byName, floor.packingTable])).toBe(binOrderMm)
      expect(lengthOfStops(floor, [floor.depot, ...stops.map((stop) => stop.place), floor.packingTable])).toBe(lengthMm)
      expect(lengthMm).toBeLessThanOrEqual(binOrderMm)
    }
  })

  test('M8: backroom tour finds the same length for the same stops', async () => {
    const { floor, tours } = line.selection
    const { aisleX, crossY, missing, depot: start, packingTable: end } = floor
    const problems = tours.map((tour) => ({
      id: String(tour.seq),
      floor: { kind: 'aisles', aisleX, crossY, missing },
      start,
      end,
      picks: tour.stops.map((stop) => stop.place),
    }))
    const file = line.shop.put('tour.json', JSON.stringify({ format: 'backroom-tour-1', problems }))
    const { results } = await line.shop.command<{
      results: readonly { readonly length: number; readonly optimal: boolean }[]
    }>('tour', file)
    expect(results.map(({ length, optimal }) => ({ length, optimal }))).toEqual(
      tours.map((tour) => ({ length: tour.lengthMm, optimal: true })),
    )
  })
})

describe('what the customer is told', () => {
  test('M9: preview, answer to the order and order page list the same parcels until the shop has planned', () => {
    for (const [index, one] of line.bought.entries()) {
      expect(one.preview.length).toBeGreaterThan(0)
      expect(parcelsInWords(one.answer.packages)).toEqual(parcelsInWords(one.preview))
      expect(line.promised[index]?.packagesFrom).toBe('preview')
      expect(parcelsInWords(line.promised[index]?.packages ?? [])).toEqual(parcelsInWords(one.preview))
      expect(new Set(one.answer.packages.map((parcel) => parcel.status))).toEqual(new Set(['planned']))
      expect(pieces(one.answer.packages.flatMap((parcel) => parcel.contents))).toEqual(pieces(one.lines))
    }
  })

  test('M9: afterwards the order page shows the parcels of the shop, and says so where they are others', () => {
    for (const [index, one] of line.bought.entries()) {
      const page = line.seen.planned[index]
      expect(page?.packagesFrom).toBe('shop')
      const isAsPromised = sameParcels(page?.packages ?? [], one.preview)
      expect(page?.changes.length === 0).toBe(isAsPromised)
    }
  })

  const statuses = (look: Look): readonly (readonly string[])[] =>
    look.map((page) => page.packages.map((parcel) => parcel.status))

  test('M12: every parcel shows a state of its own after each step of the shop and of the courier', () => {
    const isMissed = line.bought.findIndex(
      (one) => one.lines.some(({ sku }) => sku === 'CH-0125') && one.lines.length === 1,
    )
    for (const moment of moments) {
      const expected = statuses(line.seen[moment]).map((parcels, order) =>
        parcels.map(() => (moment === 'delivered' && order === isMissed ? 'failed' : moment)),
      )
      expect(statuses(line.seen[moment])).toEqual(expected)
    }
  })

  test('M12: the history of every parcel names each state once, with times that rise', () => {
    for (const parcel of line.seen.delivered.flatMap((page) => page.packages)) {
      const last = parcel.status
      expect(parcel.history.map((step) => step.status).filter((status) => status !== 'received')).toEqual([
        ...moments.slice(0, -1),
        last,
      ])
      const times = parcel.history.map((step) => Date.parse(step.at))
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(new Set(times.slice(-moments.length)).size).toBe(moments.length)
      expect(parcel.tracking?.carrier).toMatch(/Kiebitz|Fernschwalbe/)
    }
  })

  test('M12: a parcel that came back says why', () => {
    const failed = line.seen.delivered.flatMap((page) => page.packages).filter((parcel) => parcel.status === 'failed')
    expect(failed).toHaveLength(1)
    expect(failed[0]?.statusText).toMatch(/nobody was at home|niemand war zu Hause|ご不在/)
  })
})

courierSide(() => line)
