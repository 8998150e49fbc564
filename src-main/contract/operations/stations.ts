import { z } from 'zod'
import type { NetworkState } from '../../domain/station-network.ts'
import { command, everywhere, managers, query, stationOnly } from '../operation.ts'

const id = z.string().min(1).max(64)
const name = z.string().trim().min(1).max(60)
const tour = z.object({ wave: z.string().min(1).max(100), tour: z.int().min(1) })

/** A code that pairs one terminal, as long as it is good for anything. */
export interface PairingOfferView {
  readonly name: string
  readonly expiresAt: number
  readonly triesLeft: number
}

export interface StationsView extends NetworkState {
  readonly offer: PairingOfferView | undefined
  /** Minutes without a touch until a station forgets who stood there. */
  readonly lockMinutes: number
  /** How many people can sign in at a station. */
  readonly withPin: number
}

export interface TourClaimView {
  readonly tour: number
  readonly staffId: string | undefined
  /** Of the person, or of the terminal where nobody signed in. */
  readonly name: string
  readonly isMine: boolean
  readonly since: number
}

/** Terminals, the way they reach us, and who walks which tour. */
export const stationOperations = {
  'stations.state': query<StationsView>()(managers, z.object({})),
  /** Listens on the local network, HTTPS only, from now on and after every start. */
  'stations.open-network': command<StationsView>()(
    managers,
    z.object({ port: z.int().min(1024).max(65_535).default(8443) }),
  ),
  /** Stops listening there; terminals stay paired. */
  'stations.close-network': command<StationsView>()(managers, z.object({})),
  'stations.set-lock': command<StationsView>()(managers, z.object({ minutes: z.int().min(1).max(120) })),

  /** A terminal of this machine, by its token; beyond it a terminal pairs itself with an offer. */
  'terminals.pair': command<{ readonly terminalId: string; readonly token: string }>()(managers, z.object({ name })),
  /** A code good once and for minutes, to be scanned or typed at the terminal. A new one takes the place of the last. */
  'terminals.offer': command<{
    readonly code: string
    readonly expiresAt: number
    /** The pairing page at each address, the code behind `#`; the first is the one to show as a square code. */
    readonly links: readonly string[]
    readonly fingerprint: string
  }>()(managers, z.object({ name })),
  'terminals.withdraw-offer': command<null>()(managers, z.object({})),
  /** What the pairing page calls. The station's server keeps the token in a cookie no script can read. */
  'terminals.redeem': command<{ readonly terminalId: string; readonly token: string; readonly name: string }>()(
    stationOnly,
    z.object({ code: z.string().min(1).max(40) }),
  ),
  'terminals.list': query<
    readonly {
      readonly id: string
      readonly name: string
      readonly pairedAt: number
      readonly revokedAt: number | undefined
      readonly lastSeenAt: number | undefined
      /** Who is signed in there. */
      readonly person: string | undefined
    }[]
  >()(managers, z.object({})),
  /** Its token is worth nothing from this moment on, and whoever stood there is signed out. */
  'terminals.revoke': command<null>()(managers, z.object({ terminalId: id })),

  /** Says who walks a tour, so that nobody walks it twice; answers who does. `takesOver` also where somebody else does. */
  'tours.claim': command<TourClaimView>()(everywhere, tour.extend({ takesOver: z.boolean().default(false) })),
  'tours.release': command<null>()(everywhere, tour),
  'tours.claims': query<readonly TourClaimView[]>()(everywhere, tour.pick({ wave: true })),
}
