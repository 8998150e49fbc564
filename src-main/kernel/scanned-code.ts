import { gs1CheckDigit, isGtin } from './ids.ts'

/** The sign between two fields of unknown length in a GS1 code, as scanners send FNC1. */
export const groupSeparator = '\u001d'

/** What a scanned code says. Days are `2026-11-22`. */
export interface ScannedCode {
  /** The code without what the scanner puts before it; for a GS1 code all of its fields. */
  readonly text: string
  /** As printed: 8, 12, 13 or 14 digits. Compare with `isSameGtin`. */
  readonly gtin?: string | undefined
  readonly lot?: string | undefined
  readonly bestBefore?: string | undefined
  /** Not to be used after this day. */
  readonly expires?: string | undefined
  readonly serial?: string | undefined
  readonly sscc?: string | undefined
}

/**
 * Reads what a scanner sent: GS1 element strings (GS1-128, GS1 DataMatrix, GS1 QR, DataBar) with AIM identifier (`]C1`,
 * `]d2`, `]Q3`, `]e0`), with FNC1 as ASCII 29, or with brackets round the identifiers; GS1 Digital Link addresses; else
 * plain text, which is a GTIN when it is 8, 12, 13 or 14 digits with the right check digit. A GS1 code of which a field
 * is broken (wrong check digit, no such day, too short) is plain text: nothing of it is believed.
 * Source of lengths and identifiers: GS1 General Specifications, section 7.8.5 and figure 5.10.1-2.
 */
export function readScan(raw: string): ScannedCode {
  const identifier = /^\][A-Za-z]\d/.exec(raw)?.[0] ?? ''
  const text = trimmed(raw.slice(identifier.length))
  if (text.startsWith('(')) return fromFields(text, bracketed(text)) ?? plain(text)
  if (/^https?:\/\//i.test(text)) return fromFields(text, linked(text)) ?? plain(text)
  const isSaid = gs1Identifiers.has(identifier)
  // Without being told, only what cannot well be anything else: a separator inside, or a GTIN or SSCC as first field.
  if (isSaid || text.includes(groupSeparator) || /^0[01]\d{14}/.test(text))
    return fromFields(text, elements(text)) ?? plain(text)
  return plain(text)
}

/** True for the same number written with and without leading zeros. */
export const isSameGtin = (a: string, b: string): boolean => a.padStart(14, '0') === b.padStart(14, '0')

/** True when a scanned code stands for this product: its SKU, or its GTIN alone or inside a longer code. */
export function namesProduct(
  scan: ScannedCode,
  product: { readonly sku: string; readonly gtin?: string | undefined },
): boolean {
  if (scan.text === product.sku || (product.gtin !== undefined && scan.text === product.gtin)) return true
  return scan.gtin !== undefined && product.gtin !== undefined && isSameGtin(scan.gtin, product.gtin)
}

/** The day after which the scanned piece should not leave the shop, when the code tells one: the earlier of the two. */
export function lastDayOf({ bestBefore, expires }: ScannedCode): string | undefined {
  if (bestBefore === undefined || expires === undefined) return bestBefore ?? expires
  return bestBefore < expires ? bestBefore : expires
}

/** What is wrong with a scanned piece; the facts are those of the code. */
export type ScanFault =
  | { readonly kind: 'product' }
  | { readonly kind: 'lot'; readonly lot: string }
  | { readonly kind: 'expired'; readonly day: string }

/**
 * Compares a scan with the piece that is wanted: another product, another lot than the wanted one (where both are known),
 * or past its day on `today`. Undefined when it is right as far as the code tells.
 */
export function scanFault(
  scan: ScannedCode,
  wanted: { readonly sku: string; readonly gtin?: string | undefined; readonly lot?: string | undefined },
  today: string,
): ScanFault | undefined {
  if (!namesProduct(scan, wanted)) return { kind: 'product' }
  if (scan.lot !== undefined && wanted.lot !== undefined && scan.lot !== wanted.lot)
    return { kind: 'lot', lot: scan.lot }
  const day = lastDayOf(scan)
  return day !== undefined && day < today ? { kind: 'expired', day } : undefined
}

const gs1Identifiers: ReadonlySet<string> = new Set([']C1', ']d2', ']Q3', ']e0', ']J1'])

const trimmed = (text: string): string =>
  text.replace(new RegExp(`^${groupSeparator}+`), '').replace(new RegExp(`[${groupSeparator}\\s]+$`), '')

const plain = (text: string): ScannedCode => ({ text, gtin: isGtin(text) ? text : undefined })

type Field = readonly [identifier: string, value: string]

