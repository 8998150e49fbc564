import type { NetworkState, StationSettings } from '../domain/station-network.ts'

/** The door for terminals on the local network, as far as this process has one. */
export interface StationNetwork {
  /** What is listened on right now, and why not when it should be. */
  state(): Omit<NetworkState, 'isWanted' | 'port'>
  /** Opens, moves or closes it. What the world does is told by `state`, never thrown. */
  apply(wanted: StationSettings): Promise<void>
}

/** A command of its own process opens nothing: whatever serves the shop next does. */
export const noNetwork: StationNetwork = {
  state: () => ({ addresses: [], problem: 'not-running', trust: undefined }),
  apply: async () => undefined,
}
