/** A mail as it is handed over. `messageId` with its angle brackets; `from.name` and `subject` are one line each. */
export interface MailMessage {
  readonly messageId: string
  readonly from: { readonly name: string; readonly address: string }
  readonly replyTo?: string | undefined
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** When it was written; the same at every try. */
  readonly writtenAtMs: number
}

/**
 * `sent`: the server has taken it over. `retryAfterMs`: not now, wait at least that long. `refused`: this mail will
 * never be taken. Both name a code of ours (`smtp-550`, `unreachable`, `sign-in-refused`), never the server's words,
 * which may name somebody.
 */
export type MailOutcome =
  'sent' | { readonly retryAfterMs: number; readonly failure: string } | { readonly refused: string }

/** The way out for mails. Never throws: whatever happens on the way is an outcome. */
export interface Mailer {
  send(message: MailMessage): Promise<MailOutcome>
  close(): void
}
