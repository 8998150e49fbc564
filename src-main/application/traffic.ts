import type { Caller } from './workshop.ts'

/** What one storefront has acknowledged since this process began: spares telling it again. Lost without harm. */
export interface Told {
  /** SKU -> pieces on offer there. Filled by a full comparison; absent until the first. */
  stock?: Map<string, number> | undefined
  /** Version of the packaging rules that it has taken. */
  rulesVersion?: string | undefined
}

/**
 * How work that waits for the network shares the shop with everything else: it reads and talks outside the turn and
 * takes a turn for each write. A caller without traffic has the shop to itself.
 */
export interface Traffic {
  /** Runs as one command among the others, in the order they came. Never wait for the network in there. */
  inTurn<Value>(work: () => Promise<Value>): Promise<Value>
  /** One at a time for each name: two talks with one storefront would store its words in the wrong order. */
  alone<Value>(name: string, work: () => Promise<Value>): Promise<Value>
  /** Undefined after so long; the work goes on, and what comes of it is nobody's concern any more. */
  atMost<Value>(ms: number, work: () => Promise<Value>): Promise<Value | undefined>
  /** By connection. */
  readonly told: Map<string, Told>
}

type WithTraffic = Pick<Caller, 'traffic'>

export const inTurn = <Value>({ traffic }: WithTraffic, work: () => Promise<Value>): Promise<Value> =>
  traffic ? traffic.inTurn(work) : work()

/** Never inside a turn, and never inside another talk with the same storefront: it would wait for itself. */
export const talkAlone = <Value>(
  { traffic }: WithTraffic,
  connectionId: string,
  work: () => Promise<Value>,
): Promise<Value> => (traffic ? traffic.alone(`storefront ${connectionId}`, work) : work())

/** What is remembered of a storefront; forgotten at once where nobody keeps it. */
export function toldOf({ traffic }: WithTraffic, connectionId: string): Told {
  const known = traffic?.told.get(connectionId) ?? {}
  traffic?.told.set(connectionId, known)
  return known
}