/** Digits of an application identifier by its first two. */
function identifierLength(start: string): number {
  if (/^(0[0-4]|1\d|2[0-2]|30|37|9\d)$/.test(start)) return 2
  if (/^(23|24|25|40|41|42|71)$/.test(start)) return 3
  return /^(3[1-69]|43|70|72|8[0-2])$/.test(start) ? 4 : 0
}

/** Length of identifier and value together where it is fixed, by the first two digits; no separator follows then. */
function fixedLength(start: string): number | undefined {
  if (start === '00') return 20
  if (/^0[1-3]$/.test(start)) return 16
  if (start === '04') return 18
  if (/^1[1-9]$/.test(start)) return 8
  if (start === '20') return 4
  if (/^3[1-6]$/.test(start)) return 10
  return start === '41' ? 16 : undefined
}

/** Fields one after the other; undefined when a piece of it is no field. */
function elements(text: string): readonly Field[] | undefined {
  const fields: Field[] = []
  let rest = text
  while (rest !== '') {
    const start = rest.slice(0, 2)
    const head = identifierLength(start)
    if (head === 0 || !/^\d+$/.test(rest.slice(0, head))) return undefined
    const separator = rest.indexOf(groupSeparator)
    const end = fixedLength(start) ?? (separator < 0 ? rest.length : separator)
    if (end <= head || end > rest.length) return undefined
    fields.push([rest.slice(0, head), rest.slice(head, end)])
    rest = rest.slice(end).replace(new RegExp(`^${groupSeparator}`), '')
  }
  return fields
}

/** `(01)04012345678901(10)A1`, as people type it and some scanners send it. */
function bracketed(text: string): readonly Field[] | undefined {
  const fields = [...text.matchAll(/\((\d{2,4})\)([^(]+)/g)].map(([, name = '', value = '']): Field => [name, value])
  return fields.map(([name, value]) => `(${name})${value}`).join('') === text ? fields : undefined
}

/** `https://example.com/01/04012345678901/10/A1?17=261122`: GS1 Digital Link. */
function linked(text: string): readonly Field[] | undefined {
  const [, path = '', query = ''] = /^https?:\/\/[^/?#]+([^?#]*)(?:\?([^#]*))?/i.exec(text) ?? []
  const parts = path.split('/').map(decoded)
  const start = parts.findIndex((part, index) => part === '01' && /^\d{8,14}$/.test(parts[index + 1] ?? ''))
  if (start < 0) return undefined
  const fields: Field[] = []
  for (let i = start; i + 1 < parts.length; i += 2) fields.push([parts[i] ?? '', parts[i + 1] ?? ''])
  for (const pair of query.split('&')) {
    const [name = '', value = ''] = pair.split('=').map(decoded)
    if (/^\d{2,4}$/.test(name)) fields.push([name, value])
  }
  return fields
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Undefined when nothing is identified or a field that matters here is broken. */
function fromFields(text: string, fields: readonly Field[] | undefined): ScannedCode | undefined {
  if (!fields) return undefined
  const valueOf = (name: string): string | undefined => fields.find(([field]) => field === name)?.[1]
  const [gtin, sscc] = [valueOf('01'), valueOf('00')]
  const [bestBefore, expires] = [dayOf(valueOf('15')), dayOf(valueOf('17'))]
  if (gtin === undefined && sscc === undefined) return undefined
  if (gtin !== undefined && !isGtin(gtin)) return undefined
  if (sscc !== undefined && !isSscc(sscc)) return undefined
  if (bestBefore === '' || expires === '') return undefined
  return { text, gtin, lot: valueOf('10'), bestBefore, expires, serial: valueOf('21'), sscc }
}

const isSscc = (text: string): boolean => /^\d{18}$/.test(text) && gs1CheckDigit(text.slice(0, -1)) === text.at(-1)

/** Every fourth year from 2000 to 2096 has its 29 February. */
const daysOf = (month: number, year: number): number =>
  month === 2 ? (year % 4 === 0 ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

/** `YYMMDD`; day 00 is the last of the month; the empty string for no such day. Nothing in a shop is from before 2000. */
function dayOf(digits: string | undefined): string | undefined {
  if (digits === undefined) return undefined
  const [, year = '', month = '', day = ''] = /^(\d\d)(\d\d)(\d\d)$/.exec(digits) ?? []
  if (Number(month) < 1 || Number(month) > 12) return ''
  const daysInMonth = daysOf(Number(month), Number(year))
  if (Number(day) > daysInMonth) return ''
  return `20${year}-${month}-${day === '00' ? String(daysInMonth) : day}`
}
