/** The sign before the decimals. */
export type DecimalSign = '.' | ','

/** How sure the values are about their decimal sign. */
export interface DecimalEvidence {
  /** Values that can only be read with this sign. */
  readonly comma: number
  readonly point: number
  /** Values such as `1.234` that are a thousand or a fraction. */
  readonly ambiguous: number
}

/** Digits, signs between them, and what may stand around: blanks, a currency, a unit. */
const shape = /^([^\d.,+-]*)([+-]?)(\d[\d.,'’\u00a0\u202f ]*|[.,]\d+)\s*(.*)$/s

export interface NumberParts {
  /** Such as `€`, trimmed. */
  readonly before: string
  /** The number with its signs, without blanks and apostrophes between the digits. */
  readonly digits: string
  readonly isNegative: boolean
  /** Such as `kg`, trimmed. */
  readonly after: string
}

/** Takes a cell apart; undefined where there is no number in it. */
export function numberParts(cell: string): NumberParts | undefined {
  const [, before = '', sign, number = '', after = ''] = shape.exec(cell.normalize('NFKC').trim()) ?? []
  if (sign === undefined) return undefined
  const digits = number.replaceAll(/['’\u00a0\u202f ]/g, '')
  return { before: before.trim(), digits, isNegative: sign === '-', after: after.trim() }
}

/** Which decimal sign a number can only have; undefined = either reads the same; `ambiguous` = they differ. */
export function decimalOf(digits: string): DecimalSign | 'ambiguous' | undefined {
  const signs = digits.replaceAll(/\d/g, '')
  const last = signs.at(-1)
  if (last !== ',' && last !== '.') return undefined
  const other = last === ',' ? '.' : ','
  // Two kinds: the last one is the decimal sign. The same one twice: it parts thousands.
  if (signs.includes(other)) return last
  if (signs.length > 1) return other
  const [whole = '', fraction = ''] = digits.split(last)
  const mayBeThousands = fraction.length === 3 && whole.length >= 1 && whole.length <= 3 && !whole.startsWith('0')
  return mayBeThousands ? 'ambiguous' : last
}

/** What all values of a column say together. */
export function decimalEvidence(cells: Iterable<string>): DecimalEvidence {
  const counts = { comma: 0, point: 0, ambiguous: 0 }
  for (const cell of cells) {
    const parts = numberParts(cell)
    const sign = parts && decimalOf(parts.digits)
    if (sign === ',') counts.comma++
    else if (sign === '.') counts.point++
    else if (sign === 'ambiguous') counts.ambiguous++
  }
  return counts
}

/** The one sign that the values allow; undefined where they say nothing or contradict each other. */
export function decimalFrom({ comma, point }: DecimalEvidence): DecimalSign | undefined {
  if (comma > 0 && point === 0) return ','
  return point > 0 && comma === 0 ? '.' : undefined
}

/**
 * The value of a number, read with the column's decimal sign; a number that can only have one sign is read with that.
 * Undefined = not a number (`1,2,3.4.5`); `ambiguous` = a thousand or a fraction, and the column does not say.
 */
export function readNumber(digits: string, column: DecimalSign | undefined): number | 'ambiguous' | undefined {
  const own = decimalOf(digits)
  const sign = own === 'ambiguous' ? column : (own ?? column ?? '.')
  if (sign === undefined) return 'ambiguous'
  const thousands = sign === ',' ? '.' : ','
  const [whole = '', fraction, ...more] = digits.split(sign)
  const isGrouped = whole.includes(thousands)
  if (more.length > 0 || (isGrouped && !isWellGrouped(whole, thousands))) return undefined
  if (fraction !== undefined && !/^\d*$/.test(fraction)) return undefined
  const value = Number(`${whole.replaceAll(thousands, '') || '0'}.${fraction || '0'}`)
  return Number.isFinite(value) ? value : undefined
}

const isWellGrouped = (whole: string, thousands: string): boolean =>
  whole.split(thousands).every((group, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{2,3}$/).test(group))
