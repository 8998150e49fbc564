import { createTransport } from 'nodemailer'
import { envelopeAddress } from './address.ts'
import type { Mailer, MailMessage, MailOutcome } from './mailer.ts'
import type { SmtpAccess } from './settings.ts'

export interface SmtpTimes {
  readonly connectMs: number
  readonly idleMs: number
}

/** A server that is silent for longer is taken for gone. RFC 5321 allows minutes; nobody waits for a mail here. */
const usualTimes: SmtpTimes = { connectMs: 15_000, idleMs: 60_000 }
/** Least wait after a 4xx: greylisting and full queues take longer than a line that broke. */
const busyMs = 5000

/** Sends through one kept connection to the shop's mail server. */
export function smtpMailer(access: SmtpAccess, times: SmtpTimes = usualTimes): Mailer {
  const { user, password, certificates } = access
  const transport = createTransport({
    pool: true,
    maxConnections: 1,
    maxRequeues: 0,
    host: access.host,
    port: access.port,
    secure: access.security === 'tls',
    requireTLS: access.security === 'starttls',
    ignoreTLS: access.security === 'none',
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: times.connectMs,
    dnsTimeout: times.connectMs,
    greetingTimeout: times.idleMs,
    socketTimeout: times.idleMs,
    tls: { minVersion: 'TLSv1.2', ...(certificates !== undefined && { ca: certificates }) },
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  })
  return {
    async send(message) {
      const to = envelopeAddress(message.to)
      if (to === undefined) return { refused: 'address' }
      try {
        await transport.sendMail(wireMessage(message, to))
        return 'sent'
      } catch (error) {
        return outcomeOf(error)
      }
    },
    close: () => transport.close({ force: true }),
  }
}

const wireMessage = (message: MailMessage, to: string) => ({
  messageId: message.messageId,
  date: new Date(message.writtenAtMs),
  from: { name: message.from.name, address: message.from.address },
  // As objects: a text would be read as a list of addresses.
  to: { name: '', address: to },
  ...(message.replyTo !== undefined && { replyTo: { name: '', address: message.replyTo } }),
  envelope: { from: message.from.address, to: [to] },
  subject: message.subject,
  text: message.text,
  html: message.html,
  // RFC 3834: no out-of-office answer is wanted.
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
})

const failureByCode: Readonly<Record<string, string>> = {
  EAUTH: 'sign-in-refused',
  ENOAUTH: 'sign-in-refused',
  ETLS: 'no-tls',
  ETIMEDOUT: 'timeout',
  EDNS: 'unknown-host',
}

/**
 * A 5xx about the recipient or the message ends the mail. A 5xx about who sends (greeting, sign-in, sender address) is
 * the shop's own trouble: the mail waits until it is mended.
 */
function outcomeOf(error: unknown): MailOutcome {
  const { code, responseCode, command, cause } = factsOf(error)
  const isAboutThisMail = command !== undefined && /^(RCPT TO|DATA|BDAT)$/.test(command)
  if (responseCode !== undefined && responseCode >= 500 && responseCode !== 503 && isAboutThisMail) {
    return { refused: `smtp-${responseCode}` }
  }
  const isAboutTls = cause !== undefined && /CERT|SSL|TLS|ISSUER|SIGNATURE/.test(cause)
  const known = isAboutTls ? 'no-tls' : code === undefined ? undefined : failureByCode[code]
  const answered = responseCode === undefined ? 'unreachable' : `smtp-${responseCode}`
  return { retryAfterMs: responseCode === undefined ? 0 : busyMs, failure: known ?? answered }
}

function factsOf(error: unknown): { code?: string; responseCode?: number; command?: string; cause?: string } {
  if (typeof error !== 'object' || error === null) return {}
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const responseCode =
    'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined
  // What Node said before the library gave it a code of its own.
  const cause = 'originalCode' in error && typeof error.originalCode === 'string' ? error.originalCode : undefined
  const command = 'command' in error && typeof error.command === 'string' ? error.command : undefined
  return {
    ...(code !== undefined && { code }),
    ...(responseCode !== undefined && responseCode > 0 && { responseCode }),
    ...(command !== undefined && { command }),
    ...(cause !== undefined && { cause }),
  }
}
