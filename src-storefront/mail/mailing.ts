import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { seal } from '../sealing/seal.ts'
import type { Shop } from '../shop/shop.ts'
import { findUntried, insertMail, saveFacts } from '../store/mails.ts'
import { envelopeAddress } from './address.ts'
import { bell, type Bell } from './bell.ts'
import type { MailSettings } from './settings.ts'

/** Mail as far as a shop has it switched on. */
export interface Mailing {
  readonly settings: MailSettings
  /** Wakes the postman. */
  readonly bell: Bell
}

export const mailingOf = (settings: MailSettings): Mailing => ({ settings, bell: bell() })

export const mailKinds = [
  'order-placed',
  'shipped',
  'out-for-delivery',
  'delivered',
  'failed',
  'ready',
  'cancelled',
  'password-reset',
  'password-changed',
  'second-account',
  'erased',
] as const
export type MailKind = (typeof mailKinds)[number]

/** What a mail needs beside the order: nothing personal, it lies in the clear. */
export const mailFacts = z.object({
  parcels: z.array(z.string()).default([]),
  openOrders: z.int().min(0).default(0),
  expiresAt: z.int().optional(),
})
export type MailFacts = z.infer<typeof mailFacts>

export interface NewMail {
  readonly kind: MailKind
  /** Mails of one thread leave in the order in which they were written. */
  readonly thread: string
  readonly userId?: string
  readonly orderId?: string
  /** Of the reader, as a tag. */
  readonly locale: string
  readonly address: string
  readonly facts?: Partial<MailFacts>
  readonly delayMs?: number
}

/**
 * Puts a mail into the outbox, with the Message-ID that it keeps. Call inside the transaction that does what the mail
 * tells: then both are on record, or none. Does nothing in a shop without mail, and for what is no address.
 */
export function writeMail(shop: Shop, mail: NewMail): void {
  const { mailing, clock } = shop
  if (mailing === undefined || envelopeAddress(mail.address) === undefined) return
  const messageId = `<${randomUUID()}@${(envelopeAddress(mailing.settings.from) ?? '').split('@')[1]}>`
  const now = clock.now()
  insertMail(shop.db, {
    message_id: messageId,
    kind: mail.kind,
    thread: mail.thread,
    user_id: mail.userId ?? null,
    order_id: mail.orderId ?? null,
    locale: mail.locale,
    facts: JSON.stringify(mail.facts ?? {}),
    written_at: now,
    due_at: now + (mail.delayMs ?? 0),
    ...seal(shop.keys, messageId, { address: mail.address }),
  })
  mailing.bell.ring()
}

/** Adds parcels to a mail of this kind that still lies untouched; false when there is none. */
export function addToMail(shop: Shop, orderId: string, more: { kind: MailKind; parcels: readonly string[] }): boolean {
  const row = findUntried(shop.db, orderId, more.kind)
  if (row === undefined) return false
  const facts = mailFacts.parse(JSON.parse(row.facts))
  const parcels = [...new Set([...facts.parcels, ...more.parcels])]
  saveFacts(shop.db, row.id, JSON.stringify({ ...facts, parcels }))
  return true
}
