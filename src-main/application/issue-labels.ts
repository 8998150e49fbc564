import { AppError } from '../kernel/errors.ts'
import { currentKey, type Carrier } from '../domain/carrier.ts'
import type { DeliveryRecipient } from '../domain/delivery-information.ts'
import type { DocumentKind, IssuedDocument } from '../domain/document.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { Parcel } from '../domain/parcel.ts'
import { hasFloorBegun } from '../domain/wave.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { auditEntry } from './audit.ts'
import { keyMissing } from './courier-keys.ts'
import { deliveryOf } from './delivery-of.ts'
import { issue, withdrawnIds } from './issue.ts'
import type { Caller, Workshop } from './workshop.ts'
import { fingerprintOf, isDone, requireNotClosed, requireStep, stepResult } from './wave-step.ts'
import { openPersonal } from './open-personal.ts'
import type { AddressesAsOf } from './read-before-labels.ts'
import { asIssued } from './sealing-position.ts'
import { isWithheld } from './withheld.ts'

type Deps = Pick<Workshop, 'store' | 'documents' | 'files' | 'system' | 'labels' | 'vault'>

const dayMs = 86_400_000

/**
 * Issues the label of every parcel: the recipient is sealed for the courier's key, the delivery information per carrier
 * is made from that, and the labels are drawn from the delivery information. What is collected in the shop gets a slip
 * by which the counter finds it. Issuing is not printing. A label that says what it said is not made again; an order
 * that the manager is being asked about gets none. `asOf` is printed on labels whose storefront could not be asked.
 * Throws ERR_COURIER_KEY_MISSING naming the courier before anything is issued.
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
  const carriers = carriersOf(bundle)
  const prints = printsOf(deps, bundle, carriers, startedAt)
  const fingerprint = fingerprintOf(deps, bundle, {
    step: 'issue-labels',
    content: { prints: [...prints].toSorted(), carriers: carriers.map(({ code }) => code) },
  })
  if (isDone(bundle, 'issue-labels', fingerprint)) return
  requireNotClosed(bundle)
  requireKeys(bundle, carriers, startedAt)

  // Picking may have begun on the pick sheets alone; what has left the shop keeps the label it left with.
  const here = bundle.parcels.filter(isStillHere)
  const left = new Set(bundle.parcels.filter((parcel) => hasLeft(parcel)).map((parcel) => parcel.id))
  const all = bundle.documents.filter((document) => labelKinds.has(document.kind) && !left.has(document.subjectId))
  const before = all.filter((document) => prints.get(document.subjectId) !== document.fingerprint)
  const version = Math.max(0, ...all.map((document) => document.version)) + 1
  const kept = all.filter((document) => !before.includes(document))
  const work = { bundle, here: here.filter(({ id }) => prints.has(id)), version, fingerprint, prints, kept, asOf }
  const documents: IssuedDocument[] = []
  for (const carrier of carriers) documents.push(...(await labelsOfCarrier(deps, caller, { ...work, carrier })))
  documents.push(...(await counterSlips(deps, work)))
  await deps.store.saveIssuedDocuments({
    waveId,
    stage: hasFloorBegun(bundle.wave.stage) ? bundle.wave.stage : 'issued',
    step: stepResult(deps, { step: 'issue-labels', fingerprint, startedAt }),
    documents,
    withdrawn: withdrawnIds(before),
    withdrawnAt: deps.system.clock.now(),
    audit: auditEntry(deps.system, caller, {
      action: 'issue-labels',
      entity: 'wave',
      entityId: bundle.wave.code,
      facts: {
        labels: documents.filter(({ kind }) => kind === 'label' || kind === 'counter-slip').length,
        version,
        sealing: bundle.settings.privacy.sealing,
      },
    }),
  })
}

const labelKinds: ReadonlySet<DocumentKind> = new Set<DocumentKind>([
  'label',
  'counter-slip',
  'sealed-block',
  'delivery',
])
const hasLeft = ({ status }: Parcel): boolean =>
  status !== 'cancelled' && fulfilmentTable[status].rank >= fulfilmentTable['handed-over'].rank
const isStillHere = (parcel: Parcel): boolean => parcel.status !== 'cancelled' && !hasLeft(parcel)

function carriersOf(bundle: WaveBundle): readonly Carrier[] {
  const codes = new Set(bundle.consignments.map((consignment) => consignment.carrierCode))
  return bundle.carriers.filter((carrier) => codes.has(carrier.code))
}

function requireKeys(bundle: WaveBundle, carriers: readonly Carrier[], now: number): void {
  if (bundle.settings.privacy.sealing !== 'delivery') return
  const without = carriers.filter((carrier) => !currentKey(carrier, now))
  if (without.length > 0) throw keyMissing(without, now)
}

interface CarrierLabels {
  readonly bundle: WaveBundle
  readonly carrier: Carrier
  /** Parcels of the wave that have not left yet and may leave. */
  readonly here: readonly Parcel[]
  readonly version: number
  readonly fingerprint: string
  readonly prints: ReadonlyMap<string, string>
  /** Labels and sealed blocks that stay in force. */
  readonly kept: readonly IssuedDocument[]
  readonly asOf: AddressesAsOf
}

/** What each parcel's label says, by parcel: the same again needs no new one. Parcels that must wait are left out. */
// eslint-disable-next-line max-params -- the parts a label is made of
function printsOf(
  deps: Deps,
  bundle: WaveBundle,
  carriers: readonly Carrier[],
  now: number,
): ReadonlyMap<string, string> {
  const { sealing } = bundle.settings.privacy
  return new Map(
    bundle.parcels.filter(isStillHere).flatMap((parcel) => {
      const order = bundle.orders.find(({ id }) => id === parcel.orderId)
      if (!order || isWithheld(order)) return []
      const carrier = carriers.find(({ code }) => code === parcel.carrierCode)
      const kid = carrier && currentKey(carrier, now)?.encKid
      const content = { parcel: parcel.id, kid, sealing, size: carrier?.labelSize, address: order.addressToken }
      return [[parcel.id, fingerprintOf(deps, bundle, { step: 'issue-labels', content })] as const]
    }),
  )
}

