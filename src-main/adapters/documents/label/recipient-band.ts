import { AppError } from '../../../kernel/errors.ts'
import { dot, qrCode } from '../pdf/barcode.ts'
import { paintLines } from '../pdf/open-paper.ts'
import { fittingAddress } from './address-lines.ts'
import type { LabelJob } from './label-job.ts'
import { blockSpace, labelMargin, sealedBlockLimit, sideColumn } from './label-geometry.ts'
import { paintSide } from './side-column.ts'

/** The sealed block as a QR code, or the address where it is not sealed; piece, weight and marks beside it. */
export function paintRecipient(job: LabelJob): void {
  const { recipient } = job.parcel
  if ('sealed' in recipient) paintBlock(job, recipient.sealed)
  else paintAddress(job, recipient.plain)
  paintSide(job, job.geometry.width - labelMargin - sideColumn(job.delivery.carrier.labelSize))
}

/** An erased recipient is an empty block: no label for nobody. Never a smaller module: what is too long is refused. */
function paintBlock({ pen, geometry, delivery, parcel }: LabelJob, block: string): void {
  if (block === '') throw new AppError('ERR_SEALED_BLOCK_INVALID', { parcelNumber: parcel.number })
  const size = delivery.carrier.labelSize
  const limit = sealedBlockLimit(size)
  if (block.length > limit)
    throw new AppError('ERR_SEALED_TOO_LONG', { parcelNumber: parcel.number, length: block.length, limit })
  // The label's margin is the quiet zone at the left.
  const { recipientTop, senderTop } = geometry
  const box = { x: labelMargin, y: recipientTop, width: blockSpace(size), height: senderTop - recipientTop }
  pen.matrix(qrCode(block), box)
}

function paintAddress({ paper, geometry, delivery }: LabelJob, recipient: Parameters<typeof fittingAddress>[1]): void {
  const width = blockSpace(delivery.carrier.labelSize) - 8
  const height = geometry.senderTop - geometry.recipientTop - 24
  const lines = fittingAddress(paper, recipient, { width: width * dot, height: height * dot })
  paintLines(paper, lines, { x: labelMargin * dot, y: (geometry.recipientTop + 14) * dot, width: width * dot })
}
