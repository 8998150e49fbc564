import type { Caller, Workshop } from '../application/workshop.ts'
import type { Events, Topic } from '../contract/events.ts'
import { failureOf, type Reply } from '../contract/failure.ts'
import { firstIssue } from '../contract/input-issue.ts'
import type { Door, Standing } from '../contract/operation.ts'
import {
  isOperationName,
  operations,
  type OperationName,
  type OutputOf,
  type ParsedInputOf,
} from '../contract/operations.ts'
import { AppError } from '../kernel/errors.ts'
import { noNetwork, type StationNetwork } from '../ports/station-network.ts'
import { carrierFileHandlers } from './handlers/carrier-files.ts'
import { cartonHandlers } from './handlers/cartons.ts'
import { counterHandlers } from './handlers/counter.ts'
import { courierHandlers } from './handlers/couriers.ts'
import { dispatchHandlers } from './handlers/dispatch.ts'
import { fileHandlers } from './handlers/files.ts'
import { floorHandlers } from './handlers/floor.ts'
import { invoiceHandlers } from './handlers/invoices.ts'
import { measureHandlers } from './handlers/measures.ts'
import { orderHandlers } from './handlers/orders.ts'
import { pairingOffers } from './handlers/pairing-offers.ts'
import { parcelHandlers } from './handlers/parcels.ts'
import { photoHandlers } from './handlers/photos.ts'
import { pinGate } from './handlers/pin-gate.ts'
import { sampleHandlers } from './handlers/sample.ts'
import { sealingHandlers } from './handlers/sealing.ts'
import { planWaveHandlers } from './handlers/plan-wave.ts'
import { printingHandlers } from './handlers/printing.ts'
import { privacyHandlers } from './handlers/privacy.ts'
import { seats as makeSeats, type Present, type Seated } from './handlers/seats.ts'
import { reportHandlers } from './handlers/reports.ts'
import { returnHandlers } from './handlers/returns.ts'
import { shopHandlers } from './handlers/shop.ts'
import { shopMailHandlers } from './handlers/shop-mail.ts'
import { staffHandlers } from './handlers/staff.ts'
import { stationHandlers } from './handlers/stations.ts'
import { storefrontHandlers } from './handlers/storefronts.ts'
import { tourClaims } from './handlers/tour-claims.ts'
import { waveHandlers } from './handlers/waves.ts'
import { newLine, roomTraffic } from './traffic.ts'

export type Handler<Name extends OperationName> = (
  input: ParsedInputOf<Name>,
  caller: Caller,
) => Promise<OutputOf<Name>>
export type Handlers = { readonly [Name in OperationName]: Handler<Name> }

/** Who stands at which door; nothing behind this line knows more about doors than this. */
export type Visitor = Seated

/** The room that all doors lead into. */
export interface Room {
  /**
   * Parses, checks the audience, runs. Commands run one at a time, in the order they came; queries whenever they like;
   * errands beside the commands, in line with them for each of their writes.
   */
  call(operation: string, input: unknown, who: Visitor, job: string): Promise<Reply<unknown>>
  /** Asks the job to stop at its next step. */
  cancel(job: string): void
  /** Who stands at the visitor's terminal right now. */
  present(who: Visitor): Promise<Present>
  /** Milliseconds since somebody at a window or a station last called; Infinity before the first. */
  unusedMs(): number
  subscribe(listener: (topic: Topic, event: Events[Topic]) => void): () => void
}

export interface RoomOptions {
  /** Where bugs are written down; never called for expected failures. */
  readonly logBug?: ((operation: string, error: unknown) => void) | undefined
  /** The door for terminals on the local network; absent where this process has none. */
  readonly network?: StationNetwork | undefined
  /** Removes every file of the shop but its open database. */
  readonly clearShopFiles?: (() => void) | undefined
  /** Ends the process behind this room. */
  readonly stop?: (() => void) | undefined
}

// eslint-disable-next-line max-params -- the four parts of one call, the same at every door
type Call = (operation: string, input: unknown, who: Visitor, job: string) => Promise<Reply<unknown>>

