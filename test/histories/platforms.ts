import { openProtocolStorefront } from '../../src-main/adapters/storefronts/open-protocol/open-protocol-storefront.ts'
import { wooCommerceStorefront } from '../../src-main/adapters/storefronts/woocommerce/woocommerce-storefront.ts'
import type { Clock } from '../../src-main/kernel/time.ts'
import { bundledWorld } from './bundled-world.ts'
import type { Platform } from './history.ts'
import { wooWorld } from './woo-world.ts'
import type { World } from './world.ts'

type Place = Pick<World, 'url' | 'token'>

export const platforms = {
  open: {
    makeWorld: (clock: Clock, _seed: number): World => bundledWorld(clock),
    connector: (world: Place, clock: Clock) =>
      openProtocolStorefront({ address: world.url, token: world.token, clock }),
  },
  woo: {
    makeWorld: (clock: Clock, seed: number): World => wooWorld(clock, seed),
    connector: (world: Place, clock: Clock) =>
      wooCommerceStorefront({
        address: world.url,
        token: world.token,
        clock,
        shopId: 'main',
        fetch: (request) => globalThis.fetch(request),
        sleep: async () => undefined,
        random: () => 0.5,
      }),
  },
} as const satisfies Readonly<Record<string, Platform>>

export const isPlatform = (name: string): name is keyof typeof platforms => name in platforms
