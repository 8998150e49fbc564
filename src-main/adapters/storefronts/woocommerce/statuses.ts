import type { Clock } from '../../../kernel/time.ts'
import type { StorefrontOrderStatus } from '../../../ports/storefront.ts'
import type { WooHost } from './woo-host.ts'

/** What one of a shop's statuses means to us; `ignored` are no orders (drafts of a checkout). */
export type StatusMeaning = StorefrontOrderStatus | 'ignored'

/**
 * What WooCommerce's own statuses mean. `failed` is a payment that may be tried again: as a cancelled order it could not
 * come back. The statuses below them are those of well-known plugins (assumed from their names).
 */
const usual: Readonly<Record<string, StatusMeaning>> = {
  pending: 'on-hold',
  processing: 'open',
  'on-hold': 'on-hold',
  completed: 'completed',
  cancelled: 'cancelled',
  refunded: 'cancelled',
  failed: 'on-hold',
  trash: 'cancelled',
  'checkout-draft': 'ignored',
  'auto-draft': 'ignored',
  draft: 'ignored',
  'awaiting-shipment': 'open',
  'ready-to-ship': 'open',
  'awaiting-pickup': 'open',
  packing: 'open',
  picking: 'open',
  shipped: 'completed',
  delivered: 'completed',
  dispatched: 'completed',
}

const core = ['pending', 'processing', 'on-hold', 'completed', 'cancelled', 'refunded', 'failed']

export interface StatusTable {
  meaningOf(status: string): StatusMeaning
  /** Statuses of orders somebody still waits for, plugins' own among them; payments that failed are not. */
  openStatuses(): Promise<readonly string[]>
  /** Statuses that `status=any` may leave out: the bin, and those of plugins. */
  besidesAny(): Promise<readonly string[]>
}

const trustedForMs = 3_600_000

/** An unknown status is on hold: nothing is sent before somebody has said what it means (`statusMap` of the connection). */
export function statusTable(
  host: WooHost,
  { clock, statusMap = {} }: { readonly clock: Clock; readonly statusMap?: Readonly<Record<string, StatusMeaning>> | undefined }, // prettier-ignore
): StatusTable {
  let discovered: { readonly at: number; readonly legal: readonly string[] } | undefined
  const legal = async (): Promise<readonly string[]> => {
    if (!discovered || clock.now() - discovered.at > trustedForMs) {
      discovered = { at: clock.now(), legal: await discoverStatuses(host) }
    }
    return discovered.legal
  }
  const meaningOf = (status: string): StatusMeaning => statusMap[status] ?? usual[status] ?? 'on-hold'
  return {
    meaningOf,
    async openStatuses() {
      const isOpen = (status: string): boolean => ['open', 'on-hold'].includes(meaningOf(status))
      return (await legal()).filter((status) => isOpen(status) && status !== 'failed')
    },
    async besidesAny() {
      const ownOfPlugins = (await legal()).filter((status) => !core.includes(status) && meaningOf(status) !== 'ignored')
      return ['trash', ...ownOfPlugins]
    },
  }
}

/** No status has this name; the refusal lists those that there are. */
const noStatus = 'backroom-asks'

/** The legal statuses, from the answer to one that is not. The sentence around them is in the site's language. */
async function discoverStatuses(host: WooHost): Promise<readonly string[]> {
  const query = { status: noStatus, per_page: '1', _fields: 'id' }
  const { status, json } = await host.call({ method: 'GET', path: 'wc/v3/orders', query, alsoAccept: [400] })
  const sentence = status === 400 ? statusSentence(json) : undefined
  const names = (sentence ?? '')
    .split(/[,、]/)
    .map(
      (piece) =>
        piece
          .trim()
          .split(/\s+/)
          .at(-1)
          ?.replace(/[.。]$/, '') ?? '',
    )
    .filter((name) => /^[a-z0-9][a-z0-9_-]*$/.test(name) && name !== 'any' && name !== 'trash')
  return names.includes('processing') ? [...new Set(names)] : core
}

/** `data.params.status` of WordPress's error. */
function statusSentence(json: unknown): string | undefined {
  let value = json
  for (const key of ['data', 'params', 'status']) {
    value = typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined // prettier-ignore
  }
  return typeof value === 'string' ? value : undefined
}
