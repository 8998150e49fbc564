import type { DeliveryInformation, DeliveryParcel, DeliveryStop } from '../domain/delivery-information.ts'
import type { SelectionInformation, SelectionOrder, SelectionTour } from '../domain/selection.ts'

/** Draws paper from the issued documents and from nothing else. All return PDF bytes. Throws ERR_FONT_MISSING_GLYPH. */
export interface Documents {
  /** One tour: map with the walk, stops in order, totes, a parcel drawing per order, a barcode that opens the wave. Nothing personal. */
  pickSheet(selection: SelectionInformation, tour: SelectionTour): Promise<Uint8Array>
  /** One order: contents per parcel, a greeting; nothing personal unless `recipient` is handed in (`sealing = selection`). */
  packingSlip(selection: SelectionInformation, order: SelectionOrder): Promise<Uint8Array>
  /** One parcel label: number as a barcode, carrier, routing, n of m, gross weight, marks, sequence, sealed block as QR. */
  label(delivery: DeliveryInformation, stop: DeliveryStop, parcel: DeliveryParcel): Promise<Uint8Array>
  /** The manifest's run sheet in delivery order, without personal data. */
  runSheet(delivery: DeliveryInformation): Promise<Uint8Array>
}

/** Bytes of issued documents, below the data folder's `documents/`. Names never hold anything personal. */
export interface DocumentFiles {
  /** Writes atomically; the same id again must hold the same bytes. */
  write(documentId: string, fileName: string, bytes: Uint8Array): Promise<void>
  /** Throws ERR_DOCUMENT_NOT_FOUND. */
  read(documentId: string): Promise<Uint8Array>
  remove(documentId: string): Promise<void>
}
