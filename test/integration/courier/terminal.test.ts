import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { courierDelivery } from '../../../src-main/adapters/carriers/courier-delivery.ts'
import { manifestSealing } from '../../../src-main/adapters/carriers/manifest-sealing.ts'
import type { CourierKeySet } from '../../../src-main/domain/carrier.ts'
import { makeShopKey } from '../../unit/labels/keys.ts'
import { parcelNumbers, recipients, sealRun } from '../../unit/courier/shop-side.ts'

interface Ready {
  readonly url: string
  readonly token: string
  readonly ownToken: string
  readonly publicKeys: unknown
  readonly words: string
  readonly signWords: string
}

const main = join(import.meta.dirname, '../../../src-courier/terminal/main.ts')
const running: ChildProcess[] = []
let folder: string
let ready: Ready
let key: CourierKeySet
let shop: Awaited<ReturnType<typeof makeShopKey>>
const sealing = manifestSealing()

function launch(...more: string[]): ChildProcess {
  const child = spawn(process.execPath, [
    main,
    '--keys',
    join(folder, 'courier.json'),
    '--inbox',
    join(folder, 'inbox'),
    ...more,
  ])
  running.push(child)
  return child
}

async function start(...more: string[]): Promise<Ready> {
  const child = launch(...more)
  for await (const line of createInterface({ input: child.stdout! })) return JSON.parse(line) as Ready // what main.ts prints
  throw new Error('the terminal did not start')
}

async function failing(...more: string[]): Promise<{ exit: number; error: { code: string; details: object } }> {
  const child = launch(...more)
  let text = ''
  child.stderr!.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const [exit] = (await once(child, 'close')) as [number] // child processes close with a code
  return { exit, error: (JSON.parse(text.split('\n')[0] ?? '') as { error: { code: string; details: object } }).error } // first line of stderr
}

const call = (path: string, options: { method?: string; body?: unknown; token?: string } = {}): Promise<Response> =>
  fetch(ready.url + path, {
    method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
    headers: { authorization: `Bearer ${options.token ?? ready.ownToken}` },
    body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body),
  })

