import type { ErrorDetails } from '../../../src-main/kernel/errors.ts'

/** One thing wrong in a file, with its place; line counts from 1. */
export interface ImportLine {
  readonly line: number
  readonly column: string
  readonly problem: string
  readonly value: string
}

/** The `problems` of ERR_CSV_INVALID; a failure of another kind has none. */
export function linesOf(details: ErrorDetails): readonly ImportLine[] {
  if (!Array.isArray(details.problems)) return []
  return details.problems.flatMap((problem: unknown): readonly ImportLine[] => {
    if (typeof problem !== 'object' || problem === null) return []
    const { line, column, problem: what, value } = { ...emptyLine, ...problem }
    return [{ line: Number(line), column: String(column), problem: String(what), value: String(value) }]
  })
}

const emptyLine: ImportLine = { line: 0, column: '', problem: '', value: '' }
