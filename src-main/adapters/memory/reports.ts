import type { FulfilmentEvent } from '../../domain/fulfilment.ts'
import type { LateOrder } from '../../domain/report.ts'
import {
  quarterMs,
  type FlowCount,
  type PackedCount,
  type ReportStore,
  type Span,
  type StockNeeds,
  type StockQuestion,
} from '../../ports/store/report-store.ts'
import type { MemoryState } from './state.ts'
import { compareText } from './stock.ts'

/** Reports over the shared state: every record is looked at. */
export function reportsInMemory(state: MemoryState): ReportStore {
  const eventsOf = (status: FulfilmentEvent['status'], span: Span): readonly FulfilmentEvent[] =>
    [...state.events.values()].filter(
      (event) => event.status === status && isWithin(span, event.at) && event.parcelId !== undefined,
    )
  return {
    async countFlow(span) {
      const placed = [...state.orders.values()].map((order) => order.placedAt).filter((at) => isWithin(span, at))
      const packed = eventsOf('packed', span)
      const lastOf = [...Map.groupBy(packed, (event) => event.orderId).values()].map((group) =>
        Math.max(...group.map((event) => event.at)),
      )
      const times = (events: readonly FulfilmentEvent[]): readonly number[] => events.map((event) => event.at)
      return [
        ...countsOf('placed', placed),
        ...countsOf('packed-orders', lastOf),
        ...countsOf('packed', times(packed)),
        ...countsOf('handed-over', times(eventsOf('handed-over', span))),
      ].toSorted((a, b) => a.quarter - b.quarter || compareText(a.what, b.what))
    },
    async sumWalks(span) {
      const finished = [...state.tours.values()].flatMap((tour) => {
        const { finished: end } = tour.walk ?? {}
        return end && isWithin(span, end.at) ? [{ tour, end, quarter: Math.floor(end.at / quarterMs) }] : []
      })
      const sum = (group: typeof finished, of: (one: (typeof finished)[number]) => number): number =>
        group.reduce((total, one) => total + of(one), 0)
      return [...Map.groupBy(finished, (one) => one.quarter)]
        .toSorted(([a], [b]) => a - b)
        .map(([quarter, group]) => ({
          quarter,
          tours: group.length,
          plannedMm: sum(group, (one) => one.tour.lengthMm),
          binOrderMm: sum(group, (one) => one.tour.binOrderMm),
          walkedMm: sum(group, (one) => one.end.walkedMm),
          plannedMs: sum(group, (one) => one.end.plannedMs),
          workedMs: sum(group, (one) => one.end.workedMs),
        }))
    },
    countPacked: async (span) => packedCount(state, eventsOf('packed', span)),
    async findLate(span, now) {
      const handed = eventsOf('handed-over', span)
      return {
        handedOver: new Set(handed.map((event) => event.orderId)).size,
        late: [...lateByWindow(state, span, now), ...lateByCollection(state, handed)],
      }
    },
    findStockNeeds: async (question) => stockNeeds(state, question),
    async countUnpacked() {
      const codes = [...state.carriers.keys()].toSorted(compareText)
      const open = [...state.parcels.values()].filter(
        ({ status, manifestId }) => (status === 'planned' || status === 'picking') && manifestId === undefined,
      )
      return codes.map((carrierCode) => ({
        carrierCode,
        parcels: open.filter((parcel) => parcel.carrierCode === carrierCode).length,
      }))
    },
    async countWindows(span) {
      const open = ['received', 'on-hold', 'planned', 'picking', 'packed']
      return [...state.orders.values()].filter(
        ({ window, service, status }) =>
          window !== undefined && isWithin(span, window.to) && service !== 'collect' && open.includes(status),
      ).length
    },
  }
}

function packedCount(state: MemoryState, packed: readonly FulfilmentEvent[]): PackedCount {
  const sizes = [...Map.groupBy(packed, (event) => event.orderId).values()].map(
    (group) => new Set(group.map((event) => event.parcelId)).size,
  )
  const parcels = [...new Set(packed.map((event) => event.parcelId))].flatMap((id) => state.parcels.get(id ?? '') ?? [])
  const keyOf = (parcel: (typeof parcels)[number]): string =>
    [
      parcel.carrierCode ?? '',
      parcel.carton ?? '',
      JSON.stringify(parcel.outerMm),
      String(parcel.totals.grossG).padStart(9, '0'),
    ].join('\u0000')
  return {
    spread: [...Map.groupBy(sizes, (size) => size)]
      .toSorted(([a], [b]) => a - b)
      .map(([count, group]) => ({ parcels: count, orders: group.length })),
    groups: [...Map.groupBy(parcels, keyOf)]
      .toSorted(([a], [b]) => compareText(a, b))
      .flatMap(([, group]) => {
        const [first] = group
        return first
          ? [
              {
                carrierCode: first.carrierCode,
                carton: first.carton,
                outerMm: first.outerMm,
                grossG: first.totals.grossG,
                parcels: group.length,
              },
            ]
          : []
      }),
  }
}

