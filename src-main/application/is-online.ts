import type { Connection } from '../ports/store/order-store.ts'

/** Platforms of orders that come over the counter or in a file: nobody is there to ask or to tell. */
const offline: ReadonlySet<string> = new Set(['counter', 'file'])

type Connected = Pick<Connection, 'platform' | 'options'>

/** True for a storefront that is to be asked and told now: it has an address, and nobody has paused it. */
export const isOnline = ({ platform, options }: Connected): boolean =>
  !offline.has(platform) && options.state === undefined

/** True where there is nobody who will ever take a report. */
export const hasNobody = ({ platform, options }: Connected): boolean =>
  offline.has(platform) || options.state === 'disconnected'
