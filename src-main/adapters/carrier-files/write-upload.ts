import { AppError } from '../../kernel/errors.ts'
import type { LabelRequest, LabelSender, LabelShipment } from '../../ports/carrier-labels.ts'
import { harmless, inWindows1252, quoted, windows1252Bytes } from './cell-text.ts'
import { valueOf, type UploadLine } from './fields.ts'
import type { UploadColumn, UploadProfile } from './profile.ts'

/** What does not fit the carrier's format; columns and numbers, never a value. */
export interface UploadProblem {
  readonly line: number
  readonly number: string
  readonly column: string
  readonly problem: 'too-long' | 'missing' | 'letters' | 'value' | 'too-many-lines'
  readonly most?: number | undefined
}

interface Cell {
  readonly text: string
  readonly isChanged: boolean
  readonly problem?: UploadProblem['problem'] | undefined
}

/**
 * The shipments as a file in the carrier's format. Nothing is cut off: what is too long, missing or in letters that the
 * format has not is named by line and column. Throws ERR_UPLOAD_INVALID { count, problems }; cost: linear.
 */
export function writeUpload(
  profile: UploadProfile,
  shipments: readonly LabelShipment[],
  sender: LabelSender,
): LabelRequest {
  const problems: UploadProblem[] = [...askProblems(profile, sender), ...countProblems(profile, shipments)]
  const changed: { number: string; column: string }[] = []
  const lines = shipments.map((shipment, at) => {
    const line: UploadLine = { shipment, sender, profile }
    const { number } = shipment
    return profile.columns.map((column, index) => {
      const cell = cellOf(column, line, index === 0)
      if (cell.problem)
        problems.push({ line: at + 1, number, column: column.name, problem: cell.problem, most: column.most })
      if (cell.isChanged) changed.push({ number, column: column.name })
      return cell.text
    })
  })
  if (problems.length > 0)
    throw new AppError('ERR_UPLOAD_INVALID', {
      count: problems.length,
      problems: problems.slice(0, 200).map((problem) => ({ ...problem })),
    })
  const header = profile.hasHeader ? [profile.columns.map(({ name }) => name)] : []
  const text = [...header, ...lines].map((cells) => rowOf(cells, profile)).join('')
  return { kind: 'file', ending: '.csv', mediaType: mediaTypeOf(profile), bytes: bytesOf(text, profile), changed }
}

function cellOf(column: UploadColumn, line: UploadLine, isFirst: boolean): Cell {
  const { profile } = line
  const plain = harmless(column.text ?? (column.from === undefined ? '' : valueOf(column.from, line)))
  const allowed = isFirst && profile.refuses !== undefined && plain.startsWith(profile.refuses) ? plain.slice(1) : plain
  const text = profile.encoding === 'windows-1252' ? inWindows1252(allowed) : allowed
  if (text === undefined) return { text: '', isChanged: false, problem: 'letters' }
  const isChanged = text !== allowed.normalize('NFC') && profile.encoding === 'windows-1252'
  if (column.required && text === '') return { text, isChanged, problem: 'missing' }
  if (column.most !== undefined && [...text].length > column.most) return { text, isChanged, problem: 'too-long' }
  return { text, isChanged }
}

/** What the shop was asked for and has not said, or not so. */
function askProblems(profile: UploadProfile, sender: LabelSender): readonly UploadProblem[] {
  return profile.ask.flatMap(({ name, usual, pattern }): readonly UploadProblem[] => {
    const value = sender.values[name] ?? usual
    if (value === undefined) return [{ line: 0, number: '', column: name, problem: 'missing' }]
    const fits = pattern === undefined || new RegExp(pattern).test(value)
    return fits ? [] : [{ line: 0, number: '', column: name, problem: 'value' }]
  })
}

const countProblems = ({ mostRows }: UploadProfile, shipments: readonly LabelShipment[]): readonly UploadProblem[] =>
  mostRows !== undefined && shipments.length > mostRows
    ? [{ line: mostRows + 1, number: '', column: '', problem: 'too-many-lines', most: mostRows }]
    : []

const rowOf = (cells: readonly string[], { delimiter }: UploadProfile): string =>
  `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\r\n`

const mediaTypeOf = ({ encoding }: UploadProfile): string => `text/csv; charset=${encoding}`

function bytesOf(text: string, profile: UploadProfile): Uint8Array {
  if (profile.encoding === 'windows-1252') return windows1252Bytes(text)
  return new TextEncoder().encode(profile.hasByteOrderMark ? `\uFEFF${text}` : text)
}
