import type { HandlingMark } from '../domain/catalogue.ts'
import type { DeliveryInformation, DeliveryParcel, DeliveryStop } from '../domain/delivery-information.ts'
import type { InvoiceContent, InvoiceHead, InvoicePersonal } from '../domain/invoice.ts'
import type { SelectionInformation, SelectionOrder, SelectionTour } from '../domain/selection.ts'

/** An invoice as it is drawn; what is personal is opened for the length of the drawing. */
export interface InvoicePaper {
  readonly head: InvoiceHead
  readonly content: InvoiceContent
  readonly personal: InvoicePersonal
}

/** What is stuck on a parcel that is collected in the shop. Nothing personal. */
export interface CounterSlip {
  readonly shopName: string
  readonly locale: string
  readonly issuedAt: number
  readonly number: string
  readonly orderCode: string
  readonly letter: string
  /** Piece n of m of the order. */
  readonly n: number
  readonly of: number
  readonly grossG: number
  readonly handling: readonly HandlingMark[]
}

/** Draws paper from the issued documents and from nothing else. All return PDF bytes; no sign in a name makes one fail. */
export interface Documents {
  /** One tour: map with the walk, stops in order, totes, a parcel drawing per order, a barcode that opens the wave. Nothing personal. */
  pickSheet(selection: SelectionInformation, tour: SelectionTour): Promise<Uint8Array>
  /** One order: contents per parcel, a greeting; nothing personal unless `recipient` is handed in (`sealing = selection`). */
  packingSlip(selection: SelectionInformation, order: SelectionOrder): Promise<Uint8Array>
  /**
   * One parcel label: number as a barcode, carrier, routing, n of m, gross weight, marks, sequence, sealed block as QR.
   * Throws ERR_SEALED_TOO_LONG where the block needs more room than there is, ERR_SEALED_BLOCK_INVALID for an erased one.
   */
  label(delivery: DeliveryInformation, stop: DeliveryStop, parcel: DeliveryParcel): Promise<Uint8Array>
  /**
   * The same label as ZPL text for a label printer of 203 or 300 dots to the inch, to be sent as UTF-8. No text in it can
   * become a command. Throws what `label` throws.
   */
  labelZpl(
    delivery: DeliveryInformation,
    stop: DeliveryStop,
    parcel: DeliveryParcel,
    printer: { readonly dpi: 203 | 300 },
  ): Promise<string>
  /** The manifest's run sheet in delivery order, without personal data. */
  runSheet(delivery: DeliveryInformation): Promise<Uint8Array>
  /** The slip of a parcel that is collected in the shop: order code, piece n of m, number as a barcode. */
  counterSlip(slip: CounterSlip): Promise<Uint8Array>
  /** An invoice or a cancellation, in the customer's language. Metadata hold its number only. */
  invoice(paper: InvoicePaper): Promise<Uint8Array>
  /**
   * A PDF that was drawn here, crossed out on every page and called withdrawn in the language of `locale`. Text, size
   * and metadata stay. Equal bytes and locale give equal bytes.
   */
  crossedOut(pdf: Uint8Array, locale: string): Promise<Uint8Array>
}

/** Bytes of issued documents, below the data folder's `documents/`. Names never hold anything personal. */
export interface DocumentFiles {
  /** Writes atomically; the same id again must hold the same bytes. */
  write(documentId: string, fileName: string, bytes: Uint8Array): Promise<void>
  /** Throws ERR_DOCUMENT_NOT_FOUND. */
  read(documentId: string): Promise<Uint8Array>
  remove(documentId: string): Promise<void>
  /** Everything that lies there, and when it was written. */
  list(): Promise<readonly { readonly documentId: string; readonly writtenAt: number }[]>
}
