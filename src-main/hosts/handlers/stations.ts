import { auditEntry } from '../../application/audit.ts'
import { pairTerminal, revokeTerminal } from '../../application/pair-terminal.ts'
import { getWave } from '../../application/run-wave.ts'
import type { Caller, Workshop } from '../../application/workshop.ts'
import type { StationsView, stationOperations, TourClaimView } from '../../contract/operations/stations.ts'
import { canSignIn } from '../../domain/people.ts'
import { usualStations, type StationSettings } from '../../domain/station-network.ts'
import { AppError } from '../../kernel/errors.ts'
import type { StationNetwork } from '../../ports/station-network.ts'
import type { Handlers } from '../handlers.ts'
import type { PairingOffers } from './pairing-offers.ts'
import type { Seats } from './seats.ts'
import type { TourClaim, TourClaims } from './tour-claims.ts'

export interface StationRoom {
  readonly network: StationNetwork
  readonly offers: PairingOffers
  readonly seats: Seats
  readonly claims: TourClaims
}

type StationHandlers = Pick<Handlers, keyof typeof stationOperations>

export const stationHandlers = (workshop: Workshop, room: StationRoom): StationHandlers => ({
  ...networkHandlers(workshop, room),
  ...terminalHandlers(workshop, room),
  ...tourHandlers(workshop, room),
})

type NetworkHandlers = Pick<
  Handlers,
  'stations.state' | 'stations.open-network' | 'stations.close-network' | 'stations.set-lock'
>

function networkHandlers({ store, system }: Workshop, { network, offers }: StationRoom): NetworkHandlers {
  async function stateNow(): Promise<StationsView> {
    const { isOnNetwork, port, lockMinutes } = (await store.findSettings())?.stations ?? usualStations
    const { addresses, problem, trust } = network.state()
    const withPin = (await store.loadStaff()).filter(canSignIn).length
    return {
      isWanted: isOnNetwork,
      port,
      addresses,
      problem: isOnNetwork ? problem : undefined,
      trust,
      offer: offers.current(),
      lockMinutes,
      withPin,
    }
  }
  async function change(caller: Caller, part: Partial<StationSettings>, action: string): Promise<StationsView> {
    const settings = await store.findSettings()
    if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
    const stations = { ...(settings.stations ?? usualStations), ...part }
    await store.saveSettings(
      { ...settings, stations },
      auditEntry(system, caller, {
        action,
        entity: 'settings',
        entityId: 'stations',
        facts: { port: stations.port, lockMinutes: stations.lockMinutes },
      }),
    )
    await network.apply(stations)
    return stateNow()
  }
  return {
    'stations.state': stateNow,
    'stations.open-network': ({ port }, caller) => change(caller, { isOnNetwork: true, port }, 'open-station-network'),
    async 'stations.close-network'(_input, caller) {
      offers.withdraw()
      return change(caller, { isOnNetwork: false }, 'close-station-network')
    },
    'stations.set-lock': ({ minutes }, caller) => change(caller, { lockMinutes: minutes }, 'set-station-lock'),
  }
}

type TerminalHandlers = Pick<
  Handlers,
  | 'terminals.pair'
  | 'terminals.offer'
  | 'terminals.withdraw-offer'
  | 'terminals.redeem'
  | 'terminals.list'
  | 'terminals.revoke'
>

function terminalHandlers(workshop: Workshop, { network, offers, seats }: StationRoom): TerminalHandlers {
  const { store } = workshop
  return {
    'terminals.pair': (input, caller) => pairTerminal(workshop, caller, input.name),
    async 'terminals.offer'({ name }) {
      const { addresses, trust, problem } = network.state()
      if (!trust || addresses.length === 0)
        throw new AppError('ERR_STATION_NETWORK_CLOSED', { reason: problem ?? 'closed' })
      // Beyond this machine nobody works without a PIN: a terminal without anybody who has one would be a dead end.
      if (!(await store.loadStaff()).some(canSignIn))
        throw new AppError('ERR_STATION_NETWORK_CLOSED', { reason: 'no-pin' })
      const { code, expiresAt } = offers.make(name)
      return {
        code,
        expiresAt,
        links: addresses.map((address) => `${address}/#/pair/${code}`),
        fingerprint: trust.fingerprint,
      }
    },
    async 'terminals.withdraw-offer'() {
      offers.withdraw()
      return null
    },
    async 'terminals.redeem'({ code }, caller) {
      const name = offers.redeem(code)
      return { name, ...(await pairTerminal(workshop, caller, name)) }
    },
    async 'terminals.list'() {
      const terminals = await store.loadTerminals()
      return Promise.all(
        terminals.map(async ({ id, name, pairedAt, revokedAt, lastSeenAt }) => {
          const { person } = await seats.present({ door: 'station', actor: `station:${id}` })
          return { id, name, pairedAt, revokedAt, lastSeenAt, person: person?.name }
        }),
      )
    },
    async 'terminals.revoke'({ terminalId }, caller) {
      await revokeTerminal(workshop, caller, terminalId)
      seats.signOut(`station:${terminalId}`)
      return null
    },
  }
}

type TourHandlers = Pick<Handlers, 'tours.claim' | 'tours.release' | 'tours.claims'>

function tourHandlers({ store }: Workshop, { claims }: StationRoom): TourHandlers {
  const viewOf = ({ tour, actor, name, since }: TourClaim, caller: Caller): TourClaimView => ({
    tour,
    name,
    since,
    isMine: actor === caller.actor,
    staffId: actor.startsWith('staff:') ? actor.slice('staff:'.length) : undefined,
  })
  return {
    async 'tours.claim'({ wave, tour, takesOver }, caller) {
      const { id } = await getWave(store, wave)
      const mine = { tour, actor: caller.actor, name: await nameOf(store, caller) }
      return viewOf(claims.claim(id, mine, takesOver), caller)
    },
    async 'tours.release'({ wave, tour }, caller) {
      claims.release((await getWave(store, wave)).id, tour, caller.actor)
      return null
    },
    'tours.claims': async ({ wave }, caller) =>
      claims.of((await getWave(store, wave)).id).map((claim) => viewOf(claim, caller)),
  }
}

/** The person's name, the terminal's where nobody signed in, empty at the manager's desk. */
async function nameOf(store: Workshop['store'], { actor }: Caller): Promise<string> {
  const [kind, id] = actor.split(':')
  if (kind === 'staff') return (await store.loadStaff()).find((one) => one.id === id)?.name ?? ''
  if (kind === 'station') return (await store.loadTerminals()).find((one) => one.id === id)?.name ?? ''
  return ''
}
