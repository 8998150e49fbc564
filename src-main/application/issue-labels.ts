import { AppError } from '../kernel/errors.ts'
import { currentKey, type Carrier } from '../domain/carrier.ts'
import type { DeliveryInformation } from '../domain/delivery-information.ts'
import type { DocumentKind, IssuedDocument } from '../domain/document.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { Parcel } from '../domain/parcel.ts'
import { hasFloorBegun } from '../domain/wave.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { auditEntry } from './audit.ts'
import { keyMissing } from './courier-keys.ts'
import { deliveryOf } from './delivery-of.ts'
import { counterSlips } from './counter-slips.ts'
import { issue, issuedTogether, withdrawnIds } from './issue.ts'
import { keepDelivery } from './kept-paper.ts'
import { filesOrNone, issueMany, type PaperToIssue } from './issue-many.ts'
import type { Caller, Workshop } from './workshop.ts'
import { fingerprintOf, isDone, requireNotClosed, requireStep, stepResult } from './wave-step.ts'
import type { AddressesAsOf } from './read-before-labels.ts'
import { asIssued } from './sealing-position.ts'
import { sealRecipients } from './seal-recipients.ts'
import { isWithheld } from './withheld.ts'

type Deps = Pick<Workshop, 'store' | 'documents' | 'files' | 'system' | 'labels' | 'vault'>

/**
 * Issues the label of every parcel: the recipient is sealed for the courier's key, the delivery information per carrier
 * is made from that, and the labels are drawn from the delivery information. What is collected in the shop gets a slip
 * by which the counter finds it. Issuing is not printing. A label that says what it said is not made again; an order
 * that the manager is being asked about gets none. `asOf` is printed on labels whose storefront could not be asked.
 * What cannot be sealed holds up nothing else: everything that can be issued is, and then it throws
 * ERR_COURIER_KEY_MISSING naming each courier, or ERR_SEALED_TOO_LONG naming each order. Throws ERR_CANCELLED, and
 * then nothing has been issued.
 */
// eslint-disable-next-line max-params -- whose labels, and what readBeforeLabels found
export async function issueLabels(
  deps: Deps,
  caller: Caller,
  waveId: string,
  asOf: AddressesAsOf = new Map(),
): Promise<void> {
  const startedAt = deps.system.clock.now()
  const bundle = asIssued(await deps.store.loadWave(waveId))
  requireStep(bundle, 'issue-documents')
  const keyless = withoutKey(bundle, startedAt)
  const carriers = carriersOf(bundle).filter((carrier) => !keyless.includes(carrier))
  // Picking may have begun on the pick sheets alone; what has left the shop keeps the label it left with.
  const here = bundle.parcels.filter(
    (parcel) => isStillHere(parcel) && !keyless.some(({ code }) => code === parcel.carrierCode),
  )
  const prints = printsOf(deps, bundle, { parcels: here, carriers, now: startedAt })
  const fingerprint = fingerprintOf(deps, bundle, {
    step: 'issue-labels',
    content: { prints: [...prints].toSorted(), carriers: carriers.map(({ code }) => code) },
  })
  if (keyless.length === 0 && isDone(bundle, 'issue-labels', fingerprint)) return
  requireNotClosed(bundle)

  const all = bundle.documents.filter((document) => isOurs(document, { bundle, here, keyless }))
  const before = all.filter((document) => prints.get(document.subjectId) !== document.fingerprint)
  const version = Math.max(0, ...all.map((document) => document.version)) + 1
  const kept = all.filter((document) => !before.includes(document))
  const work = { bundle, here: here.filter(({ id }) => prints.has(id)), version, fingerprint, prints, kept, asOf }
  const tooLong = await filesOrNone(deps.files, async (files) => {
    const made = await labelsOf({ ...deps, files }, caller, { ...work, carriers })
    const isChanged = [...made.documents, ...before].some(({ kind }) => kind !== 'delivery')
    const isPartial = keyless.length + made.tooLong.length > 0
    if (isPartial && !isChanged) return made.tooLong
    await deps.store.saveIssuedDocuments({
      waveId,
      stage: hasFloorBegun(bundle.wave.stage) ? bundle.wave.stage : 'issued',
      // What is still missing is looked for again at the next run.
      step: stepResult(deps, { step: 'issue-labels', fingerprint: isPartial ? `partly ${fingerprint}` : fingerprint, startedAt }), // prettier-ignore
      documents: issuedTogether(made.documents, startedAt),
      withdrawn: withdrawnIds([...before, ...besideThem(bundle, before)]),
      withdrawnAt: deps.system.clock.now(),
      audit: auditEntry(deps.system, caller, {
        action: 'issue-labels',
        entity: 'wave',
        entityId: bundle.wave.code,
        facts: {
          labels: made.documents.filter(({ kind }) => kind === 'label' || kind === 'counter-slip').length,
          version,
          sealing: bundle.settings.privacy.sealing,
        },
      }),
    })
    return made.tooLong
  })
  if (keyless.length > 0) throw keyMissing(keyless, startedAt)
  if (tooLong.length > 0) throw new AppError('ERR_SEALED_TOO_LONG', { orders: tooLong })
}

