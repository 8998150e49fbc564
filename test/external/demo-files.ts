/**
 * A demo's own files under other people's programs: labels cut out of the PDFs by poppler and zbarimg, manifests, receipts
 * and status files, opened and verified by Debian's `jose` and by python3-jwcrypto, and by the opener in docs/protocol
 * that knows nothing but docs/sealing.md.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { check, run } from './programs.ts'

interface Programs {
  readonly jose: boolean
  readonly python: string | undefined
  readonly readsPaper: boolean
}
interface Scene extends Programs {
  readonly out: string
  readonly scratch: string
  /** Names and streets of the sample customers: what was opened must be one of them. It is compared and printed nowhere. */
  readonly doors: ReadonlySet<string>
}

export function playDemo(scratch: string): string {
  const out = join(scratch, 'demo-out')
  const main = resolve(import.meta.dirname, '../../src-main/hosts/demo/main.ts')
  const { status } = spawnSync(process.execPath, [main, '--out', out, '--json'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`the demo ended with ${status}`)
  return out
}

// Files of our own; a member that is not there makes a check fail.
const readJson = <Content>(path: string): Content => JSON.parse(readFileSync(path, 'utf8')) as Content
const sealedNames = (folder: string, end: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(end)) : []

export function checkDemo(options: Programs & { out: string; scratch: string }): void {
  const customers = readJson<readonly { address: { name: string; lines: readonly string[] } }[]>(
    resolve(import.meta.dirname, '../../resources/sample-shop/customers.json'),
  )
  const doors = new Set(customers.map(({ address }) => [address.name, ...address.lines].join(' / ')))
  const scene: Scene = { ...options, doors }
  if (!existsSync(join(options.out, 'summary.json'))) throw new Error(`${options.out} is no demo folder`)
  if (options.readsPaper) checkLabels(scene)
  checkManifests(scene)
  checkSigned(scene)
}

const keyFileOf = ({ out }: Scene, courier: string): string => join(out, 'courier-keys', `${courier}.private.jwks.json`)

/** `n` and `a` of a block: one of the sample customers at their own door. */
function isCustomer({ doors }: Scene, text: string): boolean {
  try {
    const { n, a } = JSON.parse(text) as { n: string; a: readonly string[] } // docs/protocol/sealed-files.md
    return doors.has([n, ...a].join(' / '))
  } catch {
    return false
  }
}

function checkLabels(scene: Scene): void {
  const { labels, sealing } = readJson<{ labels: readonly { parcel: string; courier: string; file: string }[]; sealing: string }>(join(scene.out, 'summary.json')) // prettier-ignore
  if (sealing !== 'delivery') return console.log(`labels are not sealed in this demo (${sealing})`)
  const counts = { jose: 0, python: 0 }
  for (const { parcel, courier, file } of labels) {
    const page = join(scene.scratch, 'label')
    run('pdftoppm', ['-r', '203', '-gray', '-png', '-singlefile', join(scene.out, file), page])
    const codes = run('zbarimg', ['--quiet', '--nodbus', `${page}.png`]).out.split('\n')
    const block = codes.find((code) => code.startsWith('QR-Code:'))?.slice('QR-Code:'.length) ?? ''
    const key = keyFileOf(scene, courier)
    if (scene.jose && isCustomer(scene, run('jose', ['jwe', 'dec', '-i', '-', '-k', key], block).out)) counts.jose++
    if (scene.python && isCustomer(scene, opener(scene, 'label', block, key, parcel).out)) counts.python++
  }
  const all = labels.length
  if (scene.jose)
    check(`jose: opens the QR codes of ${all} labels of the demo, read by zbarimg`, all > 0 && counts.jose === all)
  if (scene.python)
    check(`jwcrypto: opens the same, by an opener written from the documentation`, counts.python === all)
}

const openerFile = resolve(import.meta.dirname, '../../docs/protocol/examples/open_sealed.py')
// eslint-disable-next-line max-params -- the opener's own arguments
const opener = ({ python = '' }: Scene, what: string, given: string, key: string, last: string) =>
  run(python, [openerFile, what, given, key, last])

function checkManifests(scene: Scene): void {
  const folder = join(scene.out, 'manifests')
  const shopKeys = join(scene.out, 'data', 'couriers', 'shop-public.jwks.json')
  for (const name of sealedNames(folder, '.manifest.jwe')) {
    const number = name.replace('.manifest.jwe', '')
    const key = keyFileOf(scene, number.replace(/-\d{8}-\d+$/, ''))
    const file = join(folder, name)
    if (scene.jose) {
      const signed = run('jose', ['jwe', 'dec', '-i', '-', '-k', key], readFileSync(file, 'utf8').trim())
      const verified = run('jose', ['jws', 'ver', '-i', '-', '-k', shopKeys, '-O', '-'], signed.out)
      check(`jose: opens ${name} and verifies the shop's signature`, verified.ok && verified.out.includes(`"number":"${number}"`)) // prettier-ignore
    }
    if (scene.python) {
      const { ok, out } = opener(scene, 'manifest', file, key, shopKeys)
      const lines = out.trim().split('\n')
      const known = lines.filter((line) => isCustomer(scene, line.slice(line.indexOf('{'))))
      check(`jwcrypto: opens ${name} and each of its ${lines.length} labels`, ok && known.length === lines.length)
    }
  }
}

/** Receipts lie in the couriers' inboxes, status files in the demo's data; both are signed by the courier. */
function checkSigned(scene: Scene): void {
  const data = join(scene.out, 'data')
  const inboxes = readdirSync(join(data, 'couriers'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const files = [
    ...inboxes.flatMap(({ name }) => sealedNames(join(data, 'couriers', name), '.receipt.jws').map((file) => join(data, 'couriers', name, file))),
    ...sealedNames(data, '.status.jws').map((file) => join(data, file)),
  ] // prettier-ignore
  check(`the demo has receipts and status files (${files.length})`, files.length > 1)
  for (const path of files) {
    const name = path.slice(data.length + 1)
    const courier = /([\w-]+)-\d{8}-\d+\.\w+\.jws$/.exec(path)?.[1] ?? ''
    const key = join(scene.scratch, `${courier}.sig.jwk`)
    const set = readJson<{ keys: readonly { use?: string }[] }>(join(data, 'couriers', `${courier}.public.jwks.json`))
    writeFileSync(key, JSON.stringify(set.keys.find(({ use }) => use === 'sig')))
    const text = readFileSync(path, 'utf8').trim()
    if (scene.jose) check(`jose: verifies ${name}`, run('jose', ['jws', 'ver', '-i', '-', '-k', key, '-O', '-'], text).ok) // prettier-ignore
    if (scene.python) check(`jwcrypto: verifies ${name}`, run(scene.python, ['-c', verifier, key], text).ok)
  }
}

const verifier = `
import sys
from jwcrypto import jwk, jws
s = jws.JWS(); s.deserialize(sys.stdin.read(), jwk.JWK.from_json(open(sys.argv[1]).read()), alg='ES256')
`
