import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeKeys, publicSet, type CourierKeys } from '../../../src-courier/core/courier-keys.ts'
import { signReceipt } from '../../../src-courier/core/signed-answers.ts'
import { strangerPdf } from '../../unit/carrier-files/stranger-pdf.ts'
import { shopFolder } from './backroom.ts'
import { startWireHost, wireOrder, type WireHost } from './wire-host.ts'

const folder = shopFolder()
const out = mkdtempSync(join(tmpdir(), 'backroom-dispatch-'))
const personal = /Quirrenbach|Xylophonallee|9988776/
let host: WireHost
let courier = ''
let keys: CourierKeys
let parcels: readonly { readonly number: string; readonly id: string }[] = []

const ok = async <Value = Record<string, unknown>>(...args: readonly string[]): Promise<Value> => {
  const ended = await folder.run(...args, '--json')
  if (ended.code !== 0) throw new Error(`${args.join(' ')}: ${ended.words}`)
  return ended.json<Value>()
}
const refused = async (...args: readonly string[]): Promise<string> => {
  const ended = await folder.run(...args, '--json')
  expect(ended.code, args.join(' ')).toBeGreaterThanOrEqual(2)
  return ended.failure().code
}

beforeAll(async () => {
  host = await startWireHost()
  host.orders.push(...[1, 2].map((n) => wireOrder(`o-${n}`, { 'GR-0101': n })))
  await ok('init', '--sample')
  const settings = await ok('call', 'settings.get')
  await ok('call', 'settings.save', JSON.stringify({ settings: { ...settings, undoMs: 0 } }))
  await ok('connect', host.address, '--token', 't')
  await ok('sync')
  keys = await makeKeys()
  writeFileSync(join(out, 'keys.json'), JSON.stringify(publicSet(keys)))
  for (const { code } of await ok<{ code: string }[]>('courier', 'list')) {
    const own = await makeKeys()
    writeFileSync(join(out, 'other.json'), JSON.stringify(publicSet(own)))
    await ok('courier', 'add-key', code, join(out, 'other.json'))
  }
  const { wave } = await ok<{ wave: string }>('plan')
  await ok('documents', wave)
  const planned = await ok<{ parcels: { carrierCode: string }[] }>('call', 'waves.get', JSON.stringify({ wave }))
  courier = planned.parcels[0]?.carrierCode ?? ''
  await ok('courier', 'add-key', courier, join(out, 'keys.json'))
  await ok('labels', wave)
  const list = await ok<{ tours: { seq: number; stops: { seq: number; sku: string; quantity: number }[] }[]; parcels: { id: string }[] }>('call', 'pick.list', JSON.stringify({ wave })) // prettier-ignore
  for (const tour of list.tours)
    for (const stop of tour.stops)
      await ok('call', 'pick.confirm', JSON.stringify({ wave, tour: tour.seq, seq: stop.seq, code: stop.sku, quantity: stop.quantity })) // prettier-ignore
  for (const parcel of list.parcels) await ok('call', 'pack.confirm', JSON.stringify({ parcelId: parcel.id }))
  const collections = await ok<{ courier: string; parcels: { number: string }[] }[]>('collections')
  const numbers = collections.find((one) => one.courier === courier)?.parcels.map(({ number }) => number) ?? []
  const all = (await ok<{ parcels: { number: string; id: string }[] }>('call', 'waves.get', JSON.stringify({ wave }))).parcels // prettier-ignore
  parcels = numbers.flatMap((number) => all.filter((parcel) => parcel.number === number))
  expect(parcels).toHaveLength(2)
}, 60_000)
afterAll(async () => {
  folder.remove()
  rmSync(out, { recursive: true, force: true })
  await host.close()
})

