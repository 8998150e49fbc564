import type { ManifestLine } from '../../ports/carriers.ts'

const columns = 'seq stop parcel routing n of gross_g handling window_from window_to lat lon label_sha256'.split(' ')

/**
 * The parcels as CSV (RFC 4180: comma, CRLF, quotes doubled) in the order given, with a header line. Times are
 * ISO 8601 in UTC. Label blocks are not repeated: a spreadsheet cannot open them. A text that a spreadsheet would
 * run as a formula gets an apostrophe in front.
 */
export function manifestCsv(parcels: readonly ManifestLine[]): string {
  const rows = parcels.map((parcel) => [
    parcel.seq,
    parcel.stop,
    parcel.pid,
    parcel.routing,
    parcel.n,
    parcel.of,
    parcel.grossG,
    parcel.handling.join(' '),
    isoTime(parcel.window?.from),
    isoTime(parcel.window?.to),
    parcel.at?.[0],
    parcel.at?.[1],
    parcel.labelSha256,
  ])
  return [columns, ...rows].map((row) => row.map(cell).join(',') + '\r\n').join('')
}

const isoTime = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString()

/** Numbers are ours and stay numbers, minus sign and all; only texts can be formulas. */
function cell(value: string | number | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const harmless = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
