import { isGtin } from '../../kernel/ids.ts'

export type GtinCell =
  | { readonly kind: 'gtin'; readonly gtin: string; readonly hasZerosRestored: boolean }
  | { readonly kind: 'wrong'; readonly problem: 'gtin-mangled-by-excel' | 'gtin-rounded-by-excel' | 'check-digit' }

const lengths = [8, 12, 13, 14]
/** More zeros than a country prefix has are not lost by a spreadsheet; then one check digit proves too little. */
const mostLostZeros = 3

/**
 * A GTIN as a cell has it. `4,00638E+12` is what Excel leaves of one: its last digits are gone for good. Leading zeros
 * that a spreadsheet has dropped come back only if the check digit proves them.
 */
export function readGtin(cell: string): GtinCell {
  const text = cell.normalize('NFKC').trim()
  if (/^\d+(?:[.,]\d+)?e\+?\d+$/i.test(text)) return { kind: 'wrong', problem: 'gtin-mangled-by-excel' }
  // Blanks and hyphens are for people; `.0` is left by programs that took the code for a number.
  const digits = text.replace(/[.,]0+$/, '').replaceAll(/[\s-]/g, '')
  if (isGtin(digits)) return { kind: 'gtin', gtin: digits, hasZerosRestored: false }
  if (!/^\d+$/.test(digits)) return { kind: 'wrong', problem: 'check-digit' }
  const length = lengths.find((candidate) => candidate > digits.length)
  const padded = digits.padStart(length ?? 0, '0')
  if (padded.length - digits.length <= mostLostZeros && isGtin(padded))
    return { kind: 'gtin', gtin: padded, hasZerosRestored: true }
  const isRounded = /^\d{7,}0{5,}$/.test(digits) && lengths.includes(digits.length)
  return { kind: 'wrong', problem: isRounded ? 'gtin-rounded-by-excel' : 'check-digit' }
}
