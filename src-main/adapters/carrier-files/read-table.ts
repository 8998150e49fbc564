import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { LabelAnswer } from '../../ports/carrier-labels.ts'
import type { UploadProfile } from './profile.ts'

/** A carrier's table has a line a parcel; more is none. */
const mostLines = 100_000
/** How far down the heading may stand: some carriers write a title and a date above it. */
const headingWithin = 20
const longestValue = 100

const cells = z.array(z.array(z.string()))

type Rows = readonly (readonly string[])[]

/** Our number and the carrier's beside it, out of a table of whatever encoding and delimiter. Undefined: no such table. */
export function readTable(
  file: { readonly name: string; readonly bytes: Uint8Array },
  profile: UploadProfile,
): Pick<LabelAnswer, 'rows' | 'problems'> | undefined {
  const text = decode(file.bytes)
  if (text.includes('\0')) return undefined
  for (const delimiter of [profile.delimiter, ';', ',', '\t']) {
    const table = rowsOf(text, delimiter)
    const found = table && findColumns(table, profile)
    if (found) return rowsFrom(file.name, table, found, profile.referencePrefix)
  }
  return undefined
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function rowsOf(text: string, delimiter: string): Rows | undefined {
  try {
    const options = {
      delimiter,
      bom: true,
      relaxColumnCount: true,
      relaxQuotes: true,
      to: mostLines,
      maxRecordSize: 100_000,
    }
    return cells.parse(parse(text, { ...options, skipEmptyLines: false }))
  } catch {
    return undefined
  }
}

interface Found {
  readonly heading: number
  readonly reference: number
  readonly tracking: number
}

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .replace(/[:*]$/, '')

function findColumns(table: Rows, { answer }: UploadProfile): Found | undefined {
  for (const [heading, row] of table.slice(0, headingWithin).entries()) {
    const names = row.map(plain)
    const at = (wanted: readonly string[]): number =>
      wanted.map((name) => names.indexOf(plain(name))).find((index) => index >= 0) ?? -1
    const [reference, tracking] = [at(answer.reference), at(answer.tracking)]
    if (reference >= 0 && tracking >= 0 && reference !== tracking) return { heading, reference, tracking }
  }
  return undefined
}

/** `="0034..."` and an apostrophe in front keep spreadsheets from counting with a number; both are taken off. */
const value = (cell: string | undefined): string =>
  (cell ?? '')
    .trim()
    .replace(/^="(.*)"$/, '$1')
    .replace(/^'/, '')
    .trim()

// eslint-disable-next-line max-params -- whose table, and where its columns are
function rowsFrom(file: string, table: Rows, found: Found, prefix = ''): Pick<LabelAnswer, 'rows' | 'problems'> {
  const rows: LabelAnswer['rows'][number][] = []
  const problems: LabelAnswer['problems'][number][] = []
  const withoutPrefix = (text: string): string => (text.startsWith(prefix) ? text.slice(prefix.length) : text)
  for (const [at, row] of table.entries()) {
    if (at <= found.heading || row.every((cell) => cell.trim() === '')) continue
    const line = at + 1
    const [reference, tracking] = [withoutPrefix(value(row[found.reference])), value(row[found.tracking])]
    if (reference === '') problems.push({ file, line, problem: 'no-reference' })
    else if (tracking === '') problems.push({ file, line, problem: 'no-tracking' })
    else if (!isNumber(tracking) || reference.length > longestValue) problems.push({ file, line, problem: 'bad-value' })
    else rows.push({ file, line, reference, tracking: tracking.replace(/\s+/g, '') })
  }
  return { rows, problems }
}

/** Letters, digits and what parts them. A number that a spreadsheet has rounded (`3.4E+17`) is none any more. */
const isNumber = (text: string): boolean =>
  /^[A-Za-z0-9][A-Za-z0-9 ./-]{3,48}$/.test(text) && !/^\d([.,]\d+)?E\d+$/i.test(text.replace('+', ''))
