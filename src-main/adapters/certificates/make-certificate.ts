import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import type * as X509 from '@peculiar/x509'
import type { HostNames } from '../../ports/certificates.ts'
import { nameConstraints } from './name-constraints.ts'

/** A certificate and its private key (PKCS #8), both PEM. */
export interface KeyAndCertificate {
  readonly certificate: string
  readonly privateKey: string
}

export interface Span {
  readonly from: Date
  readonly until: Date
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const nameConstraintsId = '2.5.29.30'

/** Loaded where the first certificate is made: most starts of the program make none. */
const x509 = (): Promise<typeof X509> => import('@peculiar/x509')

/** The root that terminals trust: may sign servers of local networks, and no further authorities. */
export async function makeAuthority(name: string, span: Span, ownNames: readonly string[]): Promise<KeyAndCertificate> {
  const lib = await x509()
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await lib.X509CertificateGenerator.createSelfSigned(
    {
      name: new lib.Name([{ CN: [{ utf8String: name }] }]),
      serialNumber: serialNumber(),
      notBefore: span.from,
      notAfter: span.until,
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new lib.BasicConstraintsExtension(true, 0, true),
        new lib.KeyUsagesExtension(lib.KeyUsageFlags.keyCertSign | lib.KeyUsageFlags.cRLSign, true),
        new lib.Extension(nameConstraintsId, true, nameConstraints(ownNames)),
        await lib.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  )
  return { certificate: certificate.toString('pem'), privateKey: await pemOf(keys.privateKey) }
}

/** A server's certificate under an authority, for these names alone. */
export async function makeServerCertificate(
  authority: KeyAndCertificate,
  host: HostNames,
  span: Span,
): Promise<KeyAndCertificate> {
  const lib = await x509()
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const issuer = new lib.X509Certificate(authority.certificate)
  const certificate = await lib.X509CertificateGenerator.create(
    {
      subject: 'CN=Backroom station',
      issuer: issuer.subjectName,
      serialNumber: serialNumber(),
      notBefore: span.from,
      notAfter: span.until,
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: await privateKeyOf(authority.privateKey),
      extensions: [
        new lib.BasicConstraintsExtension(false, undefined, true),
        new lib.KeyUsagesExtension(lib.KeyUsageFlags.digitalSignature, true),
        new lib.ExtendedKeyUsageExtension([lib.ExtendedKeyUsage.serverAuth]),
        new lib.SubjectAlternativeNameExtension([
          ...host.addresses.map((value) => ({ type: 'ip' as const, value })),
          ...host.names.map((value) => ({ type: 'dns' as const, value })),
        ]),
        await lib.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
        await lib.AuthorityKeyIdentifierExtension.create(issuer, false, webcrypto),
      ],
    },
    webcrypto,
  )
  return { certificate: certificate.toString('pem'), privateKey: await pemOf(keys.privateKey) }
}

/** 127 random bits, never zero and never negative (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16))
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return Buffer.from(bytes).toString('hex')
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const lines = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))
    .toString('base64')
    .replaceAll(/.{64}/g, '$&\n')
  return `-----BEGIN PRIVATE KEY-----\n${lines.trimEnd()}\n-----END PRIVATE KEY-----\n`
}

const privateKeyOf = (pem: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('pkcs8', Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64'), algorithm, false, ['sign']) // prettier-ignore
