import type { OutputOf } from '../../../src-main/contract/operations.ts'

export type Conflict = OutputOf<'orders.questions'>[number]

/** One thing that differs. Values are codes and numbers; undefined where what differs is personal and not shown. */
export interface Difference {
  readonly what: 'line' | 'address' | 'area' | 'service' | 'window' | 'note' | 'state'
  /** The product, of a line. */
  readonly sku?: string | undefined
  readonly here?: string | undefined
  readonly there?: string | undefined
}

/** Where taking over means more than looking again. */
const mayTakeOver: readonly unknown[] = [
  'changed-at-storefront',
  'cancelled-at-storefront',
  'gone-at-storefront',
  'open-at-storefront',
]

export const canTakeOver = ({ facts }: Conflict): boolean => mayTakeOver.includes(facts['changed'])

/** What stands here beside what the storefront says, one row each; a conflict about the whole order is one row. */
export function differencesOf({ facts, status }: Conflict): readonly Difference[] {
  const rows: Difference[] = [
    ...(typeof facts['lines'] === 'string' ? facts['lines'].split(', ').map(lineOf) : []),
    ...pairOf('service', facts['service']),
    ...(facts['address'] === undefined ? [] : [{ what: 'address' } as const]),
    ...pairOf('area', facts['area']),
    ...(facts['windowFrom'] === undefined && facts['windowTo'] === undefined ? [] : [{ what: 'window' } as const]),
    ...(facts['note'] === undefined ? [] : [{ what: 'note' } as const]),
  ]
  return rows.length > 0 ? rows : [{ what: 'state', here: status, there: String(facts['changed'] ?? '') }]
}

function pairOf(what: 'service' | 'area', fact: unknown): readonly Difference[] {
  if (typeof fact !== 'string') return []
  const [here, there] = fact.split('→')
  return [{ what, here, there }]
}

/** `TEA 2→3`, `TEA +1` = new there, `TEA −2` = gone there. An SKU may hold blanks. */
function lineOf(said: string): Difference {
  const at = said.lastIndexOf(' ')
  const [sku, amount] = [said.slice(0, at), said.slice(at + 1)]
  if (amount.startsWith('+')) return { what: 'line', sku, here: '0', there: amount.slice(1) }
  if (amount.startsWith('−')) return { what: 'line', sku, here: amount.slice(1), there: '0' }
  const [here, there] = amount.split('→')
  return { what: 'line', sku, here, there }
}
