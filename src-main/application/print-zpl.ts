import { AppError } from '../kernel/errors.ts'
import type { DeliveryInformation } from '../domain/delivery-information.ts'
import type { Dpi } from '../domain/print-printer.ts'
import type { Workshop } from './workshop.ts'

/**
 * A parcel's label for a ZPL printer, made from the issued delivery information in force: the same sealed block as on
 * its PDF. Throws ERR_DOCUMENT_NOT_FOUND where it was forgotten.
 */
export async function zplOf(deps: Pick<Workshop, 'store' | 'documents'>, parcelId: string, dpi: Dpi): Promise<string> {
  const parcel = await deps.store.findParcel(parcelId)
  const issued = parcel ? await deps.store.listDocuments([parcel.waveId]) : []
  for (const { kind, withdrawnAt, text } of issued) {
    if (kind !== 'delivery' || withdrawnAt !== undefined || text === undefined) continue
    // Written by issue-labels from this very type and never changed since.
    const delivery = JSON.parse(text) as DeliveryInformation
    for (const stop of delivery.routes.flatMap((route) => route.stops)) {
      const one = stop.parcels.find(({ number }) => number === parcel?.number)
      // What a purge leaves of a recipient is a block with nothing inside.
      const isForgotten = 'sealed' in stop.recipient && stop.recipient.sealed === ''
      if (one && !isForgotten) return deps.documents.labelZpl(delivery, stop, one, { dpi })
    }
  }
  throw new AppError('ERR_DOCUMENT_NOT_FOUND', { parcel: parcel?.number ?? parcelId, kind: 'label' })
}
