import type { DeliveryInformation, DeliveryParcel, DeliveryStop } from '../../../domain/delivery-information.ts'
import { drawLabel, labelPaper } from '../label/label.ts'
import { labelMillimetres } from '../label/label-geometry.ts'
import type { FontShelf } from '../text/fonts.ts'
import { zplPen, type ZplDpi } from './zpl-pen.ts'

/** One label as ZPL text, from the same information and by the same hand as the PDF. */
export function writeLabelZpl(
  shelf: FontShelf,
  delivery: DeliveryInformation,
  what: { stop: DeliveryStop; parcel: DeliveryParcel; dpi: ZplDpi },
): string {
  const { stop, parcel, dpi } = what
  const measuring = labelPaper(shelf, delivery, parcel)
  const pen = zplPen({ shelf, paper: measuring, dpi })
  const paper = { ...measuring, text: { ...measuring.text, paint: pen.paint } }
  drawLabel({ paper, pen, delivery, stop, parcel })
  const [width, height] = labelMillimetres(delivery.carrier.labelSize).map((mm) => Math.floor((mm * dpi) / 25.4 + 1e-6))
  // UTF-8, all turned upright, no shift left over from another program's label; the printer's own calibration stays.
  const head = `^XA^CI28^LH0,0^FWN^PW${width}^LL${height}`
  return `${[head, ...pen.fields, '^PQ1', '^XZ'].join('\n')}\n`
}
