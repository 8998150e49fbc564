import type { ReturnReason } from '../domain/parcel-return.ts'

/** As a person at the desk meets them, the likeliest first; schemas and the choices on screen are made from this list. */
export const returnReasons = [
  'changed-mind',
  'damaged',
  'wrong-item',
  'not-as-described',
  'too-late',
  'other',
  'refused',
  'not-delivered',
] as const satisfies readonly ReturnReason[]