async function labelsOfCarrier(deps: Deps, caller: Caller, work: CarrierLabels): Promise<readonly IssuedDocument[]> {
  const { bundle, carrier, version, fingerprint } = work
  const documents: IssuedDocument[] = []
  const recipients = new Map<string, DeliveryRecipient>()
  const parcels = work.here.filter((parcel) => parcel.carrierCode === carrier.code)
  const isKept = (parcel: Parcel): boolean =>
    work.kept.some(({ kind, subjectId }) => kind === 'label' && subjectId === parcel.id)
  for (const parcel of parcels) {
    const block = work.kept.find(({ kind, subjectId }) => kind === 'sealed-block' && subjectId === parcel.id)
    const recipient =
      block?.text === undefined ? await recipientOf(deps, bundle, { parcel, carrier }) : { sealed: block.text }
    recipients.set(parcel.id, recipient)
    if ('sealed' in recipient && block === undefined) {
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
  }
  const consignments = bundle.consignments.filter((consignment) => consignment.carrierCode === carrier.code)
  const delivery = deliveryOf(deps, {
    settings: bundle.settings,
    carrier,
    manifest: `${bundle.wave.code}-${carrier.code}`,
    version,
    consignments,
    orders: bundle.orders,
    parcels,
    siblings: bundle.parcels,
    routes: bundle.routes,
    recipients,
    asOf: work.asOf,
  })
  documents.push(
    await issue(deps, {
      kind: 'delivery',
      subjectId: bundle.wave.id,
      version,
      fingerprint,
      fileName: `${bundle.wave.code}-${carrier.code}.delivery.json`,
      mediaType: 'application/json',
      text: JSON.stringify(delivery),
    }),
  )
  let printed = 0
  for (const stop of delivery.routes.flatMap((route) => route.stops)) {
    for (const one of stop.parcels) {
      const parcel = parcels.find((candidate) => candidate.number === one.number)
      if (!parcel || isKept(parcel)) continue
      const bytes = await deps.documents.label(delivery, stop, one)
      documents.push(
        await issue(deps, {
          kind: 'label',
          subjectId: parcel.id,
          version,
          fingerprint: work.prints.get(parcel.id) ?? fingerprint,
          fileName: `${one.number}.pdf`,
          mediaType: 'application/pdf',
          bytes,
        }),
      )
      printed += 1
      caller.watch.report({ step: 'issue-labels', done: printed, total: parcels.length })
    }
  }
  return documents
}

/** Parcels that no courier carries: nobody's address stands on them, so there is nothing to seal. */
async function counterSlips(deps: Deps, work: Omit<CarrierLabels, 'carrier'>): Promise<readonly IssuedDocument[]> {
  const { bundle, version, fingerprint } = work
  const documents: IssuedDocument[] = []
  const { name: shopName, locale } = bundle.settings.shop
  for (const parcel of work.here) {
    const order = bundle.orders.find((candidate) => candidate.id === parcel.orderId)
    if (order?.service !== 'collect' || parcel.number === undefined) continue
    if (work.kept.some(({ kind, subjectId }) => kind === 'counter-slip' && subjectId === parcel.id)) continue
    const siblings = bundle.parcels.filter((one) => one.orderId === order.id && one.status !== 'cancelled')
    const { number, orderCode, letter, handling } = parcel
    const bytes = await deps.documents.counterSlip({
      shopName,
      locale,
      issuedAt: deps.system.clock.now(),
      number,
      orderCode,
      letter,
      n: siblings.findIndex((one) => one.id === parcel.id) + 1,
      of: siblings.length,
      grossG: parcel.totals.grossG,
      handling,
    })
    documents.push(
      await issue(deps, {
        kind: 'counter-slip',
        subjectId: parcel.id,
        version,
        fingerprint: work.prints.get(parcel.id) ?? fingerprint,
        fileName: `${number}.pdf`,
        mediaType: 'application/pdf',
        bytes,
      }),
    )
  }
  return documents
}

async function recipientOf(
  deps: Deps,
  bundle: WaveBundle,
  work: { parcel: Parcel; carrier: Carrier },
): Promise<DeliveryRecipient> {
  const order = bundle.orders.find((candidate) => candidate.id === work.parcel.orderId)
  const personal = order && openPersonal(deps.vault, order)
  if (!personal || work.parcel.number === undefined)
    throw new AppError('ERR_ORDER_NOT_FOUND', { order: work.parcel.orderCode, missing: 'address' })
  if (bundle.settings.privacy.sealing !== 'delivery') return { plain: personal.recipient }
  const now = deps.system.clock.now()
  const key = currentKey(work.carrier, now)
  if (!key) throw keyMissing([work.carrier], now)
  const expiresAt = now + bundle.settings.privacy.labelDays * dayMs
  const sealing = { key, parcelNumber: work.parcel.number, expiresAt }
  return {
    sealed: await deps.labels.seal(personal.recipient, sealing).catch((error: unknown) => nameOrder(error, order.code)),
  }
}

/** An address that no label has room for: which order it is, so that a person can have it shortened or take it out. */
function nameOrder(error: unknown, order: string): never {
  if (error instanceof AppError && error.code === 'ERR_SEALED_TOO_LONG')
    throw new AppError(error.code, { ...error.details, order }, { cause: error })
  throw error
}
