import process from 'node:process'
import { callerOf, Refused, type Caller } from './http.ts'

/**
 * A picker and a packer at a paired station, as a process of their own. They know the station's address, its token and
 * the wave, and nothing else. Arguments: address, token, wave, what to do (`first-pick`, `pick`, `pack`).
 */
interface Stop {
  readonly seq: number
  readonly sku: string
  readonly gtin?: string
  readonly quantity: number
  readonly picked: number
  readonly short: number
  readonly orderCode: string
  readonly parcelLetter: string
}

interface PickList {
  readonly tours: readonly { readonly seq: number; readonly stops: readonly Stop[] }[]
  readonly parcels: readonly {
    readonly id: string
    readonly status: string
    readonly orderId: string
    readonly contents: readonly { readonly sku: string; readonly quantity: number }[]
  }[]
}

/** Papers fetched from the station, and papers that it does not give to the floor. */
interface Papers {
  readonly papers: number
  readonly papersRefused: number
}

export interface FloorReport extends Papers {
  readonly picks: number
  readonly packed: number
  readonly wrongScansRefused: number
  readonly shortPicks: number
  /** The order of the first pick, and the letter of its parcel. */
  readonly first?: { readonly orderCode: string; readonly letter: string } | undefined
}

const wrongCode = '2099999999990'

async function main(): Promise<FloorReport> {
  const [address = '', token = '', wave = '', task = ''] = process.argv.slice(2)
  const station = callerOf(address, token)
  const call = async <Value>(operation: string, input: object): Promise<Value> =>
    (await station.send<{ value: Value }>('POST', `/call/${operation}`, input)).value
  const stopListening = listen(address, token)
  try {
    const list = await call<PickList>('pick.list', { wave })
    const papers = await fetchPapers(station, call, { wave, list })
    if (task === 'first-pick') return { ...papers, ...(await firstPick(call, { wave, list })) }
    if (task === 'pick') return { ...papers, ...(await pickRest(call, { wave, list })) }
    return { ...papers, ...(await pack(call, list)) }
  } finally {
    stopListening()
  }
}

/** A tablet hears what changes at the station for as long as it works. */
function listen(address: string, token: string): () => void {
  const leaving = new AbortController()
  const headers = { authorization: `Bearer ${token}` }
  void fetch(`${address}/events`, { headers, signal: leaving.signal })
    .then((answer) => answer.text())
    // Going home ends the line in the middle of a sentence.
    .catch(() => undefined)
  return () => leaving.abort()
}

const floorPapers: ReadonlySet<string> = new Set(['selection', 'pick-sheet', 'slip', 'label'])

/** Every paper of the wave that the station has, as a tablet fetches them to print: sheets, slips, labels. */
async function fetchPapers(station: Caller, call: Call, { wave, list }: Work): Promise<Papers> {
  const { documents } = await call<{ documents: readonly Paper[] }>('waves.get', { wave })
  const subjectIds = [...new Set(list.parcels.flatMap((parcel) => [parcel.orderId, parcel.id]))]
  const ofParcels = await call<readonly Paper[]>('documents.list', { subjectIds })
  let papersRefused = 0
  const papers = [...documents, ...ofParcels].filter((paper) => floorPapers.has(paper.kind))
  for (const { id } of papers)
    await station.get(`/documents/${id}`).catch((error: unknown) => {
      // Where recipients stand on labels in clear, these come from the desk.
      if (!(error instanceof Refused) || error.status !== 403) throw error
      papersRefused += 1
    })
  return { papers: papers.length - papersRefused, papersRefused }
}

interface Paper {
  readonly id: string
  readonly kind: string
}

type Call = <Value>(operation: string, input: object) => Promise<Value>
interface Work {
  readonly wave: string
  readonly list: PickList
}

type Done = Omit<FloorReport, keyof Papers>

const codeOf = (stop: Stop): string => stop.gtin ?? stop.sku
const openOf = (stop: Stop): number => stop.quantity - stop.picked - stop.short

/** One wrong scan, which must be refused, then the first right one. */
async function firstPick(call: Call, work: Work): Promise<Done> {
  const tour = work.list.tours[0]
  const stop = tour?.stops[0]
  if (!tour || !stop) throw new Error('nothing to pick')
  const wrongScansRefused = await refused(() =>
    call('pick.confirm', { wave: work.wave, tour: tour.seq, seq: stop.seq, code: wrongCode, quantity: 1 }),
  )
  await call('pick.confirm', {
    wave: work.wave,
    tour: tour.seq,
    seq: stop.seq,
    code: codeOf(stop),
    quantity: openOf(stop),
  })
  return {
    picks: 1,
    packed: 0,
    wrongScansRefused,
    shortPicks: 0,
    first: { orderCode: stop.orderCode, letter: stop.parcelLetter },
  }
}

/** The rest of every tour, with one piece that is not at its place. */
async function pickRest(call: Call, work: Work): Promise<Done> {
  let picks = 0
  const open = work.list.tours.flatMap((tour) =>
    tour.stops.filter((stop) => openOf(stop) > 0).map((stop) => ({ tour: tour.seq, stop })),
  )
  const shortAt = open.find(({ stop }) => openOf(stop) > 1)
  if (shortAt) await call('pick.short', { wave: work.wave, tour: shortAt.tour, seq: shortAt.stop.seq, quantity: 1 })
  // The short pick may have added a stop elsewhere: the list is read again.
  const after = await call<PickList>('pick.list', { wave: work.wave })
  for (const tour of after.tours) {
    for (const stop of tour.stops.filter((candidate) => openOf(candidate) > 0)) {
      await call('pick.confirm', {
        wave: work.wave,
        tour: tour.seq,
        seq: stop.seq,
        code: codeOf(stop),
        quantity: openOf(stop),
      })
      picks += 1
    }
  }
  return { picks, packed: 0, wrongScansRefused: 0, shortPicks: shortAt ? 1 : 0 }
}

/** Every parcel scan by scan; a wrong piece in the first one is refused. */
async function pack(call: Call, list: PickList): Promise<Done> {
  const open = list.parcels.filter((parcel) => parcel.status === 'picking' || parcel.status === 'planned')
  const first = open[0]
  const wrongScansRefused = first ? await refused(() => call('pack.check', { parcelId: first.id, code: wrongCode })) : 0
  for (const parcel of open) {
    const scanned = parcel.contents.flatMap((content) => Array.from({ length: content.quantity }, () => content.sku))
    await call('pack.confirm', { parcelId: parcel.id, scanned })
  }
  return { picks: 0, packed: open.length, wrongScansRefused, shortPicks: 0 }
}

async function refused(attempt: () => Promise<unknown>): Promise<number> {
  try {
    await attempt()
  } catch (error) {
    if (error instanceof Refused && error.body.includes('WRONG_PRODUCT')) return 1
    throw error
  }
  throw new Error('a wrong scan was taken')
}

main().then(
  (report) => process.stdout.write(JSON.stringify(report) + '\n'),
  (error: unknown) => {
    process.stderr.write(
      `floor: ${error instanceof Error ? `${error.message} ${'details' in error ? JSON.stringify(error.details) : ''}` : String(error)}\n`,
    )
    process.exitCode = 1
  },
)