const send = (file: string, idempotencyKey: string, token = ready.token) =>
  courierDelivery().send(
    { kind: 'https', url: `${ready.url}/manifests`, token },
    { fileName: 'VAN-20261122-1.manifest.jwe', content: file, idempotencyKey, writtenAt: 0 },
  )

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backroom-courier-'))
  shop = await makeShopKey()
  await writeFile(join(folder, 'shop.json'), JSON.stringify({ keys: [shop.open] }))
  ready = await start('--new-keys', '--note', 'made for a test', '--shop-key', join(folder, 'shop.json'))
  key = await sealing.readKeySet(JSON.stringify(ready.publicKeys), 0)
})
afterAll(async () => {
  for (const child of running) child.kill('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

describe("the courier's terminal, as a process of its own", () => {
  test('makes keys that only their owner can read, and shows the words the shop shows', async () => {
    const set = JSON.parse(await readFile(join(folder, 'courier.json'), 'utf8')) as { note: string; keys: object[] }
    expect(set.note).toBe('made for a test')
    expect(set.keys).toHaveLength(2)
    if (process.platform !== 'win32') expect((await stat(join(folder, 'courier.json'))).mode & 0o777).toBe(0o600)
    expect(ready.words).toBe(sealing.fingerprintWords(key.encKid).join(' '))
    expect(ready.signWords).toBe(sealing.fingerprintWords(key.sigKid).join(' '))
  })

  test('takes a manifest in once and answers with a receipt that the shop can check', async () => {
    const { file } = await sealRun({ key, shop })
    const sent = await send(file, 'delivery-1')
    expect(sent.outcome).toBe('sent')
    const options = { key, manifest: 'VAN-20261122-1', content: file }
    const receipt = await sealing.readReceipt(sent.receipt ?? '', options)
    expect(receipt.manifest).toBe('VAN-20261122-1')
    expect(await send(file, 'delivery-1')).toEqual(sent)
    expect(await send(file, 'delivery-2')).toEqual(sent)
    const { manifests } = (await (await call('/manifests')).json()) as { manifests: unknown[] }
    expect(manifests).toEqual([expect.objectContaining({ number: 'VAN-20261122-1', parcels: 4, open: 4 })])
  })

  test('refuses another content under the same number or the same key', async () => {
    const again = await sealRun({ key, shop })
    expect(await send(again.file, 'delivery-3')).toEqual({ outcome: 'refused', problem: 'status-409' })
    expect(await send(again.file, 'delivery-1')).toEqual({ outcome: 'refused', problem: 'status-409' })
  })

  test('refuses manifests of another shop, for another courier, broken ones and wrong tokens', async () => {
    const stranger = await sealRun({ key, shop: await makeShopKey(), number: 'X-1' })
    expect(await send(stranger.file, 'x')).toEqual({ outcome: 'refused', problem: 'status-403' })
    expect(await send('nonsense', 'y')).toEqual({ outcome: 'refused', problem: 'status-422' })
    expect(await send(stranger.file, 'z', 'wrong')).toEqual({ outcome: 'refused', problem: 'status-401' })
  })

  test('shows its stops to its own people and not to the shop', async () => {
    expect((await call('/stops', { token: ready.token })).status).toBe(401)
    const { manifests } = (await (await call('/stops')).json()) as {
      manifests: { stops: { recipient: object; parcels: object[] }[] }[]
    }
    const stops = manifests[0]?.stops ?? []
    expect(stops.map((stop) => stop.recipient)).toEqual(recipients)
    expect(stops.map((stop) => stop.parcels.length)).toEqual([1, 1, 2])
  })

  test('signs what happened, once, and the shop can read it', async () => {
    const [first = '', second = ''] = parcelNumbers
    const manifest = 'VAN-20261122-1'
    const events = [
      { manifest, pid: first, status: 'out-for-delivery' },
      { manifest, pid: first, status: 'delivered' },
      { manifest, pid: second, status: 'failed', reason: 'nobody-home' },
    ]
    for (const event of events) expect((await call('/events', { body: event })).status).toBe(201)
    expect((await call('/events', { body: events[1] })).status).toBe(409)
    expect((await call('/events', { body: { ...events[1], pid: 'unknown' } })).status).toBe(404)
    expect((await call('/events', { body: { ...events[1], status: 'eaten' } })).status).toBe(422)
    expect((await call('/events', { body: '{' })).status).toBe(422)

    const file = await (await call('/status-file', { body: { manifest } })).text()
    const read = await sealing.readStatusFile(file, { key })
    expect(read).toMatchObject({ manifest, sequence: 1 })
    expect(read.events.map((event) => event.status)).toEqual(['out-for-delivery', 'delivered', 'failed'])
    expect((await call('/status-file', { body: { manifest } })).status).toBe(204)
    const whole = await (await call('/status-file', { body: { manifest, all: true } })).text()
    expect((await sealing.readStatusFile(whole, { key })).sequence).toBe(2)
  })

  test('acknowledges a file that was put into its folder', async () => {
    const { file } = await sealRun({ key, shop, number: 'VAN-20261123-1' })
    const channel = { kind: 'folder', path: join(folder, 'inbox') } as const
    const fileName = 'VAN-20261123-1.manifest.jwe'
    await courierDelivery().send(channel, { fileName, content: file, idempotencyKey: 'f', writtenAt: 0 })
    await writeFile(join(folder, 'inbox', 'junk.manifest.jwe'), 'junk')
    const { problems } = (await (await call('/manifests')).json()) as { problems: unknown[] }
    expect(problems).toEqual([{ fileName: 'junk.manifest.jwe', problem: 'ERR_SEALED_BLOCK_INVALID' }])
    const receipt = await courierDelivery().findReceipt(channel, fileName)
    const checked = await sealing.readReceipt(receipt ?? '', { key, manifest: 'VAN-20261123-1', content: file })
    expect(checked.receivedAt).toBeGreaterThan(0)
  })

  test('keeps nothing personal on disk, and everything else over a restart', async () => {
    for (const name of await readdir(join(folder, 'inbox'))) {
      const text = await readFile(join(folder, 'inbox', name), 'utf8')
      expect(text).not.toMatch(/Anna|Müller|Gartenweg|小林|1234567/)
    }
    running[0]?.kill('SIGTERM')
    ready = await start()
    const { manifests } = (await (await call('/manifests')).json()) as {
      manifests: { number: string; open: number; sequence: number }[]
    }
    expect(manifests).toEqual([
      expect.objectContaining({ number: 'VAN-20261122-1', open: 3, sequence: 2 }),
      expect.objectContaining({ number: 'VAN-20261123-1', open: 4, sequence: 0 }),
    ])
  })

  test('will not start on an open network without TLS, without keys, or for another shop than the pinned one', async () => {
    expect(await failing('--host', '0.0.0.0')).toMatchObject({ exit: 2, error: { details: { flag: 'cert' } } })
    expect(await failing('--keys', join(folder, 'none.json'))).toMatchObject({
      exit: 3,
      error: { code: 'ERR_COURIER_KEY_MISSING', details: { file: 'none.json' } },
    })
    const other = join(folder, 'other-shop.json')
    await writeFile(other, JSON.stringify((await makeShopKey()).open))
    expect(await failing('--shop-key', other)).toMatchObject({ exit: 3, error: { details: { reason: 'other-shop' } } })
  })
})
