import type { DeliveryInformation, DeliveryParcel, DeliveryStop } from '../../../domain/delivery-information.ts'
import { dot } from '../pdf/barcode.ts'
import type { Paper } from '../pdf/open-paper.ts'
import { labelMargin, type LabelGeometry } from './label-geometry.ts'

/** All that a label shows, and the paper it is written on. */
export interface LabelJob {
  readonly paper: Paper
  readonly geometry: LabelGeometry
  readonly delivery: DeliveryInformation
  readonly stop: DeliveryStop
  readonly parcel: DeliveryParcel
}

/** A line across the label at a height in dots. */
export function paintRule(paper: Paper, geometry: LabelGeometry, y: number): void {
  paper.doc.rect(labelMargin * dot, (y - 1) * dot, (geometry.width - 2 * labelMargin) * dot, 3 * dot).fill('black')
}
