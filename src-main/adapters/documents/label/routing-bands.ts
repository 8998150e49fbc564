import { dot } from '../pdf/barcode.ts'
import { cutLines } from '../pdf/cut-lines.ts'
import { fittedLine, paintLines, paintText } from '../pdf/open-paper.ts'
import { labelMargin } from './label-geometry.ts'
import { paintRule, type LabelJob } from './label-job.ts'

/** Dots for the service; the rest of the line belongs to the courier's name. */
const mostServiceWidth = 340
/** Baseline of the first band's single lines. */
const carrierBaseline = 72

/** Who carries and by which service. A name too long for the line at 8 pt takes two, and is cut then. */
export function paintCarrier({ paper, pen, geometry, delivery, stop }: LabelJob): void {
  const right = geometry.width - labelMargin
  const name = delivery.carrier.serviceNames?.[stop.service] ?? paper.words.services[stop.service]
  const room = { width: mostServiceWidth * dot, most: 13, least: 8, isBold: true }
  const fitted = fittedLine(paper, name, room)
  const service =
    fitted.width <= room.width ? fitted : (cutLines(paper, name, { ...room, size: 8, most: 1 })[0] ?? fitted)
  paper.text.paint(service, { x: right * dot, y: carrierBaseline * dot, anchor: 'end' })
  const width = (right - labelMargin) * dot - service.width - 10
  const carrier = fittedLine(paper, delivery.carrier.name, { width, most: 19, least: 8, isBold: true })
  if (carrier.width <= width) {
    paper.text.paint(carrier, { x: labelMargin * dot, y: carrierBaseline * dot })
  } else {
    const lines = cutLines(paper, delivery.carrier.name, { size: 8, isBold: true, width, most: 2 })
    paintLines(paper, lines, { x: labelMargin * dot, y: labelMargin * dot, width })
  }
  paintRule(pen, geometry, geometry.routingTop)
}

/** The routing code as large as it fits, and the place in delivery order white on black. */
export function paintRouting(job: LabelJob): void {
  const { paper, pen, geometry, stop } = job
  const { routingTop, recipientTop } = geometry
  const right = geometry.width - labelMargin
  const box = { x: right - 200, y: routingTop, width: 200, height: recipientTop - routingTop }
  pen.fill(box)
  paintSequence(job, box)
  const width = (box.x - labelMargin - 20) * dot
  const routing = fittedLine(paper, stop.routingCode, { width, most: 44, least: 12, isBold: true })
  if (routing.width <= width) {
    const baseline = (routingTop + box.height / 2) * dot + routing.style.size * 0.36
    paper.text.paint(routing, { x: labelMargin * dot, y: baseline })
  } else {
    const lines = cutLines(paper, stop.routingCode, { size: 12, isBold: true, width, most: 2 })
    paintLines(paper, lines, { x: labelMargin * dot, y: (routingTop + 12) * dot, width })
  }
  paintRule(pen, geometry, recipientTop)
}

function paintSequence({ paper, stop }: LabelJob, box: { x: number; y: number; width: number }): void {
  const x = (box.x + box.width / 2) * dot
  const width = (box.width - 20) * dot
  const caption = fittedLine(paper, paper.words.deliveryStop, { width, most: 8.5, least: 8 })
  paper.text.paint(
    { ...caption, style: { ...caption.style, colour: 'white' } },
    { x, y: (box.y + 30) * dot, anchor: 'middle' },
  )
  const seq = fittedLine(paper, stop.seq, { width, most: 34, least: 8, isBold: true })
  paintText(paper, stop.seq, {
    ...seq.style,
    x,
    y: (box.y + 112) * dot,
    anchor: 'middle',
    colour: 'white',
  })
}
