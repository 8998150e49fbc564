import { unitNames, unitOf, type Dimension } from '../../kernel/measure-units.ts'
import { decimalsOf } from '../../kernel/money.ts'
import type { ColumnNote, ColumnUse, ReadColumn, ReadDefaults, Table } from '../../ports/imports.ts'
import { headerParts, type FieldKind, type FieldNames } from './column-names.ts'
import { dayOrderOf } from './day-cells.ts'
import { decimalEvidence, decimalFrom, numberParts, type DecimalEvidence, type DecimalSign } from './number-columns.ts'

/** The fields a file of one kind may have, by name. */
export type Fields = { readonly [name: string]: FieldNames }

const dimensions: ReadonlySet<FieldKind> = new Set<FieldKind>(['weight', 'length', 'volume', 'sizes'])
const numbers: ReadonlySet<FieldKind> = new Set<FieldKind>(['weight', 'length', 'volume', 'sizes', 'money', 'percent'])

/** Sizes are lengths; undefined for what has no unit of measure. */
export const dimensionOf = (kind: FieldKind): Dimension | undefined =>
  kind === 'sizes' ? 'length' : kind === 'weight' || kind === 'length' || kind === 'volume' ? kind : undefined

const unitsFor = (kind: FieldKind): readonly string[] => {
  const dimension = dimensionOf(kind)
  if (dimension) return unitNames(dimension)
  return kind === 'money' ? ['major', 'minor'] : []
}

/** Which field each column may be, by its header alone; the first column that fits has it. */
function proposeUses(header: readonly string[], fields: Fields): readonly ColumnUse[] {
  const taken = new Set<string>()
  return header.map((name) => {
    const found = findField(name, fields)
    if (!found) return { header: name }
    const isTwice = taken.has(found.field)
    taken.add(found.field)
    return isTwice ? { header: name, isTwice } : { header: name, ...found }
  })
}

function findField(header: string, fields: Fields): { field: string; unit?: string } | undefined {
  for (const { name, hint } of headerParts(header)) {
    for (const [field, { kind, names }] of Object.entries(fields)) {
      if (!names.includes(name)) continue
      if (hint === '') return { field }
      const unit = hintedUnit(hint, kind)
      if (unit !== undefined) return unit === '' ? { field } : { field, unit }
    }
  }
  return undefined
}

/** The unit a header's hint says; the empty text where it says something else that fits, such as a currency. */
function hintedUnit(hint: string, kind: FieldKind): string | undefined {
  const dimension = dimensionOf(kind)
  // `Maße (LxBxH)` names the sides, not their unit.
  if (kind === 'sizes' && /^l\s*[x×]\s*[bw]\s*[x×]\s*h$/.test(hint)) return ''
  if (dimension) return unitOf(hint, dimension)
  if (kind === 'money') {
    if (/^(minor|cents?)$/.test(hint)) return 'minor'
    return /^([a-z]{3}|[€$£¥円]|brutto|gross|netto|net|inkl.*|incl.*)$/.test(hint) ? '' : undefined
  }
  // Folded sizes have their unit in the format.
  if (kind === 'places') return hint === 'mm' ? '' : undefined
  if (kind === 'percent') return hint === '%' || hint === 'percent' ? '' : undefined
  return /^(pcs|pieces|stück|stk|st|個|点)$/.test(hint) ? '' : undefined
}

/**
 * Decides about every column of a table: what a mapping says, else what header and values show. Where they show two
 * things, or nothing, the column carries a note.
 */
