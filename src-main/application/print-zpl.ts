import { AppError } from '../kernel/errors.ts'
import type { Dpi } from '../domain/print-printer.ts'
import { keptDelivery, openKeptDelivery } from './kept-paper.ts'
import type { Workshop } from './workshop.ts'

/**
 * A parcel's label for a ZPL printer, made from the issued delivery information in force: the same sealed block as on
 * its PDF. Throws ERR_DOCUMENT_NOT_FOUND where it was forgotten.
 */
export async function zplOf(
  deps: Pick<Workshop, 'store' | 'documents' | 'vault'>,
  parcelId: string,
  dpi: Dpi,
): Promise<string> {
  const parcel = await deps.store.findParcel(parcelId)
  const issued = parcel ? await deps.store.listDocuments([parcel.waveId]) : []
  for (const document of issued) {
    const kept = document.withdrawnAt === undefined ? keptDelivery(document) : undefined
    if (!kept) continue
    for (const stop of kept.routes.flatMap((route) => route.stops)) {
      if (!stop.parcels.some(({ number }) => number === parcel?.number)) continue
      // One stop is opened, not everybody's.
      const delivery = await openKeptDelivery(deps, { ...kept, routes: [{ route: 0, distanceM: 0, optimal: false, stops: [stop] }] }) // prettier-ignore
      const [opened] = delivery.routes.flatMap((route) => route.stops)
      const one = opened?.parcels.find(({ number }) => number === parcel?.number)
      // What a purge leaves of a recipient is a block with nothing inside.
      const isForgotten = !opened || ('sealed' in opened.recipient && opened.recipient.sealed === '')
      if (one && !isForgotten) return deps.documents.labelZpl(delivery, opened, one, { dpi })
    }
  }
  throw new AppError('ERR_DOCUMENT_NOT_FOUND', { parcel: parcel?.number ?? parcelId, kind: 'label' })
}
