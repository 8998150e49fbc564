import type { DeliveryInformation } from '../../../domain/delivery-information.ts'
import { dot, quietModules } from '../pdf/barcode.ts'

export type LabelSize = DeliveryInformation['carrier']['labelSize']

/** Whole printer dots at 203 dpi (8 to the millimetre): everything on a label is placed on this grid. */
export interface LabelGeometry {
  readonly width: number
  readonly height: number
  /** Top of each band, from above: carrier, routing, recipient, sender, barcode; and where the last one ends. */
  readonly routingTop: number
  readonly recipientTop: number
  readonly senderTop: number
  readonly barcodeTop: number
  readonly bottom: number
}

/** 3 mm kept free all round, which also keeps the bottom 2 mm free. */
export const labelMargin = 24
/** At most this much for the sealed block; what is left of a 4x6 in label below it holds bars of 27 mm. */
export const largestBlock = 528
/** At least this much beside the sealed block, for piece n of m, weight and handling marks. */
export const sideColumn = 184
/** 4 dots = 0.5 mm, the least that is a whole number of dots and not under 0.45 mm. */
export const leastModule = 4
export const mostModule = 6

const bands = { carrier: 68, routing: 128, sender: 134 }
const blockGap = quietModules.matrix * leastModule

const millimetres: { readonly [size in LabelSize]: readonly [number, number] } = {
  '4x6': [101.6, 152.4],
  '100x150': [100, 150],
  A6: [105, 148],
}

/** Width and height of the media in points. */
export function labelPoints(size: LabelSize): readonly [number, number] {
  const [width, height] = millimetres[size]
  return [(width * 72) / 25.4, (height * 72) / 25.4]
}

export function labelGeometry(size: LabelSize): LabelGeometry {
  const [width, height] = labelPoints(size).map((points) => Math.floor(points / dot + 1e-6))
  const routingTop = labelMargin + bands.carrier
  const recipientTop = routingTop + bands.routing
  const senderTop = recipientTop + largestBlock + 2 * blockGap
  return {
    width: width ?? 0,
    height: height ?? 0,
    routingTop,
    recipientTop,
    senderTop,
    barcodeTop: senderTop + bands.sender,
    bottom: (height ?? 0) - labelMargin,
  }
}

/** Dots for the sealed block's symbol without its quiet zone. */
export function blockSpace(size: LabelSize): number {
  return Math.min(largestBlock, labelGeometry(size).width - 2 * labelMargin - sideColumn - 2 * blockGap)
}

/**
 * Data codewords of QR versions 1 to 40 at error correction level M (ISO/IEC 18004:2015, table 7).
 */
const codewordsM = [
  16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365, 415, 453, 507, 563, 627, 669, 714, 782, 860, 914,
  1000, 1062, 1128, 1193, 1267, 1373, 1455, 1541, 1631, 1725, 1812, 1914, 1992, 2102, 2216, 2334,
] as const

/**
 * How many characters of a sealed block (compact JWE, ASCII) a label of this size can carry as a QR code of level M
 * with modules of 4 dots. The sealing side must not exceed it; `label` throws ERR_SEALED_TOO_LONG when it does.
 */
export function sealedBlockLimit(size: LabelSize): number {
  const version = Math.min(40, Math.floor((blockSpace(size) / leastModule - 17) / 4))
  const codewords = codewordsM[version - 1] ?? 0
  // Byte mode: 4 bits of mode, 8 or (from version 10 on) 16 bits of length, then the bytes.
  return codewords - (version < 10 ? 2 : 3)
}
