/**
 * Opens what Backroom seals with other people's programs, and what they seal with Backroom: Debian's `jose` (jansson
 * based) and python3-jwcrypto: blocks made here, the published vectors, and the files of a demo. Prints one line a check,
 * names programs that are missing, ends with 1 when a check fails.
 *
 *     node test/external/check-jose.ts [DEMO-OUT]     (without a folder a demo is played first)
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { manifestSealing } from '../../src-main/adapters/carriers/manifest-sealing.ts'
import { labelSealing } from '../../src-main/adapters/labels/label-sealing.ts'
import type { Jwk } from '../../src-main/ports/vault.ts'
import { makeKeys, privateSet, type CourierKeys } from '../../src-courier/core/courier-keys.ts'
import { openLabel } from '../../src-courier/core/label.ts'
import { sealKeys } from '../../src-courier/core/passphrase.ts'
import { signReceipt, signStatusFile } from '../../src-courier/core/signed-answers.ts'
import { closedAt, handOver, parcelNumbers, recipients, sealRun } from '../unit/courier/shop-side.ts'
import { makeShopKey } from '../unit/labels/keys.ts'
import { checkDemo, playDemo } from './demo-files.ts'
import { check, findPrograms, holds, run } from './programs.ts'

const folder = mkdtempSync(join(tmpdir(), 'backroom-jose-'))
chmodSync(folder, 0o700)

function put(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const keys: CourierKeys = await makeKeys()
const shop = await makeShopKey()
const key = await handOver(keys)
const sealed = await sealRun({ key, shop })
const label = sealed.labels[1] ?? ''
const number = 'VAN-20261122-1'
const recipient = recipients[1]
const labelMembers = { n: recipient?.name, c: recipient?.company, a: recipient?.lines, k: 'JP' }
const answers = {
  status: await signStatusFile(keys, { manifest: number, sequence: 1, events: [] }),
  receipt: await signReceipt(keys, { manifest: number, receivedAt: closedAt, file: sealed.file }),
}
const encFile = put('enc.jwk', keys.enc)
const encPublic = put('enc.public.jwk', key.enc)
const sigFile = put('sig.public.jwk', key.sig)
const shopFile = put('shop.jwk', shop.open)
const setFile = put('courier.private.jwks.json', privateSet(keys))

async function openForeign(name: string, jwe: string): Promise<void> {
  const options = { privateKeys: [keys.enc as unknown as Jwk], now: closedAt } // a key's members are all JSON
  const opened = await labelSealing()
    .open(jwe, options)
    .catch(() => undefined)
  const atCourier = await openLabel(jwe, { keys, now: closedAt }).catch(() => undefined)
  check(
    `${name}: a label it sealed opens here, at the shop and at the courier`,
    opened?.recipient.name === 'Eve' && atCourier?.recipient.name === 'Eve',
  )
}

const foreignHeader = {
  alg: 'ECDH-ES',
  enc: 'A256GCM',
  kid: key.encKid,
  typ: 'backroom-label',
  pid: parcelNumbers[0],
  exp: 4e9,
}
const foreignPayload = JSON.stringify({ n: 'Eve', z: '1', t: 'X', k: 'DE' })

/** Debian's `jose`: reads a detached key set as it is handed over, prints the plaintext. */
async function checkJose(): Promise<void> {
  const dec = (text: string, keyFile: string) => run('jose', ['jwe', 'dec', '-i', '-', '-k', keyFile], text)
  check("jose: opens a label with the courier's key", holds(dec(label, encFile).out, labelMembers))
  check('jose: opens a label with the whole private key set', holds(dec(label, setFile).out, labelMembers))
  check('jose: refuses a label that was changed', !dec(label.slice(0, -3) + 'AAA', encFile).ok)
  const signed = dec(sealed.file, encFile)
  const ver = (jws: string, keyFile: string) => run('jose', ['jws', 'ver', '-i', '-', '-k', keyFile, '-O', '-'], jws)
  const manifest = ver(signed.out, shopFile)
  check("jose: opens a manifest and verifies the shop's signature", manifest.ok && holds(manifest.out, { number }))
  check('jose: refuses the manifest under another key', !ver(signed.out, sigFile).ok)
  check('jose: verifies a status file', holds(ver(answers.status, sigFile).out, { manifest: number, sequence: 1 }))
  check('jose: verifies a receipt', holds(ver(answers.receipt, sigFile).out, { manifest: number }))
  const template = put('template.json', { protected: foreignHeader })
  const made = run('jose', ['jwe', 'enc', '-i', template, '-I', '-', '-k', encPublic, '-c'], foreignPayload)
  await openForeign('jose', made.out.trim())
}

