import type { DeliveryInformation, DeliveryParcel, DeliveryStop } from '../../../domain/delivery-information.ts'
import { openPaper, type Paper } from '../pdf/open-paper.ts'
import type { FontShelf } from '../text/fonts.ts'
import { labelGeometry, labelPoints } from './label-geometry.ts'
import type { LabelJob } from './label-job.ts'
import { pdfPen } from './label-pen.ts'
import { paintNumber } from './parcel-number.ts'
import { paintRecipient } from './recipient-band.ts'
import { paintCarrier, paintRouting } from './routing-bands.ts'
import { paintSender } from './sender-band.ts'

/** One label as PDF. */
export function writeLabel(
  shelf: FontShelf,
  delivery: DeliveryInformation,
  what: { stop: DeliveryStop; parcel: DeliveryParcel },
): Promise<Uint8Array> {
  const paper = labelPaper(shelf, delivery, what.parcel)
  drawLabel({ paper, pen: pdfPen(paper), delivery, ...what })
  return paper.finish()
}

/** Paper of the size of the courier's labels; its title is the parcel's number. */
export function labelPaper(shelf: FontShelf, delivery: DeliveryInformation, parcel: DeliveryParcel): Paper {
  return openPaper({
    shelf,
    size: labelPoints(delivery.carrier.labelSize),
    title: parcel.number,
    locale: delivery.shop.locale,
    issuedAt: delivery.issuedAt,
  })
}

/** One label in five bands: who carries, where it is sorted to, for whom (sealed), from whom, which parcel. */
export function drawLabel(what: Omit<LabelJob, 'geometry'>): void {
  const job: LabelJob = { ...what, geometry: labelGeometry(what.delivery.carrier.labelSize) }
  paintCarrier(job)
  paintRouting(job)
  paintRecipient(job)
  paintSender(job)
  paintNumber(job)
}
