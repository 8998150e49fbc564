import { createHash } from 'node:crypto'
import { CompactEncrypt, CompactSign, importJWK } from 'jose'
import { manifestSealing } from '../../src-main/adapters/carriers/manifest-sealing.ts'
import type { CourierKeySet } from '../../src-main/domain/carrier.ts'
import type { Jwk } from '../../src-main/ports/vault.ts'
import { makeCourier, makeShopKey } from '../unit/labels/keys.ts'
import { sealRun } from '../unit/courier/shop-side.ts'

export type Forgery = 'repeated' | 'swapped' | 'signature'
export interface ShopPair {
  readonly secret: Jwk
  readonly open: Jwk
}

/** What no shop of ours would send: signed and sealed as it should be, wrong inside. */
export async function forgedManifest(key: CourierKeySet, shop: ShopPair, forgery: Forgery): Promise<string> {
  const { labels, pids } = await sealRun({ key, shop })
  const lines = labels.slice(0, 2).map((label, index) => ({
    pid: pids[index],
    seq: String(index + 1),
    stop: index + 1,
    routing: 'DE-10',
    n: 1,
    of: 1,
    grossG: 1000,
    handling: [],
    labelSha256: createHash('sha256').update(label).digest('hex'),
    label,
  }))
  const [first, second] = lines
  const parcels = {
    repeated: [first, first],
    swapped: [first, { ...second, label: first?.label }],
    signature: lines,
  }[forgery]
  const payload = {
    number: 'BAD-1',
    closedAt: 1_795_338_000_000,
    carrier: { code: 'VAN', name: 'Nordvan' },
    shop: { name: 'Emporium', at: [52.5, 13.4] },
    shopKey: shop.open,
    parcels,
    csv: '',
  }
  const signed = await new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', kid: String(shop.open['kid']), typ: 'backroom-manifest' })
    .sign(await importJWK(shop.secret, 'ES256'))
  const text = forgery === 'signature' ? `${signed.slice(0, -20)}${'A'.repeat(20)}` : signed
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: key.encKid, typ: 'backroom-manifest', cty: 'JOSE' })
    .encrypt(await importJWK(key.enc, 'ECDH-ES'))
}

/** A sound manifest for somebody else. */
export async function manifestForAnother(): Promise<string> {
  const { key } = await makeCourier()
  return (await sealRun({ key, shop: await makeShopKey() })).file
}

export const keySetOf = (publicText: string): Promise<CourierKeySet> => manifestSealing().readKeySet(publicText, 0)
