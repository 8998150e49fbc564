/**
 * What a spreadsheet takes for a formula when a cell begins with it, the full-width forms of a Japanese Excel included.
 * Apostrophes before it count: one is taken off in reading, so one more is put on in writing.
 */
const formula = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/
/** A number may begin with a sign: it is no formula, and an apostrophe would make a text of it. */
const number = /^[+-]?\d+(?:[.,]\d+)?$/
/** `="04006381333931"`: how a code is kept from becoming a number. Only signs that cannot end the quotation. */
const codeFormula = /^="([0-9A-Za-z./-]*)"$/

/** A cell as it was meant: blanks around it, the apostrophe against formulas and the `="..."` around codes taken off. */
export function plainCell(cell: string): string {
  const text = cell.trim()
  if (text.startsWith("'") && formula.test(text)) return text.slice(1)
  return codeFormula.exec(text)?.[1] ?? text
}

/** A text that no spreadsheet runs: what could be a formula gets an apostrophe in front, which plainCell takes off. */
export const harmlessCell = (text: string): string => (formula.test(text) && !number.test(text) ? `'${text}` : text)

/** Codes that Excel would make a number, a power of ten or a date of: leading zeros, twelve digits and more, 1E5, 3-4. */
const endangered = /^(?:0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+|[0-9]{1,4}[-/.][0-9]{1,4}(?:[-/.][0-9]{1,4})?)$/

/** A code that stays as it is in Excel. */
export const safeCode = (code: string): string => (endangered.test(code) ? `="${code}"` : harmlessCell(code))
