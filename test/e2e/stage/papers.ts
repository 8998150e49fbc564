import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decoded, printed } from '../../integration/documents/printed-page.ts'

export interface Paper {
  readonly file: string
  /** Everything that is written on it, and what the file says about itself. */
  readonly text: string
  /** `format: content` of every barcode of a 203 dpi rendering. */
  readonly codes: readonly string[]
}

/** Reads one PDF with pdf.js, and its barcodes with ZXing. */
export async function readPaper(bytes: Uint8Array, file: string): Promise<Paper> {
  const { pages, text, metadata } = await printed(bytes)
  const codes: string[] = []
  for (const page of pages) codes.push(...(await decoded(await page.render())))
  return { file, text: `${text} ${JSON.stringify(metadata)}`, codes }
}

/** What is written on a PDF, without looking for barcodes. */
export async function readText(bytes: Uint8Array): Promise<string> {
  const { text, metadata } = await printed(bytes)
  return `${text} ${JSON.stringify(metadata)}`
}

/** Names of the files of a kind that were written below `--out`. */
export const filesIn = (out: string, kind: string): readonly string[] => readdirSync(join(out, kind)).toSorted()

export const bytesOf = (out: string, kind: string, file: string): Uint8Array =>
  new Uint8Array(readFileSync(join(out, kind, file)))

/** The sealed block and the parcel number of a label, as its two barcodes give them. */
export function readLabel(codes: readonly string[]): { readonly block: string; readonly number: string } {
  const content = (format: RegExp): string => codes.find((code) => format.test(code))?.replace(/^[^:]*: /, '') ?? ''
  return { block: content(/^QR ?Code/), number: content(/^Code ?128/) }
}
