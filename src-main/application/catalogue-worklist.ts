import type { Product } from '../domain/catalogue.ts'
import { repairOf, type Repair } from '../domain/repaired-measures.ts'
import type { StockLevel } from '../domain/stock.ts'
import type { Suspicion } from '../domain/suspicious-measures.ts'
import type { Page, WorklistBundle } from '../ports/store/catalogue-store.ts'
import { MeasuredCatalogue, worklistKinds, type Judged, type WorklistKind } from './measured-catalogue.ts'
import type { Workshop } from './workshop.ts'

export interface WorklistRow {
  readonly product: Product
  readonly levels: readonly StockLevel[]
  readonly kinds: readonly WorklistKind[]
  /** Orders not planned yet that name it. */
  readonly waitingOrders: number
  readonly doubts: readonly Suspicion[]
  /** A value that one slip in typing or in units would explain. */
  readonly repair: Repair | undefined
}

export interface WorklistPage extends Page<WorklistRow> {
  /** Products by kind, of all that the search finds; one may be of several kinds. */
  readonly counts: { readonly [Kind in WorklistKind]: number }
}

export interface WorklistQuery {
  readonly kind?: WorklistKind | undefined
  readonly search?: string | undefined
  /** `waiting` (default): what most orders wait for first, then the most pressing kind; sku, name, category. */
  readonly sort?: string | undefined
  readonly descending?: boolean | undefined
  readonly offset: number
  readonly limit: number
}

interface Task {
  readonly judged: Judged
  readonly waitingOrders: number
}

/**
 * Products whose measures are missing or doubtful, or that are sold and lie nowhere. Products off sale are left out
 * unless an order waits for them. Cost: what changed since the last answer, and a glance at each product.
 */
export function openWorklist({ store }: Pick<Workshop, 'store'>): (query: WorklistQuery) => Promise<WorklistPage> {
  const catalogue = new MeasuredCatalogue()
  return async (query) => {
    const bundle = await learned(store, catalogue, query.search)
    const tasks = tasksOf(catalogue, bundle)
    const counts = countsOf(tasks)
    const { kind } = query
    const wanted = kind === undefined ? tasks : tasks.filter(({ judged }) => judged.kinds.includes(kind))
    const page = sorted(wanted, query).slice(query.offset, query.offset + query.limit)
    return { rows: await rowsOf(store, catalogue, page), total: wanted.length, counts }
  }
}

async function learned(
  store: Workshop['store'],
  catalogue: MeasuredCatalogue,
  search: string | undefined,
): Promise<WorklistBundle> {
  const since = catalogue.revision
  const bundle = await store.loadWorklist({ since, search })
  // Another answer may have come in between and started over: what is only news is then of no use.
  if (since !== undefined && catalogue.revision === undefined) return learned(store, catalogue, search)
  return catalogue.learn(bundle) ? bundle : learned(store, catalogue, search)
}

/** In order of SKU. */
function tasksOf(catalogue: MeasuredCatalogue, { waiting, found }: WorklistBundle): readonly Task[] {
  const ordersBySku = new Map(waiting.map(({ sku, orders }) => [sku, orders]))
  const candidates = found ? found.flatMap((sku) => catalogue.find(sku) ?? []) : catalogue.all()
  const tasks: Task[] = []
  for (const judged of candidates) {
    if (judged.kinds.length === 0) continue
    const waitingOrders = ordersBySku.get(judged.product.sku) ?? 0
    if (judged.product.active || waitingOrders > 0) tasks.push({ judged, waitingOrders })
  }
  return tasks
}

function countsOf(tasks: readonly Task[]): WorklistPage['counts'] {
  const counts = { 'no-weight': 0, 'no-size': 0, suspicious: 0, 'no-location': 0, estimated: 0 }
  for (const { judged } of tasks) for (const kind of judged.kinds) counts[kind]++
  return counts
}

/** Sorting keeps equals in their order, so ties go by SKU, rising whichever way the list is sorted. */
function sorted(tasks: readonly Task[], { sort, descending = false }: WorklistQuery): readonly Task[] {
  const textOf = sort === undefined || !Object.hasOwn(texts, sort) ? undefined : texts[sort]
  if (!textOf) return byUrgency(tasks)
  const keyed = tasks.map((task) => ({ task, key: textOf(task.judged) }))
  const sign = descending ? -1 : 1
  return keyed.sort((one, other) => compareText(one.key, other.key) * sign).map(({ task }) => task)
}

const texts: { readonly [sort: string]: (judged: Judged) => string } = {
  sku: ({ product }) => product.sku,
  name: ({ product }) => folded(product.name),
  category: ({ product }) => folded(product.category),
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** Without case and accents. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()

/** What orders wait for, most of them first; then the most pressing kind. */
function byUrgency(tasks: readonly Task[]): readonly Task[] {
  const pressing = ({ judged }: Task): number => worklistKinds.indexOf(judged.kinds[0] ?? 'estimated')
  const waiting = tasks.filter(({ waitingOrders }) => waitingOrders > 0)
  const others = worklistKinds.map((): Task[] => [])
  for (const task of tasks) if (task.waitingOrders === 0) others[pressing(task)]?.push(task)
  return [
    ...waiting.toSorted((a, b) => b.waitingOrders - a.waitingOrders || pressing(a) - pressing(b)),
    ...others.flat(),
  ]
}

async function rowsOf(
  store: Workshop['store'],
  catalogue: MeasuredCatalogue,
  tasks: readonly Task[],
): Promise<readonly WorklistRow[]> {
  const skus = tasks.map(({ judged }) => judged.product.sku)
  const products = new Map((await store.loadProducts(skus)).map((product) => [product.sku, product]))
  const levels = Map.groupBy(
    (await store.loadStockLevels(skus)).filter((level) => level.of === 'product'),
    ({ sku }) => sku,
  )
  return tasks.flatMap(
    ({
      judged: {
        product: { sku },
        kinds,
        doubts,
      },
      waitingOrders,
    }) => {
      const product = products.get(sku)
      if (!product) return []
      const repair = doubts.length > 0 ? repairOf(product, catalogue.usual) : undefined
      return [{ product, levels: levels.get(sku) ?? [], kinds, waitingOrders, doubts, repair }]
    },
  )
}
