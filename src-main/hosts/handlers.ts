import type { Caller, Workshop } from '../application/workshop.ts'
import type { Events, Topic } from '../contract/events.ts'
import { failureOf, type Reply } from '../contract/failure.ts'
import { firstIssue } from '../contract/input-issue.ts'
import type { Door } from '../contract/operation.ts'
import {
  isOperationName,
  operations,
  type OperationName,
  type OutputOf,
  type ParsedInputOf,
} from '../contract/operations.ts'
import { AppError } from '../kernel/errors.ts'
import { carrierFileHandlers } from './handlers/carrier-files.ts'
import { counterHandlers } from './handlers/counter.ts'
import { courierHandlers } from './handlers/couriers.ts'
import { dispatchHandlers } from './handlers/dispatch.ts'
import { fileHandlers } from './handlers/files.ts'
import { invoiceHandlers } from './handlers/invoices.ts'
import { measureHandlers } from './handlers/measures.ts'
import { orderHandlers } from './handlers/orders.ts'
import { pinGate } from './handlers/pin-gate.ts'
import { sealingHandlers } from './handlers/sealing.ts'
import { printingHandlers } from './handlers/printing.ts'
import { privacyHandlers } from './handlers/privacy.ts'
import { shopHandlers } from './handlers/shop.ts'
import { shopMailHandlers } from './handlers/shop-mail.ts'
import { storefrontHandlers } from './handlers/storefronts.ts'
import { waveHandlers } from './handlers/waves.ts'
import { newLine, roomTraffic } from './traffic.ts'

export type Handler<Name extends OperationName> = (
  input: ParsedInputOf<Name>,
  caller: Caller,
) => Promise<OutputOf<Name>>
export type Handlers = { readonly [Name in OperationName]: Handler<Name> }

/** Who stands at which door; nothing behind this line knows more about doors than this. */
export interface Visitor {
  readonly door: Door
  readonly actor: string
}

/** The room that all doors lead into. */
export interface Room {
  /**
   * Parses, checks the audience, runs. Commands run one at a time, in the order they came; queries whenever they like;
   * errands beside the commands, in line with them for each of their writes.
   */
  call(operation: string, input: unknown, who: Visitor, job: string): Promise<Reply<unknown>>
  /** Asks the job to stop at its next step. */
  cancel(job: string): void
  /** Milliseconds since somebody at a window or a station last called; Infinity before the first. */
  unusedMs(): number
  subscribe(listener: (topic: Topic, event: Events[Topic]) => void): () => void
}

export interface RoomOptions {
  /** Where bugs are written down; never called for expected failures. */
  readonly logBug?: ((operation: string, error: unknown) => void) | undefined
  /** Ends the process behind this room. */
  readonly stop?: (() => void) | undefined
}

// eslint-disable-next-line max-params -- the four parts of one call, the same at every door
type Call = (operation: string, input: unknown, who: Visitor, job: string) => Promise<Reply<unknown>>

export function createRoom(workshop: Workshop, options: RoomOptions = {}): Room {
  const gate = pinGate(workshop.system.clock)
  const handlers: Handlers = {
    ...shopHandlers(workshop, { ...options, gate }),
    ...sealingHandlers(workshop, gate),
    ...courierHandlers(workshop),
    ...orderHandlers(workshop),
    ...waveHandlers(workshop),
    ...dispatchHandlers(workshop),
    ...carrierFileHandlers(workshop),
    ...shopMailHandlers(workshop),
    ...storefrontHandlers(workshop),
    ...fileHandlers(workshop),
    ...counterHandlers(workshop),
    ...invoiceHandlers(workshop),
    ...measureHandlers(workshop),
    ...privacyHandlers(workshop),
    ...printingHandlers(workshop),
  }
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
      const { name, parsed } = parse(operation, input, who.door)
      const caller: Caller = {
        actor: who.actor,
        source: who.door,
        watch: {
          report: (progress) => announce('progress', { job, ...progress }),
          isCancelled: () => running.isCancelled,
        },
      }
      // parse() has checked the input with this very operation's schema.
      const run = handlers[name] as (input: unknown, caller: Caller) => Promise<unknown>
      const { kind } = operations[name]
      if (kind === 'query') return { ok: true, value: await run(parsed, caller) }
      const value =
        kind === 'errand' ? await run(parsed, { ...caller, traffic }) : await inTurn(() => run(parsed, caller))
      announce('changed', { operation: name })
      return { ok: true, value: value ?? null }
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code === 'ERR_INTERNAL') options.logBug?.(operation, error)
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
    unusedMs: () => (usedAt === undefined ? Infinity : workshop.system.clock.now() - usedAt),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function parse(operation: string, input: unknown, door: Door): { name: OperationName; parsed: unknown } {
  if (!isOperationName(operation)) throw new AppError('ERR_COMMAND_UNKNOWN', { operation: operation.slice(0, 60) })
  if (!operations[operation].audience.includes(door)) throw new AppError('ERR_NOT_ALLOWED', { operation, door })
  const result = operations[operation].input.safeParse(input ?? {})
  if (result.success) return { name: operation, parsed: result.data }
  throw new AppError('ERR_INPUT_INVALID', { ...firstIssue(result.error) })
}
