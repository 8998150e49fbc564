import type { GeoPoint, Recipient } from '../domain/recipient.ts'

/** Finds coordinates without the internet: the shop's pins, a postcode table, the town. Undefined when nothing is known. */
export interface Geocoder {
  locate(recipient: Recipient): Promise<GeoPoint | undefined>
  /**
   * Replaces the postcode table: a CSV with `postcode,lat,lon` and, where known, `town,country,accuracy_m`, or a
   * postal-code file of GeoNames as it is. Throws ERR_CSV_INVALID and keeps the old one.
   */
  replaceTable(csv: Uint8Array): Promise<{ readonly rows: number }>
}
