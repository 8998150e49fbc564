import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../src-main/kernel/errors.ts'
import type { Json } from '../../src-main/kernel/json.ts'
import type { Configuration } from '../configuration.ts'
import { openDatabase } from '../store/database.ts'
import { countMails, nextDueAt, troubledMails } from '../store/mails.ts'
import { envelopeAddress } from './address.ts'
import { letterHtml, letterText, type Letter } from './letter.ts'
import type { Mailer, MailMessage } from './mailer.ts'
import { oneLine } from './one-line.ts'
import { smtpAccess, type MailSettings } from './settings.ts'
import { smtpMailer } from './smtp-mailer.ts'
import { mailWords } from './words/mail-words.ts'

const instantOf = (ms: number): string => new Date(ms).toISOString()

/** What to do about each failure, in words for whoever runs the shop. */
const advice: Readonly<Record<string, string>> = {
  'sign-in-refused': 'The mail server does not accept user and password: check mail.smtp.user and the password.',
  'no-tls': 'No secure connection: check mail.smtp.port and security, or name the certificate in certificateFile.',
  timeout: 'The mail server did not answer in time: check mail.smtp.host and port, and the firewall.',
  unreachable: 'Nobody answers at mail.smtp.host and port, or the connection broke.',
  'unknown-host': 'There is no computer of this name: check mail.smtp.host.',
  address: 'That is not one e-mail address.',
}

const adviceFor = (failure: string): string =>
  advice[failure] ?? 'The mail server answered no: its manual explains the number; often mail.from is not allowed.'

/** `--test-mail` and `--mail-status`: an answer as JSON. Throws `ERR_MAIL_OFF` where there is no mail server to try. */
export function runMailCommand(command: {
  readonly folder: string
  readonly configuration: Configuration
  readonly testMail?: string | undefined
  readonly nowMs: number
}): Promise<Json> | Json {
  const { folder, configuration, testMail, nowMs } = command
  const settings = configuration.mail
  if (testMail === undefined) return mailStatus(folder, settings !== undefined, nowMs)
  if (settings === undefined)
    throw new AppError('ERR_MAIL_OFF', { expected: 'mail in the file given with --seed-config' })
  return sendTestMail(testMail, { configuration, settings, nowMs }, smtpMailer(smtpAccess(settings, process.env)))
}

/** Sends one mail at once, past the outbox. Throws `ERR_MAIL_FAILED` with the reason and what to do about it. */
export async function sendTestMail(
  to: string,
  shop: { readonly configuration: Configuration; readonly settings: MailSettings; readonly nowMs: number },
  mailer: Mailer,
): Promise<Json> {
  if (envelopeAddress(to) === undefined) {
    throw new AppError('ERR_INPUT_INVALID', { flag: '--test-mail', expected: 'one e-mail address' })
  }
  const message = testMessage(to, shop)
  const outcome = await mailer.send(message)
  mailer.close()
  if (outcome === 'sent') return { sent: true, messageId: message.messageId }
  const failure = 'refused' in outcome ? outcome.refused : outcome.failure
  throw new AppError('ERR_MAIL_FAILED', { reason: failure, next: adviceFor(failure) })
}

function testMessage(to: string, shop: Parameters<typeof sendTestMail>[1]): MailMessage {
  const { configuration, settings, nowMs } = shop
  const words = mailWords(configuration, configuration.locale)
  const facts = { shop: configuration.name }
  const letter: Letter = {
    language: words.shared.language,
    subject: words.say('test.subject', facts),
    blocks: [{ text: words.say('test.lead', facts) }],
    sender: configuration.name,
  }
  return {
    messageId: `<${randomUUID()}@${settings.from.split('@').at(-1) ?? ''}>`,
    from: { name: oneLine(configuration.name), address: settings.from },
    replyTo: settings.replyTo,
    to,
    subject: oneLine(letter.subject),
    text: letterText(letter),
    html: letterHtml(letter),
    writtenAtMs: nowMs,
  }
}

const mostTroubles = 100

/** How the outbox stands: counts, and each mail that was refused, given up, or waits after a failure. Names nobody. */
export function mailStatus(folder: string, isOn: boolean, nowMs: number): Json {
  const file = join(folder, 'storefront.sqlite')
  if (!existsSync(file))
    throw new AppError('ERR_INPUT_INVALID', { flag: '--data', expected: 'a folder of a storefront' })
  const db = openDatabase(file, nowMs)
  try {
    const counts = Object.fromEntries(countMails(db).map(({ state, mails }) => [state, mails]))
    const next = nextDueAt(db)
    const troubles = troubledMails(db, mostTroubles).map((row) => ({
      messageId: row.message_id,
      kind: row.kind,
      ...(row.order_number !== null && { orderNumber: String(row.order_number) }),
      state: row.state,
      writtenAt: instantOf(row.written_at),
      tries: row.tries,
      reason: row.failure ?? '',
      meaning: adviceFor(row.failure ?? ''),
    }))
    return { isOn, counts, ...(next !== undefined && { nextTryAt: instantOf(next) }), troubles }
  } finally {
    db.close()
  }
}