export function decideColumns(table: Table, fields: Fields, given: ReadDefaults): readonly ReadColumn[] {
  const uses = given.columns ? alignUses(table.header, given.columns, fields) : proposeUses(table.header, fields)
  const evidences = uses.map((use, index) => {
    const kind = kindOf(use, fields)
    if (kind === undefined || !numbers.has(kind)) return undefined
    const evidence = decimalEvidence(cellsOf(table, index))
    return kind === 'money' ? moneyEvidence(evidence, cellsOf(table, index), given.currency) : evidence
  })
  const elsewhere = (besides: number): DecimalSign | undefined => {
    const others = evidences.filter((evidence, index) => evidence && index !== besides)
    const sum = { comma: 0, point: 0, ambiguous: 0 }
    for (const evidence of others) {
      sum.comma += evidence?.comma ?? 0
      sum.point += evidence?.point ?? 0
    }
    return decimalFrom(sum)
  }
  return uses.map((use, index): ReadColumn => {
    const kind = kindOf(use, fields)
    const notes: ColumnNote[] = 'isTwice' in use ? ['column-twice'] : []
    if (kind === undefined) return { header: use.header, notes, units: [] }
    const evidence = evidences[index]
    const own = evidence && decimalFrom(evidence)
    const decimal = use.decimal ?? own ?? (evidence && elsewhere(index))
    if (evidence && evidence.ambiguous > 0 && use.decimal === undefined && own === undefined)
      notes.push(decimal === undefined ? 'decimal-ambiguous' : 'decimal-from-other-columns')
    const unit = unitFor({ use, kind, table, index })
    if (unit?.isAssumed) notes.push('unit-assumed')
    const dayFirst = kind === 'day' ? (use.dayFirst ?? dayOrderOf(cellsOf(table, index))) : undefined
    if (dayFirst === 'ambiguous') notes.push('day-ambiguous')
    return {
      header: use.header,
      field: use.field,
      ...(unit ? { unit: unit.unit } : {}),
      ...(decimal ? { decimal } : {}),
      ...(typeof dayFirst === 'boolean' ? { dayFirst } : {}),
      notes,
      units: unitsFor(kind),
    }
  })
}

/** Where money has no fractions (yen), `3,500` can only be a thousand. */
function moneyEvidence(evidence: DecimalEvidence, cells: readonly string[], currency: string): DecimalEvidence {
  if (decimalsOf(currency) > 0 || evidence.ambiguous === 0) return evidence
  const isComma = cells.some((cell) => /\d,\d{3}(?!\d)/.test(cell.normalize('NFKC')))
  return { comma: isComma ? 0 : 1, point: isComma ? 1 : 0, ambiguous: 0 }
}

const kindOf = (use: ColumnUse, fields: Fields): FieldKind | undefined =>
  use.field !== undefined && Object.hasOwn(fields, use.field) ? fields[use.field]?.kind : undefined

/** A mapping's columns in the order of the file; a column it does not name is left alone, a field goes to one column. */
function alignUses(header: readonly string[], told: readonly ColumnUse[], fields: Fields): readonly ColumnUse[] {
  const rest = [...told]
  const taken = new Set<string>()
  return header.map((name) => {
    const at = rest.findIndex((use) => use.header === name)
    const use = at === -1 ? { header: name } : (rest.splice(at, 1)[0] ?? { header: name })
    if (use.field === undefined || !Object.hasOwn(fields, use.field)) return { header: name }
    if (taken.has(use.field)) return { header: name, isTwice: true }
    taken.add(use.field)
    return use
  })
}

const cellsOf = (table: Table, index: number): string[] =>
  table.rows.flatMap(({ cells }) => (cells[index] ? [cells[index]] : []))

interface UnitQuestion {
  readonly use: ColumnUse
  readonly kind: FieldKind
  readonly table: Table
  readonly index: number
}

function unitFor({ use, kind, table, index }: UnitQuestion): { unit: string; isAssumed: boolean } | undefined {
  if (kind === 'money') return { unit: use.unit === 'minor' ? 'minor' : 'major', isAssumed: false }
  const dimension = dimensionOf(kind)
  if (!dimension || !dimensions.has(kind)) return undefined
  const told = use.unit && unitOf(use.unit, dimension)
  if (told) return { unit: told, isAssumed: false }
  const cells = cellsOf(table, index)
  const bare = cells.filter((cell) => /^[\d\s.,x×*']*$/i.test(cell.normalize('NFKC')))
  return { unit: assumedUnit(dimension, bare), isAssumed: bare.some((cell) => /[1-9]/.test(cell)) }
}

/** The likelier unit of bare numbers: fractions are kilograms and centimetres, large whole numbers grams and millimetres. */
function assumedUnit(dimension: Dimension, cells: readonly string[]): string {
  if (dimension === 'volume') return 'cm3'
  const hasFraction = cells.some((cell) => /[.,]\d/.test(cell))
  const largest = cells.reduce(
    (most, cell) => Math.max(most, Number(numberParts(cell)?.digits.replace(',', '.') ?? 0) || 0),
    0,
  )
  if (dimension === 'weight') return hasFraction || largest < 10 ? 'kg' : 'g'
  return hasFraction || largest < 100 ? 'cm' : 'mm'
}
