import { z } from 'zod'
import { AppError } from '../../src-main/kernel/errors.ts'
import { logFailure } from '../protocol/problem.ts'
import { unseal } from '../sealing/seal.ts'
import type { Shop } from '../shop/shop.ts'
import { endMail, findDue, markFailed, markTried, nextDueAt, triedSince, type MailRow } from '../store/mails.ts'
import { compose } from './compose.ts'
import { letterHtml, letterText } from './letter.ts'
import type { Mailer, MailMessage } from './mailer.ts'
import type { Mailing } from './mailing.ts'
import { oneLine } from './one-line.ts'
import { retryDelayMs } from './retry.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** Looked again at least so often: another process may have written, or the clock was set. */
const longestSleepMs = minuteMs
const afterTroubleMs = 10_000
/** A mail under way may still be answered for so long when the server stops. */
const graceMs = 2000

export interface Postman {
  /** Resolves once nothing is under way; what was not answered in time is sent again at the next start. */
  stop(): Promise<void>
}

interface Round {
  readonly shop: Shop
  readonly mailing: Mailing
  readonly mailer: Mailer
  /** From 0 to below 1. */
  readonly random: () => number
  /** When mails were tried in the last minute. */
  readonly recent: number[]
}

/** Sends what lies in the outbox, one mail after the other, outside of requests. */
export function startPostman(shop: Shop, mailing: Mailing, how: { mailer: Mailer; random: () => number }): Postman {
  const recent = [...triedSince(shop.db, shop.clock.now() - minuteMs)]
  const round: Round = { shop, mailing, ...how, recent }
  const stopping = new AbortController()
  const working = work(round, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      const giveUp = setTimeout(() => how.mailer.close(), graceMs)
      await working
      clearTimeout(giveUp)
      how.mailer.close()
    },
  }
}

async function work(round: Round, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const sleepMs = await sendNext(round).catch((error: unknown) => {
      log({ trouble: error instanceof AppError ? error.code : 'ERR_INTERNAL' })
      return afterTroubleMs
    })
    if (sleepMs > 0) await round.mailing.bell.wait(sleepMs, signal)
  }
}

/** Sends one mail if one is due and the minute is not used up. Returns how long there is nothing to do. */
async function sendNext(round: Round): Promise<number> {
  const { shop, mailing, recent } = round
  const now = shop.clock.now()
  while (recent[0] !== undefined && recent[0] <= now - minuteMs) recent.shift()
  const row = findDue(shop.db, now)
  if (row === undefined) return Math.min(longestSleepMs, Math.max(1, (nextDueAt(shop.db) ?? Infinity) - now))
  if (now - row.written_at > mailing.settings.giveUpDays * dayMs) {
    endMail(shop.db, row.id, { state: 'given-up', nowMs: now, failure: row.failure ?? 'too-old' })
    log({ mail: row.message_id, kind: row.kind, state: 'given-up' })
    return 0
  }
  if (recent.length >= mailing.settings.perMinute) return Math.max(1, (recent[0] ?? now) + minuteMs - now)
  await send(round, row)
  return 0
}

/**
 * The try is on record before the first byte leaves, and the end after the server has answered: a crash in between
 * repeats this one mail with the Message-ID it had. SMTP promises no more.
 */
async function send(round: Round, row: MailRow): Promise<void> {
  const { shop, mailer, random } = round
  const { db, clock } = shop
  const now = clock.now()
  const dueAt = now + retryDelayMs(row.tries, random())
  markTried(db, row.id, { nowMs: now, dueAt })
  const message = messageOf(round, row)
  if (message === 'trouble') return fail(round, row, { code: 'not-composed', dueAt })
  if (message === undefined) return endMail(db, row.id, { state: 'dropped', nowMs: now })
  // Only what goes out counts: asking for passwords of unknown addresses must hold up nobody's mail.
  round.recent.push(now)
  const outcome = await mailer.send(message)
  if (!db.open) return
  if (outcome === 'sent') return endMail(db, row.id, { state: 'sent', nowMs: clock.now() })
  if ('refused' in outcome) {
    endMail(db, row.id, { state: 'refused', nowMs: clock.now(), failure: outcome.refused })
    return log({ mail: row.message_id, kind: row.kind, state: 'refused', failure: outcome.refused })
  }
  fail(round, row, { code: outcome.failure, dueAt: Math.max(dueAt, clock.now() + outcome.retryAfterMs) })
}

function fail({ shop }: Round, row: MailRow, failure: { code: string; dueAt: number }): void {
  markFailed(shop.db, row.id, failure)
  // Once per mail and kind of failure: a server that is away for a day must not fill the log.
  if (row.failure !== failure.code) {
    log({ mail: row.message_id, kind: row.kind, state: 'waiting', failure: failure.code })
  }
}

const sealedAddress = z.object({ address: z.string() })

/** Undefined when there is nothing left to tell; `trouble` when it could not be written. */
function messageOf({ shop, mailing }: Round, row: MailRow): MailMessage | undefined | 'trouble' {
  try {
    if (row.wrapped_key === null || row.sealed === null) return undefined
    const box = { wrapped_key: row.wrapped_key, sealed: row.sealed }
    const { address } = sealedAddress.parse(unseal(shop.keys, row.message_id, box))
    const letter = shop.db.transaction(() => compose(shop, mailing, { row, address })).immediate()
    if (letter === undefined) return undefined
    return {
      messageId: row.message_id,
      from: { name: oneLine(shop.configuration.name), address: mailing.settings.from },
      replyTo: mailing.settings.replyTo,
      to: address,
      subject: oneLine(letter.subject),
      text: letterText(letter),
      html: letterHtml(letter),
      writtenAtMs: row.written_at,
    }
  } catch (error) {
    logFailure(error)
    return 'trouble'
  }
}

/** Codes and ids alone: no address, no name, no word of a server. */
const log = (facts: { readonly [key: string]: string }): void => void process.stderr.write(JSON.stringify(facts) + '\n')