const isWithin = ({ from, to }: Span, at: number): boolean => at >= from && at < to

const countsOf = (what: FlowCount['what'], times: readonly number[]): readonly FlowCount[] =>
  [...Map.groupBy(times, (at) => Math.floor(at / quarterMs))].map(([quarter, group]) => ({
    quarter,
    what,
    count: group.length,
  }))

function lateByWindow(state: MemoryState, span: Span, now: number): readonly LateOrder[] {
  return [...state.orders.values()]
    .flatMap((order) => {
      const dueAt = order.window?.to
      if (dueAt === undefined || !isWithin(span, dueAt)) return []
      if (order.service === 'collect' || order.status === 'cancelled' || order.status === 'returned') return []
      const told = [...state.events.values()].filter(
        (event) => event.orderId === order.id && event.status === 'delivered',
      )
      const doneAt = told.length > 0 ? Math.max(...told.map((event) => event.at)) : undefined
      return (doneAt ?? now) > dueAt ? [{ because: 'window' as const, order: order.code, dueAt, doneAt }] : []
    })
    .toSorted((a, b) => a.dueAt - b.dueAt || compareText(a.order, b.order))
}

function lateByCollection(state: MemoryState, handed: readonly FulfilmentEvent[]): readonly LateOrder[] {
  const found = [...new Set(handed.map((event) => event.parcelId))].flatMap((id) => {
    const parcel = state.parcels.get(id ?? '')
    const manifest = state.manifests.get(parcel?.manifestId ?? '')
    if (!parcel || !manifest) return []
    return state.consignments
      .filter(
        (one) =>
          one.orderId === parcel.orderId && one.waveId === parcel.waveId && one.collectionDay < manifest.collectionDay,
      )
      .map((one) => ({ order: parcel.orderCode, due: one.collectionDay, done: manifest.collectionDay }))
  })
  const least = (days: readonly string[]): string => days.toSorted(compareText)[0] ?? ''
  return [...Map.groupBy(found, (one) => one.order)]
    .map(([order, group]) => ({
      because: 'collection' as const,
      order,
      dueDay: least(group.map((one) => one.due)),
      doneDay:
        group
          .map((one) => one.done)
          .toSorted(compareText)
          .at(-1) ?? '',
    }))
    .toSorted((a, b) => compareText(a.dueDay, b.dueDay) || compareText(a.order, b.order))
}

function stockNeeds(state: MemoryState, question: StockQuestion): StockNeeds {
  const { days, coverDays, limit } = question
  const inSpan = state.movements.filter((movement) => isWithin(question, movement.at))
  const name = (of: 'product' | 'carton', sku: string): string =>
    (of === 'carton' ? state.cartons.get(sku)?.name : state.products.get(sku)?.name) ?? ''
  const taken = Map.groupBy(
    inSpan.filter((movement) => movement.kind === 'picked'),
    (movement) => JSON.stringify([movement.of, movement.sku]),
  )
  const toReorder = [...taken.values()]
    .flatMap(([first, ...more]) => {
      if (!first) return []
      const { of, sku } = first
      const used = -[first, ...more].reduce((sum, movement) => sum + movement.quantity, 0)
      const free = [...state.levels.values()]
        .filter((level) => level.of === of && level.sku === sku)
        .reduce((sum, level) => sum + level.onHand - level.reserved, 0)
      return used > 0 && free * days < used * coverDays ? [{ of, sku, name: name(of, sku), used, free }] : []
    })
    .toSorted((a, b) => a.free / a.used - b.free / b.used || compareText(a.of, b.of) || compareText(a.sku, b.sku))
  const short = inSpan.filter(
    (movement) =>
      movement.kind === 'corrected' &&
      movement.of === 'product' &&
      movement.reason === 'short-pick' &&
      !state.movements.some(
        (counted) =>
          counted.kind === 'counted' &&
          counted.at > movement.at &&
          counted.of === 'product' &&
          counted.sku === movement.sku &&
          counted.location === movement.location,
      ),
  )
  const toCount = [...Map.groupBy(short, (one) => JSON.stringify([one.sku, one.location])).values()]
    .flatMap(([first, ...more]) =>
      first
        ? [
            {
              sku: first.sku,
              name: name('product', first.sku),
              location: first.location,
              missing: -[first, ...more].reduce((sum, movement) => sum + movement.quantity, 0),
              at: Math.max(...[first, ...more].map((movement) => movement.at)),
            },
          ]
        : [],
    )
    .toSorted((a, b) => b.at - a.at || compareText(a.sku, b.sku) || compareText(a.location, b.location))
  return { toReorder: toReorder.slice(0, limit), toCount: toCount.slice(0, limit) }
}
