import type { DeliveryInformation } from '../../../domain/delivery-information.ts'
import { dot, quietModules } from '../pdf/barcode.ts'
import { qrBytes } from '../pdf/qr-code.ts'

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
const largestBlock = 528
/** At least this much beside the sealed block, for piece n of m, weight and handling marks. */
const leastSideColumn = 184
/** 4 dots = 0.5 mm, the least that is a whole number of dots and not under 0.45 mm. */
const leastModule = 4

const bands = { carrier: 68, routing: 128, sender: 134 }
const blockGap = quietModules.matrix * leastModule

const millimetres: { readonly [size in LabelSize]: readonly [number, number] } = {
  '4x6': [101.6, 152.4],
  '100x150': [100, 150],
  A6: [105, 148],
}

/** Width and height of the media. */
export const labelMillimetres = (size: LabelSize): readonly [number, number] => millimetres[size]

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
  return Math.min(largestBlock, labelGeometry(size).width - 2 * labelMargin - leastSideColumn - 2 * blockGap)
}

/** Dots for what stands beside the sealed block. */
export const sideColumn = (size: LabelSize): number =>
  labelGeometry(size).width - 2 * labelMargin - blockSpace(size) - blockGap

/**
 * Dots a module of a square code on a printer of so many dots to the inch: as many as the room (in dots of 203 to the
 * inch) allows, a whole number, never under 0.45 mm (4 dots at 203 dpi, 6 at 300) and not over 0.75 mm.
 */
export function matrixModule(modules: number, room: number, dpi: number): number {
  const least = Math.ceil((0.45 * dpi) / 25.4)
  return Math.max(least, Math.min(Math.round(least * 1.5), Math.floor((room * dpi) / 203 / modules)))
}

/**
 * How many characters of a sealed block (compact JWE, ASCII) a label of this size can carry as a QR code of level M
 * with modules of 4 dots. The sealing side must not exceed it; `label` throws ERR_SEALED_TOO_LONG when it does.
 */
export const sealedBlockLimit = (size: LabelSize): number =>
  qrBytes(Math.min(40, Math.floor((blockSpace(size) / leastModule - 17) / 4)))
