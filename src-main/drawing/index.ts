export type { Box, Drawing, Ink, Point, Shape, Stroke } from './drawing.ts'
export { drawDeliveryLine, type DeliveryPicture } from './delivery-drawing.ts'
export { drawFloor, type FloorPicture } from './floor-drawing.ts'
export { drawHandlingMark, type MarkName } from './handling-mark.ts'
export { drawPackingStages } from './packing-stages.ts'
export { inRanges } from './stop-labels.ts'
export { drawParcel } from './parcel-drawing.ts'
export type { ParcelPicture } from './parcel-scene.ts'
export {
  tellParcel,
  tellRoute,
  tellTour,
  type Manner,
  type Told,
  type ToldParcel,
  type ToldRoute,
  type ToldTour,
  type ToldWhy,
} from './told/tell.ts'
export { toSvg } from './to-svg.ts'