/** Everything the shop keeps on disk. */
const kept = (): string =>
  readdirSync(folder.path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder.path, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n')

test('a file for a courier’s site needs a set-up, an exception, a yes, and a place outside the shop', async () => {
  const file = join(out, 'upload.csv')
  expect(await refused('own-labels', 'upload', courier, file, '--yes')).toBe('ERR_CARRIER_LABELS_OFF')
  await ok('own-labels', 'set', courier, 'generic')
  expect(await refused('own-labels', 'upload', courier, file, '--yes')).toBe('ERR_PLAIN_UPLOAD_REFUSED')
  await ok('own-labels', 'set', courier, 'generic', '--plain', '--values', 'account=K-1')
  expect(await refused('own-labels', 'upload', courier, file)).toBe('ERR_CONFIRMATION_NEEDED')
  expect(await refused('own-labels', 'upload', courier, join(folder.path, 'x.csv'), '--yes')).toBe('ERR_INPUT_INVALID')
  expect(existsSync(file)).toBe(false)
  const made = await folder.run('own-labels', 'upload', courier, file, '--yes', '--json')
  expect(made.json()).toMatchObject({ parcels: 2, path: file })
  expect(made.out).not.toMatch(personal)
  const text = readFileSync(file, 'utf8')
  expect(text).toMatch(/Zoe Quirrenbach/)
  for (const { number } of parcels) expect(text).toContain(number)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(kept()).not.toMatch(personal)
})

test('what comes back lies sealed on disk; a page that says nothing is assigned by hand', async () => {
  const [first, second] = parcels
  if (!first || !second) throw new Error('two parcels')
  const pdf = await strangerPdf([{ lines: ['Zoe Quirrenbach', first.number] }, { lines: ['Zoe Quirrenbach'] }])
  writeFileSync(join(out, 'labels.pdf'), pdf)
  writeFileSync(join(out, 'numbers.csv'), `reference,tracking\n${first.number},T-0001\n${second.number},T-0002\n`)
  const files = [join(out, 'labels.pdf'), join(out, 'numbers.csv')]
  const taken = await ok('own-labels', 'take', courier, ...files)
  expect(taken).toMatchObject({ numbers: 2, labels: 1, left: [{ file: 'labels.pdf', page: 2, problem: 'no-number' }] })
  const assigned = await ok('own-labels', 'take', courier, files[0] ?? '', '--assign', `labels.pdf:2=${second.number}`)
  expect(assigned).toMatchObject({ labels: 2, left: [] })
  expect(kept()).not.toMatch(personal)
  expect(await ok('own-labels')).toContainEqual(expect.objectContaining({ carrier: courier, waiting: 2, tracked: 2 }))
})

test('a manifest goes another way, says so, and is received by the courier’s receipt alone', async () => {
  await ok('courier', 'channel', courier, 'folder', join(out, 'not-there'))
  const [first] = parcels
  const { closed } = await ok<{ closed: { number: string }[] }>('manifest', courier, '--except', first?.number ?? '')
  const manifest = closed[0]?.number ?? ''
  const state = async () =>
    (await ok<{ rows: { manifest: { number: string }; handOver: object }[] }>('manifests')).rows.find(
      (row) => row.manifest.number === manifest,
    )?.handOver
  expect(await state()).toMatchObject({ state: 'waiting', problem: 'ENOENT' })
  const saved = await ok<{ path: string }>('manifest', 'save', manifest, join(out, 'stick'))
  expect(await state()).toMatchObject({ state: 'sent', way: 'stick' })
  const file = readFileSync(saved.path, 'utf8')
  const receipt = join(out, 'a.receipt.jws')
  writeFileSync(receipt, await signReceipt(await makeKeys(), { manifest, receivedAt: Date.now(), file }))
  const wrong = await folder.run('import-receipt', receipt)
  expect(wrong.code).toBe(2)
  expect(wrong.words).toContain('signed with a key that none of your couriers has given you')
  expect(await state()).toMatchObject({ state: 'sent', doubt: { reason: 'unknown-signer' } })
  writeFileSync(receipt, await signReceipt(keys, { manifest, receivedAt: Date.now(), file }))
  expect(await ok('import-receipt', receipt)).toMatchObject({ manifest, courier, isNew: true })
  expect(await state()).toMatchObject({ state: 'received' })
  expect(await refused('manifest', 'send', manifest)).toBe('ERR_MANIFEST_RECEIVED')
  expect(await ok('manifest', 'numbers', manifest)).toEqual([{ number: parcels[1]?.number, tracking: 'T-0002' }])
  const left = await ok<{ courier: string; parcels: { number: string }[] }[]>('collections')
  expect(left.find((one) => one.courier === courier)?.parcels.map(({ number }) => number)).toEqual([first?.number])
})

test('the mail server is set with a password from a file, and never shows it', async () => {
  const password = join(out, 'password')
  writeFileSync(password, 'hush-hush\n')
  expect(await refused('mail', 'set', 'mail.example', 'shop@corner.example', '--security', 'none')).toBe(
    'ERR_INPUT_INVALID',
  )
  const set = await folder.run('mail', 'set', 'localhost', 'shop@corner.example', '--user', 'shop', '--password', `@${password}`, '--port', '1', '--json') // prettier-ignore
  expect(set.json()).toMatchObject({ host: 'localhost', port: 1, security: 'starttls', hasPassword: true })
  expect(set.out + kept()).not.toContain('hush-hush')
  expect(await ok('mail', 'check')).toEqual({ problem: 'unreachable' })
  await ok('courier', 'channel', courier, 'mail', 'desk@courier.example')
  expect(await refused('courier', 'channel', courier, 'mail', 'a@b.example,c@d.example')).toBe('ERR_INPUT_INVALID')
  await ok('mail', 'forget')
  expect((await folder.run('mail', '--json')).out.trim()).toBe('null')
})
