/**
 * Makes docs/protocol/vectors: the same keys, ephemeral keys and nonces at every run, so that blocks come out the same to
 * the last sign. ES256 signatures hold a random number, and so does a key file under a passphrase: those are new at each
 * run, and a run replaces all files that hold one. Nothing of Backroom's own sealing code has part in it.
 *
 *     node test/external/make-vectors.ts
 */
import { createECDH, createHash, createPrivateKey, type KeyObject } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { calculateJwkThumbprint, CompactEncrypt, CompactSign, importJWK, type JWK } from 'jose'
import { fingerprintWords } from '../../src-main/kernel/fingerprint.ts'

const folder = resolve(import.meta.dirname, '../../docs/protocol/vectors')
const bytesOf = (text: string): Buffer => createHash('sha256').update(`backroom test vector: ${text}`).digest()
const hex = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A P-256 pair whose secret is the SHA-256 of a published sentence: good for tests and for nothing else. */
async function pair(name: string, use?: 'enc' | 'sig'): Promise<JWK & { kid: string }> {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(bytesOf(name))
  const point = ecdh.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
  const open = { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }
  const kid = await calculateJwkThumbprint(open)
  const alg = use === 'sig' ? 'ES256' : 'ECDH-ES'
  return { ...open, d: bytesOf(name).toString('base64url'), kid, ...(use && { use, alg }) }
}

const publicHalf = ({ d: _secret, ...open }: JWK): JWK => open
const keyObject = (jwk: JWK): KeyObject =>
  createPrivateKey({ key: jwk, format: 'jwk' } as Parameters<typeof createPrivateKey>[0]) // Node's own type wants no optional members

const courier = { enc: await pair('courier opens', 'enc'), sig: await pair('courier signs', 'sig') }
const stranger = { enc: await pair('stranger opens', 'enc'), sig: await pair('stranger signs', 'sig') }
const shop = await pair('shop signs', 'sig')
const counter = await pair('counter opens', 'enc')

interface Sealing {
  readonly name: string
  readonly to: JWK
  readonly header: Record<string, unknown>
}

/** JWE compact with an ephemeral key and a nonce that are written down beside it. */
async function seal(content: string, { name, to, header }: Sealing) {
  const ephemeral = await pair(`${name}, ephemeral`)
  const nonce = bytesOf(`${name}, nonce`).subarray(0, 12)
  const sealed = await new CompactEncrypt(Buffer.from(content))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: to.kid, ...header } as never) // a header of our own
    .setKeyManagementParameters({ epk: keyObject(ephemeral) })
    .setInitializationVector(nonce)
    .encrypt(await importJWK(publicHalf(to), 'ECDH-ES'))
  const { kid: _kid, ...ephemeralKey } = ephemeral
  return { ephemeralKey, nonce: nonce.toString('base64url'), sealed }
}

const sign = async (payload: unknown, key: JWK, typ: string): Promise<string> =>
  new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ } as never)
    .sign(await importJWK(key, 'ES256'))

const closedAt = Date.UTC(2026, 10, 22, 16, 30)
const expires = closedAt / 1000 + 60 * 86_400
const people = {
  '395212340000000175': { n: 'Anna Müller', c: 'Müller & Söhne', a: ['Gartenweg 5', '2. OG'], z: '10623', t: 'Berlin', k: 'DE', p: '+49 30 1234567', i: 'Ring twice.' },
  '395212340000000182': { n: '小林 さくら', a: ['霞が関 1-2-3'], z: '100-0013', t: '千代田区', r: '東京都', k: 'JP' },
} as const // prettier-ignore
const [first, second] = ['395212340000000175', '395212340000000182'] as const

/** Padded with spaces to whole 64 bytes. */
function padded(payload: object): string {
  const text = JSON.stringify(payload)
  return text + ' '.repeat((64 - (Buffer.byteLength(text) % 64)) % 64)
}

interface LabelChange {
  readonly name?: string
  readonly to?: JWK
  readonly exp?: number
  readonly typ?: string
  readonly content?: string
}
const sealLabel = (
  pid: keyof typeof people,
  {
    name = pid,
    to = courier.enc,
    exp = expires,
    typ = 'backroom-label',
    content = padded(people[pid]),
  }: LabelChange = {},
) => seal(content, { name: `label ${name}`, to, header: { typ, pid, exp } })

const labels = { [first]: await sealLabel(first), [second]: await sealLabel(second) }
const blockOf = (pid: keyof typeof people): string => labels[pid]?.sealed ?? ''

