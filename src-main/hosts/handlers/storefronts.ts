import {
  connectStorefront,
  disconnectStorefront,
  setStorefrontOptions,
  setStorefrontState,
} from '../../application/connect-storefront.ts'
import { notesOf } from '../../application/sync-round.ts'
import { testStorefront } from '../../application/test-storefront.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { storefrontOperations } from '../../contract/operations/storefronts.ts'
import type { Handlers } from '../handlers.ts'

type StorefrontHandlers = Pick<Handlers, keyof typeof storefrontOperations>

/** Orders that no storefront brought have a connection too; nobody connects or pauses that. */
const isStorefront = ({ platform }: { readonly platform: string }): boolean =>
  platform === 'open-protocol' || platform === 'woocommerce'

export function storefrontHandlers(workshop: Workshop): StorefrontHandlers {
  return {
    async 'storefronts.list'() {
      const connections = (await workshop.store.loadConnections()).filter(isStorefront)
      return connections.map(({ id, platform, url, options: { state, ...options }, lastSyncAt }) => ({
        id,
        platform,
        url,
        state: state ?? 'connected',
        options: {
          ...(options.tellCustomer && { tellCustomer: [...options.tellCustomer] }),
          ...(options.completeOrders !== undefined && { completeOrders: options.completeOrders }),
          ...(options.statusMap && { statusMap: { ...options.statusMap } }),
        },
        lastSyncAt,
      }))
    },
    async 'storefronts.log'(input) {
      const connections = (await workshop.store.loadConnections()).filter(isStorefront)
      return connections
        .filter(({ id }) => input.id === undefined || input.id === id)
        .flatMap((connection) =>
          (notesOf(connection).log ?? []).map((line) => ({
            storefront: connection.id,
            host: URL.canParse(connection.url) ? new URL(connection.url).host : connection.url,
            ...line,
          })),
        )
        .toSorted((a, b) => b.at - a.at)
    },
    'storefronts.test': (input) => testStorefront(workshop, input),
    'storefronts.words': async ({ platform, language }) => workshop.previewStorefrontWords(platform, language),
    'storefronts.connect': (input, caller) => connectStorefront(workshop, caller, input),
    async 'storefronts.options'(input, caller) {
      await setStorefrontOptions(workshop, caller, input)
      return null
    },
    async 'storefronts.pause'({ id }, caller) {
      await setStorefrontState(workshop, caller, { id, state: 'paused' })
      return null
    },
    async 'storefronts.resume'({ id }, caller) {
      await setStorefrontState(workshop, caller, { id, state: undefined })
      return null
    },
    async 'storefronts.disconnect'({ id }, caller) {
      await disconnectStorefront(workshop, caller, id)
      return null
    },
  }
}
