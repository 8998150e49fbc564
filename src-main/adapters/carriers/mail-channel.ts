import { domainToASCII } from 'node:url'
import { AppError } from '../../kernel/errors.ts'
import type { CourierFile, DeliveryOutcome, MailAccess } from '../../ports/carriers.ts'

/** A mail server that is silent for longer is taken for gone; the manifest waits in the outbox. */
const silenceMs = 60_000

/**
 * Sends the sealed file as an attachment. Subject, text and file name hold the manifest's number and nothing else. The
 * same idempotency key gives the same Message-ID and date at every try: where a crash had a mail sent twice, mailboxes
 * show one. 4xx and a server that is away = later; 5xx about the recipient or the mail = never. A 5xx about who sends
 * (greeting, sign-in, sender) and a server that offers no TLS are the shop's own trouble: the file waits until it is
 * mended.
 */
export async function mailToCourier(to: string, access: MailAccess, file: CourierFile): Promise<DeliveryOutcome> {
  const recipient = envelopeAddress(to)
  const sender = envelopeAddress(access.from)
  if (recipient === undefined) return { outcome: 'refused', problem: 'address-invalid' }
  if (sender === undefined) throw unreachable('sender-address')
  const transport = await transportTo(access)
  try {
    await transport.sendMail(messageOf(file, { sender, recipient }))
    return { outcome: 'sent' }
  } catch (error) {
    return outcomeOf(error)
  } finally {
    transport.close()
  }
}

/** Greets the server and signs in; answers what is wrong, as a reason code. */
export async function tryMailServer(access: MailAccess): Promise<string | undefined> {
  if (envelopeAddress(access.from) === undefined) return 'sender-address'
  const transport = await transportTo(access)
  try {
    await transport.verify()
    return undefined
  } catch (error) {
    return reasonOf(error)
  } finally {
    transport.close()
  }
}

const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const domain =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/

/** One address as it can stand in an envelope, its domain in ASCII. Undefined for lists, names, comments, line ends. */
function envelopeAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  if (at < 1 || local.length > 64 || !localPart.test(local)) return undefined
  const ascii = domainToASCII(text.slice(at + 1))
  return domain.test(ascii) ? `${local}@${ascii}` : undefined
}

const transportTo = async ({ host, port, security, user, password, certificates }: MailAccess) => {
  // Most shops never mail a manifest.
  const { createTransport } = await import('nodemailer')
  return createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: 15_000,
    dnsTimeout: 15_000,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    tls: { minVersion: 'TLSv1.2', ...(certificates !== undefined && { ca: certificates }) },
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  })
}

function messageOf(file: CourierFile, { sender, recipient }: { sender: string; recipient: string }) {
  const number = file.fileName.replace(/\.manifest\.jwe$/, '')
  return {
    messageId: `<${file.idempotencyKey}@${sender.slice(sender.lastIndexOf('@') + 1)}>`,
    date: new Date(file.writtenAt),
    // As objects: a text would be read as a list of addresses.
    from: { name: '', address: sender },
    to: { name: '', address: recipient },
    envelope: { from: sender, to: [recipient] },
    subject: number,
    text: `${number}\n`,
    attachments: [{ filename: file.fileName, content: file.content, contentType: 'application/jose' }],
    // RFC 3834: no out-of-office answer is wanted.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  }
}

const reasonByCode: Readonly<Record<string, string>> = {
  EAUTH: 'sign-in-refused',
  ENOAUTH: 'sign-in-refused',
  ETLS: 'no-tls',
  ETIMEDOUT: 'timeout',
  EDNS: 'unknown-host',
}

function outcomeOf(error: unknown): DeliveryOutcome {
  const { responseCode, command } = factsOf(error)
  const isAboutThisMail = command !== undefined && /^(RCPT TO|DATA|BDAT)$/.test(command)
  if (responseCode !== undefined && responseCode >= 500 && responseCode !== 503 && isAboutThisMail)
    return { outcome: 'refused', problem: `smtp-${responseCode}` }
  throw unreachable(reasonOf(error))
}

/** Codes of ours, never the server's words, which may name somebody. */
function reasonOf(error: unknown): string {
  const { code, responseCode, originalCode } = factsOf(error)
  if (originalCode !== undefined && /CERT|SSL|TLS|ISSUER|SIGNATURE/.test(originalCode)) return 'no-tls'
  const known = code === undefined ? undefined : reasonByCode[code]
  return known ?? (responseCode === undefined ? 'unreachable' : `smtp-${responseCode}`)
}

const unreachable = (reason: string): AppError => new AppError('ERR_COURIER_UNREACHABLE', { channel: 'mail', reason })

interface MailFacts {
  readonly code?: string | undefined
  readonly responseCode?: number | undefined
  readonly command?: string | undefined
  /** What Node said before the library gave it a code of its own. */
  readonly originalCode?: string | undefined
}

function factsOf(error: unknown): MailFacts {
  if (typeof error !== 'object' || error === null) return {}
  const facts: { readonly [name: string]: unknown } = { ...error }
  const text = (name: string): string | undefined => {
    const value = facts[name]
    return typeof value === 'string' ? value : undefined
  }
  const { responseCode } = facts
  return {
    code: text('code'),
    responseCode: typeof responseCode === 'number' && responseCode > 0 ? responseCode : undefined,
    command: text('command'),
    originalCode: text('originalCode'),
  }
}