const lineOf = (pid: keyof typeof people, seq: number) => ({
  pid,
  seq: String(seq),
  stop: seq,
  routing: 'DE-10',
  n: 1,
  of: 1,
  grossG: 1200 + seq,
  handling: seq === 1 ? ['fragile'] : [],
  labelSha256: hex(blockOf(pid)),
  label: blockOf(pid),
  at: [52.5 + seq / 100, 13.4],
})
const number = 'VAN-20261122-1'
const manifestOf = (change: object = {}) => ({
  number,
  closedAt,
  carrier: { code: 'VAN', name: 'Nordvan' },
  shop: { name: 'Emporium', at: [52.51, 13.38] },
  shopKey: publicHalf(shop),
  parcels: [lineOf(first, 1), lineOf(second, 2)],
  csv: 'parcel,seq\r\n',
  ...change,
})
async function sealManifest(name: string, payload: object, signedBy: JWK = shop) {
  const jws = await sign(payload, signedBy, 'backroom-manifest')
  const header = { typ: 'backroom-manifest', cty: 'JOSE' }
  return { jws, ...(await seal(jws, { name: `manifest ${name}`, to: courier.enc, header })) }
}

const manifest = await sealManifest('good', manifestOf())
const receipt = { manifest: number, receivedAt: closedAt + 60_000, sha256: hex(manifest.sealed) }
const status = {
  manifest: number,
  sequence: 1,
  events: [
    { pid: first, status: 'delivered', at: closedAt + 3_600_000 },
    { pid: second, status: 'failed', at: closedAt + 7_200_000, reason: 'nobody-home' },
  ],
}

const signedReceipt = await sign(receipt, courier.sig, 'backroom-receipt')
const signedStatus = await sign(status, courier.sig, 'backroom-status')

