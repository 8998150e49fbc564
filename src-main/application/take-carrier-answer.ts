import { asciiBytes, toBase64 } from '../kernel/base64.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { AnswerFile, LabelAnswer } from '../ports/carrier-labels.ts'
import type { SealedLabel } from '../ports/store/courier-store.ts'
import { auditEntry, newId } from './audit.ts'
import { getCarrier } from './import-carriers.ts'
import { parcelFinder, type ParcelFinder } from './find-answered-parcel.ts'
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
 * Takes in what a carrier gave back: tracking numbers, and labels that are sealed at once, each under a key of its own
 * that ends with its order. Matched by our parcel number: in a table, in a file's name, on the page, or as a person has
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
  const sealed = await sealLabels(deps, paged)
  const reports = await tellTracking(deps, { parcels, carrierName: carrier.name })
  await deps.store.saveCarrierAnswer({
    parcels,
    labels: sealed.labels,
    replaced: sealed.replaced,
    replacedAt: deps.system.clock.now(),
    reports,
    audit: auditEntry(deps.system, caller, {
      action: 'take-carrier-answer',
      entity: 'carrier',
      entityId: carrier.code,
      facts: { numbers: parcels.length, labels: sealed.labels.length, left: left.length },
    }),
  })
  for (const id of sealed.replaced) await deps.files.remove(id)
  const unchanged = tracked.size - parcels.length
  return { carrier: carrier.code, numbers: parcels.length, unchanged, labels: sealed.labels.length, left }
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
    else paged.push({ parcel: found.parcel, pdf })
  }
  return paged
}

async function sealLabels(
  deps: Deps,
  paged: readonly PagedParcel[],
): Promise<{ readonly labels: readonly SealedLabel[]; readonly replaced: readonly string[] }> {
  const ids = [...new Set(paged.map(({ parcel }) => parcel.id))]
  const before = (await deps.store.listDocuments(ids)).filter(
    ({ kind, withdrawnAt }) => kind === 'carrier-label' && withdrawnAt === undefined,
  )
  const labels: SealedLabel[] = []
  for (const { parcel, pdf } of paged) {
    const version =
      Math.max(0, ...before.filter(({ subjectId }) => subjectId === parcel.id).map((one) => one.version)) + 1
    const count = labels.filter(({ document }) => document.subjectId === parcel.id).length
    labels.push(await sealLabel(deps, { parcel, pdf, version, count }))
  }
  return { labels, replaced: before.map(({ id }) => id) }
}

interface ToSeal extends PagedParcel {
  readonly version: number
  /** Pages of this parcel before this one. */
  readonly count: number
}

/** The file holds ciphertext; its hash is of that, so that nobody can try out addresses against it. */
async function sealLabel(deps: Deps, { parcel, pdf, version, count }: ToSeal): Promise<SealedLabel> {
  const id = newId(deps.system)
  const sealed = deps.vault.seal(id, { pdf: toBase64(pdf) })
  const bytes = asciiBytes(sealed.ciphertext)
  const fileName = `${parcel.number ?? parcel.id}-carrier${count === 0 ? '' : `-${count + 1}`}.pdf`
  await deps.files.write(id, fileName, bytes)
  const sha256 = deps.system.hasher.sha256(sealed.ciphertext)
  const document = {
    id,
    kind: 'carrier-label',
    subjectId: parcel.id,
    version,
    issuedAt: deps.system.clock.now(),
    fingerprint: sha256,
    fileName,
    mediaType: 'application/pdf',
    sha256,
  } as const
  return { document, wrappedKey: sealed.wrappedKey }
}
