import type { IssuedDocument } from '../domain/document.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { AnswerFile, LabelAnswer } from '../ports/carrier-labels.ts'
import { auditEntry } from './audit.ts'
import { getCarrier } from './import-carriers.ts'
import { parcelFinder, type ParcelFinder } from './find-answered-parcel.ts'
import { issue } from './issue.ts'
import { tellTracking } from './tell-tracking.ts'
import type { Caller, Workshop } from './workshop.ts'
import { ownLabelsOf } from './write-carrier-upload.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'vault' | 'files' | 'carrierLabels'>

export interface AnswerInput {
  readonly carrier: string
  readonly files: readonly AnswerFile[]
  /** Pages that a person has looked at: whose label each is. */
  readonly assign: readonly { readonly file: string; readonly page: number; readonly number: string }[]
}

export interface TakenAnswer {
  readonly carrier: string
  /** Parcels with a new tracking number, with the one they had, with a label. */
  readonly numbers: number
  readonly unchanged: number
  readonly labels: number
  /** What was left out: pages, lines and whole files. Nothing of a page's text is repeated. */
  readonly left: readonly {
    readonly file: string
    readonly page?: number | undefined
    readonly line?: number | undefined
    readonly number?: string | undefined
    readonly problem: string
  }[]
}

/**
 * Takes in what a carrier gave back: tracking numbers, and labels that are sealed at once, under the key of
 * their order, and end with it. Matched by our parcel number: in a table, in a file's name, on the page, or as a person has
 * said. Customers whose parcel has left are told the number. Throws ERR_CARRIER_LABELS_OFF, ERR_SHOP_KEY_MISSING.
 */
export async function takeCarrierAnswer(deps: Deps, caller: Caller, input: AnswerInput): Promise<TakenAnswer> {
  const carrier = await getCarrier(deps.store, input.carrier)
  const { profile } = ownLabelsOf(carrier)
  const answer = await deps.carrierLabels.readAnswer(input.files, { profile })
  const finder = parcelFinder(deps.store, carrier.code)
  const left: TakenAnswer['left'][number][] = answer.problems.map((problem) => ({ ...problem }))
  const tracked = await trackedParcels(finder, answer, left)
  const paged = await labelledParcels(finder, { answer, assign: input.assign, tracked }, left)
  const numbered = [...tracked.values()].filter(({ parcel, tracking }) => parcel.tracking !== tracking)
  const parcels = numbered.map(({ parcel, tracking }): Parcel => ({ ...parcel, tracking }))
  const kept = await keepLabels(deps, paged, left)
  const reports = await tellTracking(deps, { parcels, carrierName: carrier.name })
  await deps.store.saveCarrierAnswer({
    parcels,
    labels: kept.labels,
    replaced: kept.replaced,
    replacedAt: deps.system.clock.now(),
    reports,
    audit: auditEntry(deps.system, caller, {
      action: 'take-carrier-answer',
      entity: 'carrier',
      entityId: carrier.code,
      facts: { numbers: parcels.length, labels: kept.labels.length, left: left.length },
    }),
  })
  for (const id of kept.replaced) await deps.files.remove(id)
  const unchanged = tracked.size - parcels.length
  return { carrier: carrier.code, numbers: parcels.length, unchanged, labels: kept.labels.length, left }
}

interface Tracked {
  readonly parcel: Parcel
  readonly tracking: string
}
type Left = TakenAnswer['left'][number][]

/** By parcel id. Two numbers for one parcel, or one number for two, are nobody's. */
async function trackedParcels(
  finder: ParcelFinder,
  answer: LabelAnswer,
  left: Left,
): Promise<ReadonlyMap<string, Tracked>> {
  const tracked = new Map<string, Tracked>()
  const parcelByTracking = new Map<string, string>()
  for (const { file, line, reference, tracking } of answer.rows) {
    const found = await finder.byNumber(reference)
    const leave = (problem: string, number?: string): unknown => left.push({ file, line, number, problem })
    if ('problem' in found) {
      leave(found.problem)
      continue
    }
    const { parcel } = found
    const before = tracked.get(parcel.id)
    const holder = parcelByTracking.get(tracking)
    if (before && before.tracking !== tracking) leave('several-numbers', parcel.number)
    else if (holder !== undefined && holder !== parcel.id) leave('number-twice', parcel.number)
    else {
      tracked.set(parcel.id, { parcel, tracking })
      parcelByTracking.set(tracking, parcel.id)
    }
  }
  return tracked
}

interface Pages {
  readonly answer: LabelAnswer
  readonly assign: AnswerInput['assign']
  readonly tracked: ReadonlyMap<string, Tracked>
}

interface PagedParcel {
  readonly file: string
  readonly page: number
  readonly parcel: Parcel
  readonly pdf: Uint8Array
}

async function labelledParcels(
  finder: ParcelFinder,
  { answer, assign, tracked }: Pages,
  left: Left,
): Promise<readonly PagedParcel[]> {
  const byTracking = new Map([...tracked.values()].map(({ parcel, tracking }) => [tracking.toUpperCase(), parcel]))
  const paged: PagedParcel[] = []
  for (const { file, page, words, pdf } of answer.pages) {
    const said = assign.find((one) => one.file === file && one.page === page)
    const found = said ? await finder.byNumber(said.number) : await finder.byWords(words, byTracking)
    if ('problem' in found) left.push({ file, page, problem: found.problem })
    else paged.push({ file, page, parcel: found.parcel, pdf })
  }
  return paged
}

async function keepLabels(
  deps: Deps,
  paged: readonly PagedParcel[],
  left: Left,
): Promise<{ readonly labels: readonly IssuedDocument[]; readonly replaced: readonly string[] }> {
  const orders = new Map(
    (await deps.store.findOrders(paged.map(({ parcel }) => parcel.orderId))).map((order) => [order.id, order]),
  )
  const kept = paged.filter(({ parcel, file, page }) => {
    const isKept = orders.get(parcel.orderId)?.personal !== undefined
    // A forgotten person's address does not come back by way of a label.
    if (!isKept) left.push({ file, page, number: parcel.number, problem: 'ended' })
    return isKept
  })
  const ids = [...new Set(kept.map(({ parcel }) => parcel.id))]
  const before = (await deps.store.listDocuments(ids)).filter(
    ({ kind, withdrawnAt }) => kind === 'carrier-label' && withdrawnAt === undefined,
  )
  const labels: IssuedDocument[] = []
  for (const { parcel, pdf } of kept) {
    const version =
      Math.max(0, ...before.filter(({ subjectId }) => subjectId === parcel.id).map((one) => one.version)) + 1
    const count = labels.filter(({ subjectId }) => subjectId === parcel.id).length
    labels.push(
      await issue(deps, {
        kind: 'carrier-label',
        subjectId: parcel.id,
        version,
        fingerprint: deps.system.hasher.sha256(`${parcel.id} ${version} ${count}`),
        fileName: `${parcel.number ?? parcel.id}-carrier${count === 0 ? '' : `-${count + 1}`}.pdf`,
        mediaType: 'application/pdf',
        bytes: pdf,
        names: orders.get(parcel.orderId),
      }),
    )
  }
  return { labels, replaced: before.map(({ id }) => id) }
}
