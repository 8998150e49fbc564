import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { isPrivateAddress } from '../../domain/station-network.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Clock } from '../../kernel/time.ts'
import type { Certificates, HostNames, ServerIdentity } from '../../ports/certificates.ts'
import type { Vault } from '../../ports/vault.ts'
import { makeAuthority, makeServerCertificate } from './make-certificate.ts'
import { permittedDomains } from './name-constraints.ts'

export interface CertificateOptions {
  readonly vault: Pick<Vault, 'seal' | 'open'>
  readonly clock: Clock
  /** One small text, for its owner's eyes only; undefined before the first write. */
  readonly file: { read(): string | undefined; write(text: string): void }
}

const dayMs = 24 * 60 * 60_000
const authorityDays = 3_650
/** What browsers accept of a server at most, less a day for clocks. */
const serverDays = 397
const renewBeforeDays = 30
/** A terminal whose clock is late must not see a certificate from tomorrow. */
const backdateMs = dayMs

const owner = 'stations'
const pair = z.object({ certificate: z.string(), privateKey: z.string() })
const content = z.object({
  authority: pair,
  ownNames: z.array(z.string()),
  server: pair.extend({ addresses: z.array(z.string()), names: z.array(z.string()) }).optional(),
})
const fileShape = z.object({
  format: z.literal('backroom-stations-1'),
  record: z.object({ wrappedKey: z.string(), ciphertext: z.string() }),
})
type Content = z.output<typeof content>

/** The port `Certificates` over one sealed file. */
export function shopCertificates(options: CertificateOptions): Certificates {
  const { clock } = options
  return {
    async identityFor(host, shopName) {
      const now = clock.now()
      const known = readSealed(options)
      const kept = known && validUntil(known.authority.certificate) - now > serverDays * dayMs ? known : undefined
      const authority = kept ?? (await newAuthority(host, shopName, now))
      const asked = permitted(host, authority.ownNames)
      if (authority.server && isFor(authority.server, asked) && renewFrom(authority.server) > now)
        return identityOf(authority, authority.server)
      const made = await makeServerCertificate(authority.authority, asked, {
        from: new Date(now - backdateMs),
        until: new Date(now - backdateMs + serverDays * dayMs),
      })
      const server = { ...made, addresses: [...asked.addresses], names: [...asked.names] }
      writeSealed(options, { ...authority, server })
      return identityOf(authority, server)
    },
  }
}

/** Undefined before the first, when it was sealed under a shop key that was replaced, or is damaged: then a new one is made. */
function readSealed({ file, vault }: CertificateOptions): Content | undefined {
  const text = file.read()
  if (text === undefined) return undefined
  try {
    return content.parse(vault.open(owner, fileShape.parse(JSON.parse(text)).record))
  } catch (error) {
    if (error instanceof AppError && error.code !== 'ERR_STORE_DAMAGED') throw error
    return undefined
  }
}

function writeSealed({ file, vault }: CertificateOptions, value: Content): void {
  const record = vault.seal(owner, value)
  file.write(JSON.stringify({ format: 'backroom-stations-1', record } satisfies z.input<typeof fileShape>))
}

async function newAuthority({ names }: HostNames, shopName: string, now: number): Promise<Content> {
  const span = { from: new Date(now - backdateMs), until: new Date(now + authorityDays * dayMs) }
  const ownNames = names.filter((name) => !isLocalName(name))
  return { authority: await makeAuthority(`Backroom ${shopName}`.slice(0, 60).trim(), span, ownNames), ownNames }
}

const isLocalName = (name: string): boolean =>
  permittedDomains.some((domain) => name === domain || name.endsWith(`.${domain}`))

const permitted = ({ addresses, names }: HostNames, ownNames: readonly string[]): HostNames => ({
  addresses: addresses.filter(isPrivateAddress).toSorted(),
  names: names.filter((name) => isLocalName(name) || ownNames.includes(name)).toSorted(),
})

const isFor = (server: HostNames, asked: HostNames): boolean =>
  JSON.stringify([server.addresses, server.names]) === JSON.stringify([asked.addresses, asked.names])

const validUntil = (pem: string): number => new X509Certificate(pem).validToDate.getTime()
const renewFrom = (server: { readonly certificate: string }): number =>
  validUntil(server.certificate) - renewBeforeDays * dayMs

const identityOf = ({ authority }: Content, server: z.output<typeof pair>): ServerIdentity => ({
  chain: `${server.certificate.trimEnd()}\n${authority.certificate}`,
  privateKey: server.privateKey,
  authority: authority.certificate,
  renewFrom: renewFrom(server),
  trust: {
    fingerprint: new X509Certificate(authority.certificate).fingerprint256,
    authorityUntil: validUntil(authority.certificate),
    certificateUntil: validUntil(server.certificate),
  },
})
