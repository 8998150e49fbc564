import type { GeoPoint, Recipient } from '../domain/recipient.ts'

/** Finds coordinates without the internet: the shop's pins, a postcode table, the town. Undefined when nothing is known. */
export interface Geocoder {
  locate(recipient: Recipient): Promise<GeoPoint | undefined>
  /** Replaces the postcode table (`postcode,town,lat,lon[,accuracy_m]`). Throws ERR_CSV_INVALID and keeps the old one. */
  replaceTable(csv: Uint8Array): Promise<{ readonly rows: number }>
}