const labelKinds: ReadonlySet<DocumentKind> = new Set<DocumentKind>([
  'label',
  'counter-slip',
  'sealed-block',
  'delivery',
])

/** Papers this run decides about: not those of parcels that have left, nor of a courier who must wait for a key. */
function isOurs(
  { kind, subjectId, fileName }: IssuedDocument,
  of: { readonly bundle: WaveBundle; readonly here: readonly Parcel[]; readonly keyless: readonly Carrier[] },
): boolean {
  if (!labelKinds.has(kind)) return false
  if (kind === 'delivery') return !of.keyless.some((carrier) => fileName === deliveryName(of.bundle, carrier))
  const parcel = of.bundle.parcels.find(({ id }) => id === subjectId)
  return !parcel || parcel.status === 'cancelled' || of.here.includes(parcel)
}

const deliveryName = ({ wave }: WaveBundle, carrier: Carrier): string => `${wave.code}-${carrier.code}.delivery.json`

/** Carriers' own labels beside labels that are void: they may show the address of before. */
function besideThem({ documents }: WaveBundle, before: readonly IssuedDocument[]): readonly IssuedDocument[] {
  const subjects = new Set(before.filter(({ kind }) => kind === 'label').map(({ subjectId }) => subjectId))
  return documents.filter(({ kind, subjectId }) => kind === 'carrier-label' && subjects.has(subjectId))
}

const hasLeft = ({ status }: Parcel): boolean =>
  status !== 'cancelled' && fulfilmentTable[status].rank >= fulfilmentTable['handed-over'].rank
const isStillHere = (parcel: Parcel): boolean => parcel.status !== 'cancelled' && !hasLeft(parcel)

function carriersOf(bundle: WaveBundle): readonly Carrier[] {
  const codes = new Set(bundle.consignments.map((consignment) => consignment.carrierCode))
  return bundle.carriers.filter((carrier) => codes.has(carrier.code))
}

/** Couriers of the wave for whom nothing can be sealed today. */
function withoutKey(bundle: WaveBundle, now: number): readonly Carrier[] {
  if (bundle.settings.privacy.sealing !== 'delivery') return []
  return carriersOf(bundle).filter((carrier) => !currentKey(carrier, now))
}

interface WaveLabels {
  readonly bundle: WaveBundle
  /** Parcels of the wave that have not left yet and may leave. */
  readonly here: readonly Parcel[]
  readonly version: number
  readonly fingerprint: string
  readonly prints: ReadonlyMap<string, string>
  /** Labels and sealed blocks that stay in force. */
  readonly kept: readonly IssuedDocument[]
  readonly asOf: AddressesAsOf
}

interface MadeLabels {
  readonly documents: readonly IssuedDocument[]
  /** Short codes of orders left out because no label has room for their recipient. */
  readonly tooLong: readonly string[]
}

/** What each parcel's label says, by parcel: the same again needs no new one. Parcels that must wait are left out. */
function printsOf(
  deps: Deps,
  bundle: WaveBundle,
  of: { readonly parcels: readonly Parcel[]; readonly carriers: readonly Carrier[]; readonly now: number },
): ReadonlyMap<string, string> {
  const { sealing } = bundle.settings.privacy
  return new Map(
    of.parcels.flatMap((parcel) => {
      const order = bundle.orders.find(({ id }) => id === parcel.orderId)
      if (!order || isWithheld(order)) return []
      const carrier = of.carriers.find(({ code }) => code === parcel.carrierCode)
      const kid = carrier && currentKey(carrier, of.now)?.encKid
      const content = { parcel: parcel.id, kid, sealing, size: carrier?.labelSize, address: order.addressToken }
      return [[parcel.id, fingerprintOf(deps, bundle, { step: 'issue-labels', content })] as const]
    }),
  )
}

