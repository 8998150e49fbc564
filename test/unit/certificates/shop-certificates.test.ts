import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { makeAuthority, makeServerCertificate } from '../../../src-main/adapters/certificates/make-certificate.ts'
import { shopCertificates } from '../../../src-main/adapters/certificates/shop-certificates.ts'
import { AppError } from '../../../src-main/kernel/errors.ts'
import type { HostNames } from '../../../src-main/ports/certificates.ts'

const dayMs = 24 * 60 * 60_000
const host: HostNames = { addresses: ['192.168.7.20'], names: ['shop-pc', 'shop-pc.local'] }

function shop() {
  let now = Date.UTC(2026, 5, 1)
  let text: string | undefined
  let key = 'first shop key'
  const certificates = shopCertificates({
    clock: { now: () => now },
    vault: {
      seal: (_owner, value) => ({ wrappedKey: key, ciphertext: JSON.stringify(value) }),
      open: (_owner, { wrappedKey, ciphertext }) => {
        if (wrappedKey !== key) throw new AppError('ERR_STORE_DAMAGED', {})
        return JSON.parse(ciphertext) as never // what seal was given
      },
    },
    file: { read: () => text, write: (written) => void (text = written) },
  })
  return {
    identity: (names: HostNames = host) => certificates.identityFor(names, 'Tee & Töpfe'),
    forward: (days: number) => void (now += days * dayMs),
    rotate: () => void (key = 'second shop key'),
    damage: () => void (text = 'nothing readable'),
  }
}

const serverOf = ({ chain }: { chain: string }): X509Certificate => new X509Certificate(chain)
const lifeDays = (certificate: X509Certificate): number =>
  (certificate.validToDate.getTime() - certificate.validFromDate.getTime()) / dayMs

describe('the station’s certificate', () => {
  test('is for its addresses and names alone, 397 days, by the shop’s own authority', async () => {
    const identity = await shop().identity()
    const server = serverOf(identity)
    const authority = new X509Certificate(identity.authority)
    expect(server.subjectAltName).toBe('IP Address:192.168.7.20, DNS:shop-pc, DNS:shop-pc.local')
    expect(server.checkIP('192.168.7.21')).toBeUndefined()
    expect([server.ca, authority.ca, lifeDays(server)]).toEqual([false, true, 397])
    expect(server.verify(authority.publicKey) && authority.verify(authority.publicKey)).toBe(true)
    expect(server.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
    expect(server.checkPrivateKey(createPrivateKey(identity.privateKey))).toBe(true)
    expect(identity.chain).not.toContain('PRIVATE')
    expect(authority.fingerprint256).toBe(identity.trust.fingerprint)
  })

  test('stays the same until a month before its end, then a new one under the same authority', async () => {
    const { identity, forward } = shop()
    const first = await identity()
    forward(360)
    expect((await identity()).chain).toBe(first.chain)
    forward(10)
    const second = await identity()
    expect(second.chain).not.toBe(first.chain)
    expect(second.trust.fingerprint).toBe(first.trust.fingerprint)
  })

  test('follows the machine to another address, and speaks for nothing beyond the house', async () => {
    const { identity } = shop()
    const { trust } = await identity()
    const moved = await identity({ addresses: ['10.0.0.5', '8.8.8.8'], names: ['shop-pc.local', 'shop.example.com'] })
    expect(serverOf(moved).subjectAltName).toBe('IP Address:10.0.0.5, DNS:shop-pc.local')
    expect(moved.trust.fingerprint).toBe(trust.fingerprint)
  })

  test('comes by a new authority after the shop key was replaced, the file was damaged, or ten years', async () => {
    const { identity, rotate, damage, forward } = shop()
    const seen = [(await identity()).trust.fingerprint]
    for (const change of [rotate, damage, () => forward(3_650 - 300)]) {
      change()
      seen.push((await identity()).trust.fingerprint)
    }
    expect(new Set(seen).size).toBe(4)
  })

  test('is not made while the vault is locked', async () => {
    const locked = shopCertificates({
      clock: { now: () => 0 },
      vault: { seal: () => { throw new AppError('ERR_SHOP_KEY_MISSING', {}) }, open: () => null },
      file: { read: () => undefined, write: () => undefined },
    }) // prettier-ignore
    await expect(locked.identityFor(host, 'Shop')).rejects.toMatchObject({ code: 'ERR_SHOP_KEY_MISSING' })
  })

  test('names what it may speak for as a critical part of the authority', async () => {
    const span = { from: new Date(0), until: new Date(dayMs) }
    const authority = await makeAuthority('Backroom', span, ['shop-pc'])
    const bytes = new X509Certificate(authority.certificate).raw.toString('hex')
    // nameConstraints, critical, then 10.0.0.0/8 as the first of its networks.
    expect(bytes).toMatch(/0603551d1e0101ff04.*87080a000000ff000000/)
    const server = await makeServerCertificate(authority, host, span)
    expect(createPublicKey(server.certificate).asymmetricKeyType).toBe('ec')
  })
})