export function createRoom(workshop: Workshop, options: RoomOptions = {}): Room {
  const seats = makeSeats(workshop)
  const handlers = everyHandler(workshop, options, seats)
  const listeners = new Set<(topic: Topic, event: Events[Topic]) => void>()
  /** Jobs under way, and whether somebody asked them to stop; a name may be used again once its job has ended. */
  const jobs = new Map<string, { isCancelled: boolean }>()
  const announce = <Name extends Topic>(topic: Name, event: Events[Name]): void => {
    for (const listener of listeners) listener(topic, event)
  }
  let usedAt: number | undefined
  const inTurn = newLine()
  const traffic = roomTraffic(inTurn)

  // eslint-disable-next-line max-params -- the four parts of one call, the same at every door
  const call: Call = async (operation, input, who, job) => {
    const running = { isCancelled: false }
    jobs.set(job, running)
    if (who.door !== 'cli') usedAt = workshop.system.clock.now()
    try {
      const { actor, terminal, standing } = await seats.present(who)
      const { name, parsed } = parse(operation, input, { door: who.door, standing })
      const caller: Caller = {
        actor,
        terminal,
        source: who.door,
        watch: {
          report: (progress) => announce('progress', { job, ...progress }),
          isCancelled: () => running.isCancelled,
        },
      }
      // parse() has checked the input with this very operation's schema.
      const run = handlers[name] as (input: unknown, caller: Caller) => Promise<unknown>
      const { kind } = operations[name]
      if (terminal !== undefined && kind !== 'query') seats.touch(terminal)
      if (kind === 'query') return { ok: true, value: await run(parsed, caller) }
      if (kind === 'errand') {
        // One that fails has stored what it did until then, and why it broke off.
        const done = run(parsed, { ...caller, traffic }).finally(() => announce('changed', { operation: name }))
        return { ok: true, value: (await done) ?? null }
      }
      const value = await inTurn(() => run(parsed, caller))
      announce('changed', { operation: name })
      return { ok: true, value: value ?? null }
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code === 'ERR_INTERNAL') options.logBug?.(operation, error)
      if (who.actor.startsWith('courier:')) announce('refused', { operation, code: failure.code })
      return { ok: false, error: failure }
    } finally {
      if (jobs.get(job) === running) jobs.delete(job)
    }
  }
  return {
    call,
    cancel(job) {
      const running = jobs.get(job)
      if (running) running.isCancelled = true
    },
    present: (who) => seats.present(who),
    unusedMs: () => (usedAt === undefined ? Infinity : workshop.system.clock.now() - usedAt),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Two operations share what one of them keeps in memory only here: seats, claimed tours, wrong PINs, offered codes. */
function everyHandler(workshop: Workshop, options: RoomOptions, seats: ReturnType<typeof makeSeats>): Handlers {
  const gate = pinGate(workshop.system.clock)
  const claims = tourClaims(workshop.system.clock)
  const offers = pairingOffers(workshop.system)
  const { network = noNetwork } = options
  return {
    ...shopHandlers(workshop, options),
    ...staffHandlers(workshop, { gate, seats, claims }),
    ...stationHandlers(workshop, { network, offers, seats, claims }),
    ...sampleHandlers(workshop, options),
    ...sealingHandlers(workshop, gate),
    ...courierHandlers(workshop),
    ...orderHandlers(workshop),
    ...planWaveHandlers(workshop),
    ...cartonHandlers(workshop),
    ...waveHandlers(workshop),
    ...dispatchHandlers(workshop),
    ...carrierFileHandlers(workshop),
    ...shopMailHandlers(workshop),
    ...storefrontHandlers(workshop),
    ...fileHandlers(workshop),
    ...counterHandlers(workshop),
    ...invoiceHandlers(workshop),
    ...floorHandlers(workshop),
    ...measureHandlers(workshop),
    ...parcelHandlers(workshop),
    ...photoHandlers(workshop),
    ...privacyHandlers(workshop),
    ...printingHandlers(workshop),
    ...returnHandlers(workshop),
    ...reportHandlers(workshop),
  }
}

interface Asking {
  readonly door: Door
  readonly standing: Standing | undefined
}

function parse(
  operation: string,
  input: unknown,
  { door, standing }: Asking,
): { name: OperationName; parsed: unknown } {
  if (!isOperationName(operation)) throw new AppError('ERR_COMMAND_UNKNOWN', { operation: operation.slice(0, 60) })
  const { audience, standings } = operations[operation]
  if (!audience.includes(door)) throw new AppError('ERR_NOT_ALLOWED', { operation, door })
  if (standing !== undefined && !standings.includes(standing))
    throw standing === 'nobody'
      ? new AppError('ERR_SIGN_IN_NEEDED', { operation })
      : new AppError('ERR_NOT_ALLOWED', { operation, reason: 'standing', role: standing })
  const result = operations[operation].input.safeParse(input ?? {})
  if (result.success) return { name: operation, parsed: result.data }
  throw new AppError('ERR_INPUT_INVALID', { ...firstIssue(result.error) })
}
