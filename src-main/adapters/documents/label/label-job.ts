import type { DeliveryInformation, DeliveryParcel, DeliveryStop } from '../../../domain/delivery-information.ts'
import type { Paper } from '../pdf/open-paper.ts'
import { labelMargin, type LabelGeometry } from './label-geometry.ts'
import type { LabelPen } from './label-pen.ts'

/** All that a label shows, and what it is written with: text by the paper, everything else by the pen. */
export interface LabelJob {
  readonly paper: Paper
  readonly pen: LabelPen
  readonly geometry: LabelGeometry
  readonly delivery: DeliveryInformation
  readonly stop: DeliveryStop
  readonly parcel: DeliveryParcel
}

/** A line across the label at a height in dots. */
export function paintRule(pen: LabelPen, geometry: LabelGeometry, y: number): void {
  pen.fill({ x: labelMargin, y: y - 1, width: geometry.width - 2 * labelMargin, height: 3 })
}