/** Another sign in the middle of one part of a compact text. */
function changed(compact: string, part: number): string {
  const parts = compact.split('.')
  const text = parts[part] ?? ''
  const middle = Math.floor(text.length / 2)
  parts[part] = text.slice(0, middle) + (text[middle] === 'A' ? 'B' : 'A') + text.slice(middle + 1)
  return parts.join('.')
}
function rewritten(compact: string, change: object): string {
  const [head = '', ...rest] = compact.split('.')
  const header = { ...(JSON.parse(Buffer.from(head, 'base64url').toString()) as object), ...change }
  return [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.')
}

const now = closedAt
const invalid = 'ERR_SEALED_BLOCK_INVALID'
const bad = {
  labels: [
    { name: 'one sign of the ciphertext is another', block: changed(blockOf(first), 3), parcelNumber: first, now, error: invalid },
    { name: 'one sign of the tag is another', block: changed(blockOf(first), 4), parcelNumber: first, now, error: invalid },
    { name: 'its header was rewritten for another parcel', block: rewritten(blockOf(first), { pid: second }), parcelNumber: second, now, error: invalid },
    { name: 'its header was rewritten for a later time', block: rewritten(blockOf(first), { exp: expires + 1 }), parcelNumber: first, now, error: invalid },
    { name: 'cut short', block: blockOf(first).slice(0, -8), parcelNumber: first, now, error: invalid },
    { name: 'asks for another algorithm', block: rewritten(blockOf(first), { alg: 'ECDH-ES+A256KW' }), parcelNumber: first, now, error: invalid },
    { name: 'a block for a counter', isSealWhole: true, block: (await sealLabel(first, { name: 'counter as label', typ: 'backroom-counter' })).sealed, parcelNumber: first, now, error: invalid },
    { name: 'its content is no JSON', isSealWhole: true, block: (await sealLabel(first, { name: 'no JSON', content: 'n: Anna'.padEnd(64) })).sealed, parcelNumber: first, now, error: invalid },
    { name: 'stuck on another parcel', isSealWhole: true, block: blockOf(first), parcelNumber: second, now, error: 'ERR_SEALED_BLOCK_MOVED' },
    { name: 'in the second of its expiry', isSealWhole: true, block: blockOf(first), parcelNumber: first, now: expires * 1000, error: 'ERR_SEALED_BLOCK_EXPIRED' },
    { name: 'for another courier', block: (await sealLabel(first, { name: 'foreign', to: stranger.enc })).sealed, parcelNumber: first, now, error: 'ERR_SEALED_BLOCK_FOREIGN' },
  ],
  manifests: [
    { name: 'one sign of the ciphertext is another', file: changed(manifest.sealed, 3), error: invalid },
    { name: 'cut short', file: manifest.sealed.slice(0, -8), error: invalid },
    { name: 'a line was changed after it was signed', file: (await seal(changed(manifest.jws, 1), { name: 'manifest changed', to: courier.enc, header: { typ: 'backroom-manifest', cty: 'JOSE' } })).sealed, error: invalid },
    { name: 'signed by another shop that names itself', file: (await sealManifest('stranger', manifestOf({ shopKey: publicHalf(stranger.sig) }), stranger.sig)).sealed, error: 'not the pinned shop' },
    { name: 'signed by another shop in the name of this one', file: (await sealManifest('forged', manifestOf(), stranger.sig)).sealed, error: invalid },
    { name: 'a parcel twice', file: (await sealManifest('twice', manifestOf({ parcels: [lineOf(first, 1), lineOf(first, 2)] }))).sealed, error: invalid },
    { name: 'a label that is not the one of its hash', file: (await sealManifest('hash', manifestOf({ parcels: [{ ...lineOf(first, 1), labelSha256: hex('another') }] }))).sealed, error: invalid },
    { name: 'a label that was sealed for another parcel', file: (await sealManifest('moved', manifestOf({ parcels: [{ ...lineOf(first, 1), label: blockOf(second), labelSha256: hex(blockOf(second)) }] }))).sealed, error: invalid },
    { name: 'for another courier', file: rewritten(manifest.sealed, { kid: stranger.enc.kid }), error: 'ERR_SEALED_BLOCK_FOREIGN' },
  ],
  keySets: [
    { name: 'a private key', jwks: { keys: [courier.enc, publicHalf(courier.sig)] } },
    { name: 'the curve P-384', jwks: { keys: [{ kty: 'EC', crv: 'P-384', use: 'enc', x: bytesOf('x').toString('base64url'), y: bytesOf('y').toString('base64url') }, publicHalf(courier.sig)] } },
    { name: 'a point that is not on the curve', jwks: { keys: [{ kty: 'EC', crv: 'P-256', use: 'enc', x: courier.enc.x, y: courier.sig.x }, publicHalf(courier.sig)] } },
    { name: 'one key for both uses', jwks: { keys: [publicHalf(courier.enc), { ...publicHalf(courier.enc), use: 'sig', alg: 'ES256' }] } },
    { name: 'a kid that is not its thumbprint', jwks: { keys: [{ ...publicHalf(courier.enc), kid: stranger.enc.kid }, publicHalf(courier.sig)] } },
  ].map((one) => ({ ...one, error: 'ERR_COURIER_KEY_INVALID' })),
  receipts: [
    { name: 'another content', receipt: await sign({ ...receipt, sha256: hex('another') }, courier.sig, 'backroom-receipt') },
    { name: 'another manifest', receipt: await sign({ ...receipt, manifest: 'VAN-20261122-2' }, courier.sig, 'backroom-receipt') },
    { name: 'signed by a stranger', receipt: await sign(receipt, stranger.sig, 'backroom-receipt') },
    { name: 'signed with the key that opens', receipt: await sign(receipt, { ...courier.enc, alg: 'ES256' }, 'backroom-receipt') },
    { name: 'a status file', receipt: signedStatus },
  ].map((one) => ({ ...one, error: 'ERR_RECEIPT_INVALID' })),
  statusFiles: [
    { name: 'one sign of the payload is another', file: changed(signedStatus, 1) },
    { name: 'signed by a stranger', file: await sign(status, stranger.sig, 'backroom-status') },
    { name: 'a receipt', file: signedReceipt },
    { name: 'a status that there is not', file: await sign({ ...status, events: [{ pid: first, status: 'lost', at: closedAt }] }, courier.sig, 'backroom-status') },
  ].map((one) => ({ ...one, error: 'ERR_STATUS_FILE_INVALID' })),
} // prettier-ignore

const passphrase = 'rain on the garden'
const underPassphrase = await new CompactEncrypt(Buffer.from(JSON.stringify({ keys: [courier.enc, courier.sig] })))
  .setProtectedHeader({ alg: 'PBES2-HS256+A128KW', enc: 'A256GCM', typ: 'backroom-courier-keys' })
  .setKeyManagementParameters({ p2c: 600_000, p2s: bytesOf('salt').subarray(0, 16) })
  .setInitializationVector(bytesOf('key file, nonce').subarray(0, 12))
  .encrypt(Buffer.from(passphrase))

const asLabel = (pid: keyof typeof people) => {
  const { ephemeralKey, nonce, sealed } = labels[pid] ?? { ephemeralKey: {}, nonce: '', sealed: '' }
  return { parcelNumber: pid, exp: expires, payload: people[pid], plaintext: padded(people[pid]), ephemeralKey, nonce, block: sealed } // prettier-ignore
}
const { sealed: counterBlock, ...counterSealing } = await seal(padded(people[first]), { name: 'counter', to: counter, header: { typ: 'backroom-counter', pid: '326-01', exp: expires } }) // prettier-ignore
const note = 'Published test keys, made from sentences. Whoever seals for them seals for everybody.'
const files: Readonly<Record<string, unknown>> = {
  keys: {
    note,
    courier: { keys: [courier.enc, courier.sig] },
    stranger: { keys: [stranger.enc, stranger.sig] },
    shop,
    counter,
    words: Object.fromEntries([courier.enc, courier.sig, shop].map(({ kid }) => [kid, fingerprintWords(kid).join(' ')])),
  },
  label: { now, labels: [asLabel(first), asLabel(second)] },
  counter: { now, orderCode: '326-01', exp: expires, plaintext: padded(people[first]), ...counterSealing, block: counterBlock },
  manifest: { now, number, shopKid: shop.kid, payload: manifestOf(), jws: manifest.jws, ephemeralKey: manifest.ephemeralKey, nonce: manifest.nonce, file: manifest.sealed },
  receipt: { payload: receipt, receipt: signedReceipt },
  status: { payload: status, file: signedStatus },
  'key-file': { passphrase, file: underPassphrase },
  bad: { now, shopKid: shop.kid, manifest: number, ...bad },
} // prettier-ignore
mkdirSync(folder, { recursive: true })
for (const [name, content] of Object.entries(files))
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(content, null, 2)}\n`)
