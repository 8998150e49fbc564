import type { EpochMs } from '../kernel/time.ts'
import type { HandOverWay, Manifest } from './manifest.ts'
import type { OutboxMessage } from './outbox.ts'

/** Hours after which a manifest without a receipt wants a look, unless the shop says otherwise. */
export const usualReceiptHours = 4

/**
 * How far a manifest is on its way: `waiting` in the outbox, `refused` for good, `ready` to be picked up, `sent` without
 * a word yet, `overdue` (sent or ready, and silent for too long), `received` by the courier's signed word.
 */
export type HandOverState = 'waiting' | 'refused' | 'ready' | 'sent' | 'overdue' | 'received'

/** Where a manifest is, and what the manager needs to decide what to do about it. */
export interface HandOverView {
  readonly state: HandOverState
  readonly way: HandOverWay | undefined
  /** When it left or was laid ready; when it was received, once it was. */
  readonly at: EpochMs | undefined
  /** Why it still waits, was refused, or why a receipt did not hold: a reason code. */
  readonly problem: string | undefined
  readonly attempts: number
  /** The next try, while it waits. */
  readonly nextAt: EpochMs | undefined
  readonly doubt: { readonly reason: string; readonly at: EpochMs; readonly way: HandOverWay } | undefined
}

/** `messages` are those that carry this manifest, oldest first. */
export function handOverOf(
  manifest: Manifest,
  messages: readonly OutboxMessage[],
  { now, receiptHours }: { readonly now: EpochMs; readonly receiptHours: number },
): HandOverView {
  const { handOver, receivedAt, sentAt } = manifest
  const living = messages.findLast(({ state }) => state === 'waiting' || state === 'refused')
  // A message that was sent after it settles what a refused one had said.
  const sentLast = messages.at(-1)?.state === 'sent'
  const base = { way: handOver?.way, attempts: 0, problem: undefined, nextAt: undefined, doubt: handOver?.doubt }
  if (receivedAt !== undefined) return { ...base, state: 'received', at: receivedAt }
  if (living && !(living.state === 'refused' && sentLast)) {
    const { attempts, lastProblem: problem } = living
    if (living.state === 'refused') return { ...base, state: 'refused', at: sentAt, attempts, problem }
    return { ...base, state: 'waiting', at: sentAt, attempts, problem, nextAt: living.notBefore }
  }
  const since = handOver?.readyAt ?? sentAt ?? manifest.closedAt
  const state = now - since > receiptHours * 3_600_000 ? 'overdue' : handOver?.readyAt === undefined ? 'sent' : 'ready'
  return { ...base, state, at: since }
}
