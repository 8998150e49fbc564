import type { Service } from '../domain/order.ts'
import type { Recipient } from '../domain/recipient.ts'
import type { Size } from '../kernel/units.ts'

/** What a carrier is to make a label for. Personal: lives as long as the request. */
export interface LabelShipment {
  /** Our parcel number: the carrier's reference, by which their answer is matched. */
  readonly number: string
  /** Such as `231-07B`. */
  readonly parcelCode: string
  readonly grossG: number
  readonly outerMm: Size
  readonly service: Service
  readonly recipient: Recipient
}

/** Who sends, and what the profile asked the shop for. */
export interface LabelSender {
  readonly name: string
  readonly country: string
  /** Local day of the collection, `2026-11-22`. */
  readonly day: string
  readonly values: { readonly [name: string]: string }
}

/** A way of getting labels from a carrier, as the manager chooses it. */
export interface LabelProfile {
  readonly name: string
  readonly title: string
  /** What the shop is asked for; `usual` is taken where it says nothing. `pattern`: a regular expression. */
  readonly ask: readonly {
    readonly name: string
    readonly label: string
    readonly usual?: string | undefined
    readonly pattern?: string | undefined
  }[]
}

/** A file for the carrier's site, to be uploaded by a person; or, from an adapter that talks with them, their answer. */
export type LabelRequest =
  | {
      readonly kind: 'file'
      /** How the file's name ends, `.csv`. */
      readonly ending: string
      readonly mediaType: string
      readonly bytes: Uint8Array
      /** Letters that the carrier's format cannot hold were written in others: by parcel number and column. */
      readonly changed: readonly { readonly number: string; readonly column: string }[]
    }
  | { readonly kind: 'answer'; readonly answer: LabelAnswer }

/** What a carrier gave back, read but not yet matched with our parcels. */
export interface LabelAnswer {
  readonly rows: readonly {
    readonly file: string
    /** Line of the file, from 1. */
    readonly line: number
    readonly reference: string
    readonly tracking: string
  }[]
  /** Labels, a page each, as a PDF of that page and nothing else: no scripts, attachments, links. */
  readonly pages: readonly {
    readonly file: string
    /** From 1. */
    readonly page: number
    /** Words of the page and of the file's name that may be a parcel's or a tracking number, without blanks. */
    readonly words: readonly string[]
    readonly pdf: Uint8Array
  }[]
  /** Files and lines that could not be read, and why. */
  readonly problems: readonly { readonly file: string; readonly line?: number | undefined; readonly problem: string }[]
}

export interface AnswerFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Carriers' own labels beside ours. Nothing that it reads or writes is kept by it. */
export interface CarrierLabels {
  profiles(): Promise<readonly LabelProfile[]>
  /**
   * Asks for labels, a shipment a line, in the order given. Throws ERR_UPLOAD_PROFILE_UNKNOWN, ERR_UPLOAD_INVALID
   * { count, problems: [{ line, number, column, problem, most? }] } before anything leaves; never with a value.
   */
  request(
    shipments: readonly LabelShipment[],
    options: { readonly profile: string; readonly sender: LabelSender },
  ): Promise<LabelRequest>
  /**
   * Reads what a person fetched from the carrier's site: tables and PDFs, which are strangers' files. Bad ones are named
   * and stop no other. Throws ERR_UPLOAD_PROFILE_UNKNOWN.
   */
  readAnswer(files: readonly AnswerFile[], options: { readonly profile: string }): Promise<LabelAnswer>
}