const python = `
import sys, json
from jwcrypto import jwk, jwe, jws
job = json.load(sys.stdin)
key = lambda k: jwk.JWK(**k)
def opened(text, k):
    e = jwe.JWE(); e.allowed_algs = ['ECDH-ES', 'A256GCM']
    e.deserialize(text, key(k)); return e.payload.decode()
def verified(text, k):
    s = jws.JWS(); s.deserialize(text, key(k)); return s.payload.decode()
out = {}
out['label'] = opened(job['label'], job['enc'])
out['manifest'] = verified(opened(job['manifest'], job['enc']), job['shop'])
out['status'] = verified(job['status'], job['sig'])
out['receipt'] = verified(job['receipt'], job['sig'])
try:
    verified(job['status'], job['shop']); out['foreign'] = 'accepted'
except jws.InvalidJWSSignature:
    out['foreign'] = 'refused'
e = jwe.JWE(job['payload'].encode(), protected=json.dumps(job['header']), recipient=key(job['encPublic']))
out['made'] = e.serialize(compact=True)
try:
    b = jwe.JWE(algs=['PBES2-HS256+A128KW', 'A256GCM'])
    jwe.default_max_pbkdf2_iterations = 1000000
    b.deserialize(job['backup'], jwk.JWK.from_password('rain on the garden')); out['backup'] = b.payload.decode()
except Exception as problem:
    out['backup'] = type(problem).__name__
print(json.dumps(out))
`

async function checkJwcrypto(program: string): Promise<void> {
  const backup = await sealKeys(keys, 'rain on the garden')
  const job = {
    label,
    manifest: sealed.file,
    ...answers,
    enc: keys.enc,
    encPublic: key.enc,
    sig: key.sig,
    shop: shop.open,
    backup,
    payload: foreignPayload,
    header: foreignHeader,
  }
  const { out } = run(program, ['-c', python], JSON.stringify(job))
  const found = JSON.parse(out || '{}') as Record<string, string> // printed by the script above
  check('jwcrypto: opens a label', holds(found['label'] ?? '', labelMembers))
  check("jwcrypto: opens a manifest and verifies the shop's signature", holds(found['manifest'] ?? '', { number }))
  check('jwcrypto: verifies a status file', holds(found['status'] ?? '', { manifest: number }))
  check('jwcrypto: verifies a receipt', holds(found['receipt'] ?? '', { manifest: number }))
  check('jwcrypto: refuses a status file under another key', found['foreign'] === 'refused')
  check('jwcrypto: opens a key file with its passphrase', holds(found['backup'] ?? '', { keys: privateSet(keys).keys }))
  await openForeign('jwcrypto', found['made'] ?? '')
}

/** The published vectors: what opens, opens; of the bad ones those whose seal is broken stay shut in any program. */
function checkVectors(python: string | undefined, hasJose: boolean): void {
  // Files of our own, held by npm test against two implementations.
  const vector = (name: string) => JSON.parse(readFileSync(resolve(import.meta.dirname, `../../docs/protocol/vectors/${name}.json`), 'utf8')) // prettier-ignore
  const { courier } = vector('keys') as { courier: object }
  const { labels } = vector('label') as { labels: readonly { block: string; plaintext: string }[] }
  const bad = (vector('bad') as { labels: readonly { block: string; isSealWhole?: boolean }[] }).labels
  const set = put('vector.jwks.json', courier)
  const openers: readonly (readonly [name: string, open: (block: string) => { ok: boolean; out: string }])[] = [
    ...(hasJose
      ? [['jose', (block: string) => run('jose', ['jwe', 'dec', '-i', '-', '-k', set], block)] as const]
      : []),
    ...(python ? [['jwcrypto', (block: string) => run(python, ['-c', vectorOpener, set], block)] as const] : []),
  ]
  for (const [name, open] of openers) {
    check(`${name}: opens the published label blocks`, labels.every(({ block, plaintext }) => open(block).out === plaintext)) // prettier-ignore
    const opened = bad.filter(({ block }) => open(block).ok)
    check(`${name}: opens of the published bad ones only those whose seal is whole`, opened.every((one) => one.isSealWhole)) // prettier-ignore
  }
}

const vectorOpener = `
import sys, json
from jwcrypto import jwk, jwe
key = [k for k in json.load(open(sys.argv[1]))['keys'] if k['use'] == 'enc'][0]
e = jwe.JWE(algs=['ECDH-ES', 'A256GCM']); e.deserialize(sys.stdin.read(), jwk.JWK(**key))
sys.stdout.write(e.payload.decode())
`

const programs = findPrograms()
try {
  if (programs.jose) await checkJose()
  if (programs.python !== undefined) await checkJwcrypto(programs.python)
  checkVectors(programs.python, programs.jose)
  // A key's members are all JSON.
  const own = await manifestSealing().open(sealed.file, {
    privateKeys: [keys.enc as unknown as Jwk],
    shopKey: shop.open,
  })
  check('backroom: opens its own manifest', own.number === number)
  if (programs.jose || programs.python !== undefined) {
    const out = process.argv[2] === undefined ? playDemo(folder) : resolve(process.argv[2])
    checkDemo({ ...programs, out, scratch: folder })
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
