import { currentKey } from '../domain/carrier.ts'
import type { DeliveryInformation, DeliveryParcel, DeliveryStop } from '../domain/delivery-information.ts'
import type { Recipient } from '../domain/recipient.ts'
import { AppError } from '../kernel/errors.ts'
import { isoDay } from '../kernel/time.ts'
import { auditEntry } from './audit.ts'
import { keyMissing } from './courier-keys.ts'
import { getCarrier } from './import-carriers.ts'
import { issue } from './issue.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'labels' | 'documents' | 'files' | 'vault'>

/** Long enough to be posted to a courier and scanned there. */
const testLabelMs = 7 * 86_400_000

/** Nobody: the words say so in whatever list this ends up. */
const pretended = (country: string): Recipient => ({
  name: 'TEST Recipient',
  lines: ['TEST Street 1'],
  postcode: '00000',
  city: 'TEST Town',
  country,
  instructions: 'This label is a test. There is no parcel.',
})

export interface TestLabel {
  readonly documentId: string
  /** Opens with TEST, as no number of a real parcel does: those are one letter and eleven figures, or 18 figures. */
  readonly number: string
  /** The block as it stands in the QR code, for couriers who test without paper. */
  readonly block: string
}

/**
 * A label that the courier can scan and open before the first parcel goes: everything on it says TEST, its recipient is
 * invented, and no manifest ever holds its number. Throws ERR_COURIER_KEY_MISSING.
 */
export async function makeTestLabel(deps: Deps, caller: Caller, carrierCode: string): Promise<TestLabel> {
  const carrier = await getCarrier(deps.store, carrierCode)
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const now = deps.system.clock.now()
  const key = currentKey(carrier, now)
  if (!key) throw keyMissing([carrier], now)
  const [a = 0, b = 0, c = 0] = deps.system.random.bytes(3)
  const number = `TEST${String((a * 65_536 + b * 256 + c) % 1_000_000).padStart(6, '0')}`
  const { shop } = settings
  const recipient = pretended(shop.country)
  const block = await deps.labels.seal(recipient, { key, parcelNumber: number, expiresAt: now + testLabelMs })
  const parcel: DeliveryParcel = {
    number, orderCode: 'TEST', letter: 'A', n: 1, of: 1, grossG: 0, handling: [], recipient: { sealed: block },
  } // prettier-ignore
  const stop: DeliveryStop = {
    seq: '0',
    routingCode: 'TEST',
    service: 'standard',
    parcels: [parcel],
    recipient: parcel.recipient,
  }
  const delivery: DeliveryInformation = {
    format: 'backroom-delivery-1',
    manifest: 'TEST',
    version: 1,
    issuedAt: now,
    sealing: 'delivery',
    shop: {
      name: `TEST ${shop.name}`,
      letter: shop.letter,
      zone: shop.zone,
      locale: shop.locale,
      addressLines: ['TEST'],
    },
    carrier: { code: carrier.code, name: `TEST ${carrier.name}`, labelSize: carrier.labelSize },
    collectionDay: isoDay(now, shop.zone),
    routes: [{ route: 1, distanceM: 0, optimal: false, stops: [stop] }],
  }
  const document = await issue(deps, {
    kind: 'label',
    subjectId: `test:${carrier.code}`,
    version: 1,
    fingerprint: deps.system.hasher.sha256(block),
    fileName: `${number}.pdf`,
    mediaType: 'application/pdf',
    bytes: await deps.documents.label(delivery, stop, parcel),
  })
  await deps.store.saveDocument(
    document,
    auditEntry(deps.system, caller, {
      action: 'make-test-label',
      entity: 'carrier',
      entityId: carrier.code,
      facts: { number, kid: key.encKid },
    }),
  )
  return { documentId: document.id, number, block }
}
