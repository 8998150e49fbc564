import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../src-main/kernel/errors.ts'
import { envelopeAddress } from './address.ts'

const address = z.string().refine((text) => envelopeAddress(text) !== undefined, 'one e-mail address')

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host)

const smtp = z
  .strictObject({
    host: z.string().min(1).max(255),
    /** 465 with `tls`, 587 with `starttls`, 25 with `none`, unless told. */
    port: z.int().min(1).max(65_535).optional(),
    /** TLS from the first byte, or asked for before anything is said; `none` only to this very machine. */
    security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
    user: z.string().min(1).max(320).optional(),
    /** A file that holds nothing but the password; or `STOREFRONT_SMTP_PASSWORD`. */
    passwordFile: z.string().min(1).optional(),
    /** Certificates to trust beside the system's, for a mail server of one's own. */
    certificateFile: z.string().min(1).optional(),
  })
  .refine(({ security, host }) => security !== 'none' || isLoopback(host), {
    path: ['security'],
    message: 'starttls or tls: without, only a mail server on this machine is spoken to',
  })

/** What a shop decides about its mails. The password stands in no configuration file and in no database. */
export const mailSettings = z.strictObject({
  smtp,
  from: address,
  replyTo: address.optional(),
  /** Where customers reach the storefront; links in mails begin with it. */
  publicUrl: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  perMinute: z.int().min(1).max(6000).default(60),
  /** A mail that could not be handed over for so many days is given up. */
  giveUpDays: z.int().min(1).max(30).default(5),
  /** Parcels that move within so many seconds of each other are told of in one mail. */
  gatherSeconds: z.int().min(0).max(3600).default(60),
  tellsOutForDelivery: z.boolean().default(false),
})
export type MailSettings = z.infer<typeof mailSettings>

export interface SmtpAccess {
  readonly host: string
  readonly port: number
  readonly security: 'starttls' | 'tls' | 'none'
  readonly user?: string | undefined
  readonly password?: string | undefined
  /** PEM. */
  readonly certificates?: string | undefined
}

const defaultPorts = { tls: 465, starttls: 587, none: 25 } as const

/**
 * The settings with what lies beside them: password and certificates. Throws `ERR_INPUT_INVALID` when a user is named
 * and no password is to be had, `ERR_DISK` for a file that cannot be read.
 */
export function smtpAccess(settings: MailSettings, environment: NodeJS.ProcessEnv): SmtpAccess {
  const { host, security, user, passwordFile, certificateFile } = settings.smtp
  const port = settings.smtp.port ?? defaultPorts[security]
  const certificates = certificateFile === undefined ? undefined : readBeside(certificateFile)
  const password =
    passwordFile === undefined ? environment['STOREFRONT_SMTP_PASSWORD'] : readBeside(passwordFile).trim()
  if (user !== undefined && (password === undefined || password === '')) {
    const expected = 'STOREFRONT_SMTP_PASSWORD, or mail.smtp.passwordFile with the password in it'
    throw new AppError('ERR_INPUT_INVALID', { path: 'mail.smtp.user', expected })
  }
  return { host, port, security, user, password: user === undefined ? undefined : password, certificates }
}

function readBeside(file: string): string {
  try {
    return readFileSync(resolve(process.env['INIT_CWD'] ?? process.cwd(), file), 'utf8')
  } catch (error) {
    throw new AppError('ERR_DISK', { file }, { cause: error })
  }
}
