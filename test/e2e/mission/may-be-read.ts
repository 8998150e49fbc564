import type { Kind } from '../../integration/security/personal-values.ts'

/** Where something of the demo was found. */
export type Position = (typeof positions)[number]['position']

interface Row {
  readonly position: string
  /** Paths below the demo's folder (`out/`) and below what was recorded of it (`recorded/`); the first row that fits counts. */
  readonly paths: RegExp
  /** What may be read there without a key, where the shop seals for the courier and where it seals for its counter. */
  readonly delivery: readonly Kind[]
  readonly selection: readonly Kind[]
}

const nothing: readonly Kind[] = []
/** What an order costs is for the desk, which keeps it; sealed it need not be, but no floor and no courier is told it. */
const value: readonly Kind[] = ['value']
/** What a plain address is: LABELS, "the label then shows the plain address", with what the courier needs at the door. */
const address: readonly Kind[] = ['name', 'company', 'street', 'place', 'phone', 'note']

/**
 * LABELS.md's table as data: every place in which the demo leaves anything, and what of a customer may be read in it by
 * somebody without a key. The kinds of values are columns of that table; whatever is not named may not be there.
 */
export const positions = [
  // The selection side: the floor, its paper, its terminals.
  { position: 'selection document', paths: /^out\/documents\/.*\.selection\.json$/, delivery: nothing, selection: nothing },
  { position: 'pick sheet', paths: /^out\/pick-sheets\//, delivery: nothing, selection: nothing },
  { position: 'packing slip', paths: /^out\/slips\//, delivery: nothing, selection: nothing },
  { position: 'station terminal', paths: /^recorded\/(?:wire\/tablet|curious\/wire\/visitor)-/, delivery: nothing, selection: nothing },
  // The delivery side. Where the counter is sealed for, the label shows the plain address, and the document it is printed from.
  { position: 'label', paths: /^out\/labels\//, delivery: nothing, selection: address },
  { position: 'delivery document', paths: /^out\/documents\/.*\.delivery\.json$/, delivery: nothing, selection: address },
  { position: 'run sheet', paths: /^out\/run-sheets\//, delivery: nothing, selection: nothing },
  { position: 'manifest', paths: /^out\/manifests\//, delivery: nothing, selection: nothing },
  { position: 'courier terminal, from the shop', paths: /^recorded\/wire\/courier-(?!screen)/, delivery: nothing, selection: nothing },
  { position: 'courier terminal, its files', paths: /^out\/(?:data\/couriers|courier-keys)\/|^recorded\/looked\/running\/couriers\//, delivery: nothing, selection: nothing },
  { position: 'status file', paths: /^out\/data\/[^/]*\.status\.jws$|^recorded\/looked\/running\/[^/]*\.status\.jws$/, delivery: nothing, selection: nothing },
  // The courier's own eyes, with the courier's own key: who may read everything.
  { position: "courier's screen", paths: /^recorded\/wire\/courier-screen-/, delivery: [...address, 'coordinates'], selection: [...address, 'coordinates'] },
  // At rest, until the purge. A paper that is a copy of one of those above counts as that one.
  { position: 'backup', paths: /^(?:out\/data|recorded\/looked\/running)\/shop\/backups\//, delivery: value, selection: value },
  { position: 'paper kept by the shop', paths: /^(?:out\/data|recorded\/looked\/running)\/shop\/documents\//, delivery: nothing, selection: nothing },
  { position: 'shop database', paths: /^(?:out\/data|recorded\/looked\/running)\/shop\/backroom\.sqlite/, delivery: value, selection: value },
  { position: 'shop folder', paths: /^(?:out\/data|recorded\/looked\/running)\/shop\//, delivery: value, selection: value },
  { position: 'storefront folder', paths: /^(?:out\/data|recorded\/looked\/running)\/storefront\//, delivery: value, selection: value },
  // What programs say and are called.
  { position: 'summary', paths: /^out\/summary\.json$/, delivery: nothing, selection: nothing },
  { position: 'output and arguments of programs', paths: /^recorded\/programs\//, delivery: value, selection: value },
  { position: 'process titles and environments', paths: /^recorded\/looked\/processes$/, delivery: nothing, selection: nothing },
  { position: 'file name', paths: /^names$/, delivery: nothing, selection: nothing },
] as const satisfies readonly Row[] // prettier-ignore

/** The row of a path; a file that stands in no row is one that nobody has thought about. */
export function positionOf(path: string): Position | undefined {
  return positions.find(({ paths }) => paths.test(path))?.position
}

export function mayBeRead(position: Position, sealing: 'delivery' | 'selection'): readonly Kind[] {
  return positions.find((row) => row.position === position)?.[sealing] ?? nothing
}
