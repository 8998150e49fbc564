import { openProtocolStorefront } from '../../src-main/adapters/storefronts/open-protocol/open-protocol-storefront.ts'
import { bundledWorld } from './bundled-world.ts'
import type { Platform } from './history.ts'

export const platforms = {
  open: {
    makeWorld: (clock) => bundledWorld(clock),
    connector: (world, clock) => openProtocolStorefront({ address: world.url, token: world.token, clock }),
  },
} as const satisfies Readonly<Record<string, Platform>>

export const isPlatform = (name: string): name is keyof typeof platforms => name in platforms
