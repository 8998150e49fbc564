import type { DeliveryInformation, DeliveryParcel, DeliveryStop } from '../../../domain/delivery-information.ts'
import { dot } from '../pdf/barcode.ts'
import { ascent, fittedLine, fittedLines, openPaper, paintLines, paintText } from '../pdf/open-paper.ts'
import type { FontShelf } from '../text/fonts.ts'
import { labelGeometry, labelMargin, labelPoints } from './label-geometry.ts'
import { paintRule, type LabelJob } from './label-job.ts'
import { paintNumber } from './parcel-number.ts'
import { paintRecipient } from './recipient-band.ts'
import { paintSender } from './sender-band.ts'

/** One label in five bands: who carries, where it is sorted to, for whom (sealed), from whom, which parcel. */
export function writeLabel(
  shelf: FontShelf,
  delivery: DeliveryInformation,
  what: { stop: DeliveryStop; parcel: DeliveryParcel },
): Promise<Uint8Array> {
  const size = delivery.carrier.labelSize
  const paper = openPaper({
    shelf,
    size: labelPoints(size),
    title: what.parcel.number,
    locale: delivery.shop.locale,
    issuedAt: delivery.issuedAt,
  })
  const job: LabelJob = { paper, geometry: labelGeometry(size), delivery, ...what }
  paintCarrier(job)
  paintRouting(job)
  paintRecipient(job)
  paintSender(job)
  paintNumber(job)
  return paper.finish()
}

function paintCarrier({ paper, geometry, delivery, stop }: LabelJob): void {
  const right = geometry.width - labelMargin
  const service = paper.text.line(paper.words.services[stop.service], { size: 13, isBold: true })
  paper.text.paint(service, { x: right * dot, y: 72 * dot, anchor: 'end' })
  const width = (right - labelMargin) * dot - service.width - 10
  const carrier = fittedLines(paper, delivery.carrier.name, { width, most: 19, least: 8, isBold: true })
  const first = carrier.length > 1 ? labelMargin * dot : 72 * dot - (carrier[0]?.style.size ?? 0) * ascent
  paintLines(paper, carrier.slice(0, 2), { x: labelMargin * dot, y: first, width })
  paintRule(paper, geometry, geometry.routingTop)
}

/** The routing code as large as it fits, and the place in delivery order white on black. */
function paintRouting({ paper, geometry, stop }: LabelJob): void {
  const right = geometry.width - labelMargin
  const { routingTop, recipientTop } = geometry
  const box = { width: 200, height: recipientTop - routingTop }
  paper.doc.rect((right - box.width) * dot, routingTop * dot, box.width * dot, box.height * dot).fill('black')
  const middle = (right - box.width / 2) * dot
  paintText(paper, paper.words.deliveryStop, {
    x: middle,
    y: (routingTop + 30) * dot,
    size: 8.5,
    anchor: 'middle',
    colour: 'white',
  })
  const seq = fittedLine(paper, stop.seq, { width: (box.width - 20) * dot, most: 34, least: 10, isBold: true })
  paper.text.paint(
    { ...seq, style: { ...seq.style, colour: 'white' } },
    { x: middle, y: (routingTop + 112) * dot, anchor: 'middle' },
  )
  const width = (right - box.width - labelMargin - 20) * dot
  const routing = fittedLine(paper, stop.routingCode, { width, most: 44, least: 12, isBold: true })
  const baseline = (routingTop + box.height / 2) * dot + routing.style.size * 0.36
  paper.text.paint(routing, { x: labelMargin * dot, y: baseline })
  paintRule(paper, geometry, recipientTop)
}
