/** The hard rules, and what a result says about itself. */
export type PackingRule =
  | 'orders'
  | 'pieces'
  | 'carton'
  | 'available'
  | 'fit'
  | 'overlap'
  | 'orientation'
  | 'weight'
  | 'volume'
  | 'support'
  | 'centre'
  | 'load'
  | 'temperature'
  | 'keep-apart'
  | 'keep-together'
  | 'alone'
  | 'own-box'
  | 'dangerous'
  | 'carrier'
  | 'sequence'
  | 'totals'
  | 'refusal'
  | 'proof'

/** One broken rule: where, and the facts. */
export interface PackingViolation {
  readonly rule: PackingRule
  readonly orderId: string
  /** Place of the parcel in its order, from 0. */
  readonly parcel?: number | undefined
  readonly facts: { readonly [name: string]: string | number | boolean | null }
}

/** Takes a violation down; bound to an order and perhaps a parcel. */
export type Report = (rule: PackingRule, facts?: PackingViolation['facts']) => void