/** Everything that has to be made: first sealed and written down for every courier, then drawn in one go. */
async function labelsOf(
  deps: Deps,
  caller: Caller,
  work: WaveLabels & { readonly carriers: readonly Carrier[] },
): Promise<MadeLabels> {
  const documents: IssuedDocument[] = []
  const papers: PaperToIssue[] = []
  const tooLong: string[] = []
  for (const carrier of work.carriers) {
    const made = await deliveryTo(deps, caller, { ...work, carrier })
    documents.push(...made.documents)
    papers.push(...made.papers)
    tooLong.push(...made.tooLong)
  }
  const isKept = ({ id }: Parcel): boolean =>
    work.kept.some(({ kind, subjectId }) => kind === 'counter-slip' && subjectId === id)
  papers.push(...counterSlips(deps, { ...work, parcels: work.here.filter((parcel) => !isKept(parcel)) }))
  documents.push(...(await issueMany(deps, caller, { step: 'issue-labels', papers })))
  return { documents, tooLong }
}

/** The sealed blocks and the delivery information of one courier, and its labels still to be drawn from that. */
async function deliveryTo(
  deps: Deps,
  caller: Caller,
  work: WaveLabels & { readonly carrier: Carrier },
): Promise<MadeLabels & { readonly papers: readonly PaperToIssue[] }> {
  const { bundle, carrier, version, fingerprint } = work
  const parcels = work.here.filter((parcel) => parcel.carrierCode === carrier.code)
  const keptBlocks = new Map(work.kept.flatMap(({ kind, subjectId, text }) => kind === 'sealed-block' && text !== undefined ? [[subjectId, { sealed: text }] as const] : [])) // prettier-ignore
  const unsealed = parcels.filter(({ id }) => !keptBlocks.has(id))
  const { recipients: fresh, tooLong } = await sealRecipients(deps, caller, { bundle, carrier, parcels: unsealed })
  const documents: IssuedDocument[] = []
  for (const parcel of unsealed) {
    const recipient = fresh.get(parcel.id)
    if (!recipient || !('sealed' in recipient)) continue
    documents.push(
      await issue(deps, {
        kind: 'sealed-block',
        subjectId: parcel.id,
        version,
        fingerprint: work.prints.get(parcel.id) ?? fingerprint,
        fileName: `${parcel.number ?? parcel.id}.jwe`,
        mediaType: 'application/jose',
        text: recipient.sealed,
      }),
    )
  }
  const delivery = deliveryOf(deps, {
    settings: bundle.settings,
    carrier,
    manifest: `${bundle.wave.code}-${carrier.code}`,
    version,
    consignments: bundle.consignments.filter((consignment) => consignment.carrierCode === carrier.code),
    orders: bundle.orders,
    parcels,
    siblings: bundle.parcels,
    routes: bundle.routes,
    recipients: new Map([...keptBlocks, ...fresh]),
    asOf: work.asOf,
  })
  documents.push(
    await issue(deps, {
      kind: 'delivery',
      subjectId: bundle.wave.id,
      version,
      fingerprint,
      fileName: deliveryName(bundle, carrier),
      mediaType: 'application/json',
      text: keepDelivery(deps, delivery, bundle.orders),
    }),
  )
  return { documents, tooLong, papers: labelsToDraw(deps, work, delivery) }
}

function labelsToDraw(deps: Deps, work: WaveLabels, delivery: DeliveryInformation): readonly PaperToIssue[] {
  const orderById = new Map(work.bundle.orders.map((order) => [order.id, order]))
  const parcelByNumber = new Map(work.here.map((parcel) => [parcel.number, parcel]))
  const kept = new Set(work.kept.filter(({ kind }) => kind === 'label').map(({ subjectId }) => subjectId))
  return delivery.routes
    .flatMap((route) => route.stops)
    .flatMap((stop) =>
      stop.parcels.flatMap((one): PaperToIssue[] => {
        const parcel = parcelByNumber.get(one.number)
        if (!parcel || kept.has(parcel.id)) return []
        return [
          {
            kind: 'label',
            subjectId: parcel.id,
            version: work.version,
            fingerprint: work.prints.get(parcel.id) ?? work.fingerprint,
            fileName: `${one.number}.pdf`,
            names: 'plain' in one.recipient ? orderById.get(parcel.orderId) : undefined,
            draw: () => deps.documents.label(delivery, stop, one),
          },
        ]
      }),
    )
}
