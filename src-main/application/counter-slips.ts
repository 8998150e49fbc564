import type { Parcel } from '../domain/parcel.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import type { PaperToIssue } from './issue-many.ts'
import type { Workshop } from './workshop.ts'

interface SlipWork {
  readonly bundle: WaveBundle
  readonly parcels: readonly Parcel[]
  readonly version: number
  /** By parcel id. */
  readonly prints: ReadonlyMap<string, string>
  readonly fingerprint: string
}

/** Slips of parcels that no courier carries: nobody's address stands on them, so there is nothing to seal. */
export function counterSlips(deps: Pick<Workshop, 'documents' | 'system'>, work: SlipWork): readonly PaperToIssue[] {
  const { bundle, version, prints, fingerprint } = work
  const { name: shopName, locale } = bundle.settings.shop
  const issuedAt = deps.system.clock.now()
  return work.parcels.flatMap((parcel): PaperToIssue[] => {
    const order = bundle.orders.find((candidate) => candidate.id === parcel.orderId)
    const { number, orderCode, letter, handling } = parcel
    if (order?.service !== 'collect' || number === undefined) return []
    const siblings = bundle.parcels.filter((one) => one.orderId === order.id && one.status !== 'cancelled')
    const share = { n: siblings.findIndex((one) => one.id === parcel.id) + 1, of: siblings.length }
    const slip = { shopName, locale, issuedAt, number, orderCode, letter, ...share, grossG: parcel.totals.grossG, handling } // prettier-ignore
    return [
      {
        kind: 'counter-slip',
        subjectId: parcel.id,
        version,
        fingerprint: prints.get(parcel.id) ?? fingerprint,
        fileName: `${number}.pdf`,
        draw: () => deps.documents.counterSlip(slip),
      },
    ]
  })
}
