import { request } from 'node:http'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WaveView } from '../../../src-main/contract/views.ts'
import { startStation } from '../../../src-main/hosts/station/server.ts'
import { makeKeys, publicSet, type CourierKeys } from '../../../src-courier/core/courier-keys.ts'
import { signReceipt, signStatusFile } from '../../../src-courier/core/signed-answers.ts'
import { localTokens, openStation } from './sample-room.ts'

type Opened = Awaited<ReturnType<typeof openStation>>
interface Answer<Value = Record<string, unknown>> {
  readonly status: number
  readonly ok: boolean
  readonly value: Value
  readonly error: { readonly code: string; readonly details: Record<string, unknown> }
}

const screens = mkdtempSync(join(tmpdir(), 'backroom-screens-'))
const van: { keys?: CourierKeys; token: string } = { token: '' }
let shop: Opened
let tablet = { token: '', id: '' }
let wave: WaveView

const address = (): string => shop.station.address
async function post<Value = Record<string, unknown>>(
  path: string,
  body: unknown,
  options: { token?: string | undefined; headers?: Record<string, string> } = {},
): Promise<Answer<Value>> {
  const answer = await fetch(address() + path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }), ...options.headers },
  })
  // Every answer of these routes is a reply.
  return { status: answer.status, ...((await answer.json()) as Omit<Answer<Value>, 'status'>) }
}
const call = <Value = Record<string, unknown>>(operation: string, input: unknown, token: string) =>
  post<Value>(`/call/${operation}`, input, { token })
const manager = async <Value = Record<string, unknown>>(operation: string, input: unknown): Promise<Value> => {
  const answer = await call<Value>(operation, input, localTokens.desktop)
  if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(answer.error)}`)
  return answer.value
}

/** Raw HTTP: fetch would not let a test lie about its host. */
function rawStatus(headers: Record<string, string>, path = '/me'): Promise<number> {
  const { hostname, port } = new URL(address())
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sent.once('error', reject).end()
  })
}

beforeAll(async () => {
  mkdirSync(join(screens, 'assets'))
  writeFileSync(join(screens, 'index.html'), '<!doctype html><title>Backroom</title>')
  writeFileSync(join(screens, 'assets', 'main.js'), 'export {}')
  writeFileSync(join(screens, '..', `${screens.split('/').at(-1) ?? ''}-secret.txt`), 'not for you')
  shop = await openStation(screens)
  const paired = await manager<{ token: string; terminalId: string }>('terminals.pair', { name: 'Tablet 1' })
  tablet = { token: paired.token, id: paired.terminalId }
  van.keys = await makeKeys()
  await manager('couriers.add-key', { carrier: 'VAN', jwks: JSON.stringify(publicSet(van.keys)) })
  await manager('couriers.add-key', { carrier: 'POST', jwks: JSON.stringify(publicSet(await makeKeys())) })
  van.token = (await manager<{ pickUpToken: string }>('couriers.set-channel', { carrier: 'VAN', channel: { kind: 'pick-up' } })).pickUpToken // prettier-ignore
  const planned = await manager<WaveView>('waves.plan', {})
  await manager('waves.issue-documents', { wave: planned.wave.code })
  await manager('waves.issue-labels', { wave: planned.wave.code })
  wave = await manager<WaveView>('waves.get', { wave: planned.wave.code })
})

afterAll(async () => {
  await shop.close()
  rmSync(screens, { recursive: true, force: true })
  rmSync(`${screens}-secret.txt`, { force: true })
})

describe('who may come in', () => {
  test('nobody without a token, with a wrong one, or with half of one', async () => {
    for (const token of [undefined, '', 'wrong', tablet.token.slice(0, -1), `${tablet.token}x`]) {
      expect(await post('/call/today.get', {}, { token })).toMatchObject({
        status: 401,
        error: { code: 'ERR_NOT_PAIRED' },
      })
    }
    expect((await fetch(`${address()}/`)).status).toBe(401)
    expect((await fetch(`${address()}/events`)).status).toBe(401)
    expect((await fetch(`${address()}/documents/1`)).status).toBe(401)
  })

  test('no page of another site, and nobody who reaches us under another name', async () => {
    const authorization = `Bearer ${localTokens.desktop}`
    const { host } = new URL(address())
    expect(await rawStatus({ authorization, host })).toBe(200)
    expect(await rawStatus({ authorization, host: 'evil.example' })).toBe(403)
    expect(await rawStatus({ authorization, host: '127.0.0.1.evil.example:80' })).toBe(403)
    expect(await rawStatus({ authorization, host, origin: 'https://evil.example' })).toBe(403)
    expect(await rawStatus({ authorization, host, origin: 'null' })).toBe(403)
    expect(await rawStatus({ authorization, host, origin: `http://${host}` })).toBe(200)
    expect(await rawStatus({ host: 'evil.example' }, '/courier/VAN')).toBe(403)
  })

  test('plain HTTP is never served beyond this machine', async () => {
    const beyond = startStation({ ...shop, tokens: localTokens, redeem: () => undefined, port: 0, host: '0.0.0.0', rendererFolder: screens }) // prettier-ignore
    await expect(beyond).rejects.toMatchObject({
      code: 'ERR_NOT_ALLOWED',
      details: { reason: 'plain-http-beyond-loopback' },
    })
  })

  test('a port that is taken says so', async () => {
    const port = Number(new URL(address()).port)
    const second = startStation({ ...shop, tokens: localTokens, redeem: () => undefined, port, host: '127.0.0.1', rendererFolder: screens }) // prettier-ignore
    await expect(second).rejects.toMatchObject({ code: 'ERR_PORT_UNAVAILABLE', details: { port } })
  })

  test('a link opens one browser, once, with a cookie that no script and no other site can use', async () => {
    const open = () => fetch(`${address()}/?token=once-only-code`, { redirect: 'manual' })
    const first = await open()
    expect([first.status, first.headers.get('location')]).toEqual([302, '/'])
    const cookie = first.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Strict/i)
    expect((await open()).status).toBe(401)
    const page = await fetch(`${address()}/`, { headers: { cookie: cookie.split(';')[0] ?? '' } })
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>Backroom</title>'])
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect(page.headers.get('cache-control')).toBe('no-store')
  })

  test('a terminal stays outside once it is revoked', async () => {
    const { token, terminalId } = await manager<{ token: string; terminalId: string }>('terminals.pair', {
      name: 'Lost',
    })
    expect((await call('today.get', {}, token)).status).toBe(200)
    await manager('terminals.revoke', { terminalId })
    expect((await call('today.get', {}, token)).status).toBe(401)
  })
})

describe('what a station may do', () => {
  test.each([
    ['manifests.close', {}],
    ['orders.cancel', { order: '326-01', reason: 'no' }],
    ['orders.recipient', { order: '326-01' }],
    ['settings.save', {}],
    ['couriers.add-key', { carrier: 'VAN', jwks: '{}' }],
    ['terminals.pair', { name: 'Mine' }],
    ['staff.save', { name: 'Me', role: 'manager', pin: '1234' }],
    ['privacy.erase', { userId: 'user-1' }],
    ['server.stop', {}],
    ['audit.list', {}],
    ['orders.place', { key: 'somebody', lines: [{ code: 'TEA', quantity: 1 }], service: 'collect' }],
    ['customers.find', { typed: 'Quirrenbach' }],
    ['invoices.list', {}],
    ['invoices.issue', { order: '326-01' }],
  ])('is not %s', async (operation, input) => {
    expect(await call(operation, input, tablet.token)).toMatchObject({
      status: 403,
      error: { code: 'ERR_NOT_ALLOWED', details: { operation, door: 'station' } },
    })
  })

  test('server.stop belongs to the command line alone, and a recipient to the desktop', async () => {
    expect((await call('server.stop', {}, localTokens.desktop)).status).toBe(403)
    expect((await call('orders.recipient', { order: '326-01' }, localTokens.cli)).status).toBe(403)
    expect(await manager('orders.recipient', { order: '326-01' })).toMatchObject({ name: 'Zoe Quirrenbach' })
  })

  test('is picking and packing, and a wrong code takes nothing', async () => {
    const list = await call<{ tours: { seq: number; stops: { seq: number; sku: string; quantity: number }[] }[] }>('pick.list', { wave: wave.wave.code }, tablet.token) // prettier-ignore
    expect(JSON.stringify(list)).not.toMatch(/Quirrenbach|Xylophonallee|9988776/)
    const stop = list.value.tours[0]?.stops[0]
    const at = { wave: wave.wave.code, tour: 1, seq: stop?.seq, quantity: stop?.quantity }
    expect(await call('pick.confirm', { ...at, code: '2000000000046' }, tablet.token)).toMatchObject({ status: 422, error: { code: 'ERR_PICK_WRONG_PRODUCT' } }) // prettier-ignore
    expect(await call('pick.confirm', { ...at, code: stop?.sku }, tablet.token)).toMatchObject({ status: 200, value: { picked: stop?.quantity } }) // prettier-ignore
    const fetched = await manager<{ terminal: string }[]>('documents.fetches', { documentId: wave.documents.find((one) => one.kind === 'selection')?.id }) // prettier-ignore
    expect(fetched.map((one) => one.terminal)).toEqual([`station:${tablet.id}`])
  })

  test('does not find orders by their customer', async () => {
    const find = async (token: string) => (await call<{ total: number }>('orders.list', { search: 'Quirrenbach' }, token)).value.total // prettier-ignore
    expect([await find(tablet.token), await find(localTokens.desktop)]).toEqual([0, 3])
  })
})

describe('documents', () => {
  const fetchDocument = async (kind: string, token: string) => {
    const { documents } = await manager<WaveView>('waves.get', { wave: wave.wave.code })
    const id = documents.find((one) => one.kind === kind)?.id ?? 'none'
    return fetch(`${address()}/documents/${id}`, { headers: { authorization: `Bearer ${token}` } })
  }

  test.each(['selection', 'pick-sheet', 'slip', 'label'])('of kind %s are for stations', async (kind) => {
    const answer = await fetchDocument(kind, tablet.token)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toMatch(/^inline; filename="[\w.-]+"$/)
  })

  test.each(['sealed-block', 'delivery'])('of kind %s are not', async (kind) => {
    expect((await fetchDocument(kind, tablet.token)).status).toBe(403)
    expect((await fetchDocument(kind, localTokens.desktop)).status).toBe(200)
  })

  test('that are labels stay sealed, whatever is set while the floor works on their wave', async () => {
    for (const sealing of ['selection', 'delivery']) {
      await manager('sealing.change', { sealing })
      await manager('waves.issue-labels', { wave: wave.wave.code })
      expect((await fetchDocument('label', tablet.token)).status).toBe(200)
    }
  })

  test('that do not exist are not found', async () => {
    const headers = { authorization: `Bearer ${localTokens.desktop}` }
    expect((await fetch(`${address()}/documents/..%2F..%2Fbackroom.sqlite`, { headers })).status).toBe(404)
  })
})

describe('the screens', () => {
  const get = (path: string) => fetch(address() + path, { headers: { authorization: `Bearer ${tablet.token}` } })
  test('come with their types, and nothing beside their folder', async () => {
    expect((await get('/assets/main.js')).headers.get('content-type')).toContain('javascript')
    const name = screens.split('/').at(-1) ?? ''
    for (const path of [`/..%2f${name}-secret.txt`, `/%2e%2e/${name}-secret.txt`, '/nothing.js', '/%00', '/%']) {
      const answer = await get(path)
      expect([path, answer.status]).toEqual([path, 404])
      expect(await answer.text()).not.toContain('not for you')
    }
  })
})

describe('PINs', () => {
  test('rest after five wrong tries, however the guesser spells the address or hurries', async () => {
    await manager('staff.save', { name: 'Pat', role: 'packer', pin: '4711' })
    const paired = await manager<{ token: string }>('terminals.pair', { name: 'Guesser' })
    const guess = (pin: string, path = '/call/staff.sign-in') =>
      post(path, { name: 'Pat', pin }, { token: paired.token })
    const hurried = await Promise.all(Array.from({ length: 12 }, (_, i) => guess(String(1000 + i), i % 2 ? '/call/staff%2Esign-in' : undefined))) // prettier-ignore
    expect(hurried.filter((one) => one.status === 403)).toHaveLength(5)
    expect(hurried.filter((one) => one.error.code === 'ERR_TOO_MANY_TRIES')).toHaveLength(7)
    expect(await guess('4711')).toMatchObject({ status: 429, error: { details: { waitSeconds: expect.any(Number) } } })
    expect(await post('/call/staff.sign-in', { name: 'Pat', pin: '4711' }, { token: tablet.token })).toMatchObject({ status: 200, value: { role: 'packer' } }) // prettier-ignore
  })
})

describe('input', () => {
  test('that is no JSON, too large or of the wrong shape is refused with the place', async () => {
    const token = localTokens.desktop
    expect(await post('/call/orders.get', '{"order":', { token })).toMatchObject({
      status: 422,
      error: { code: 'ERR_INPUT_NOT_JSON' },
    })
    expect(await call('orders.list', { limit: 0 }, token)).toMatchObject({ error: { code: 'ERR_INPUT_INVALID', details: { path: 'limit' } } }) // prettier-ignore
    expect((await call('orders.sell', {}, token)).status).toBe(404)
    const huge = 'x'.repeat(64 * 1024 * 1024 + 1)
    expect((await post('/call/orders.get', huge, { token })).error.code).toBe('ERR_INPUT_TOO_LARGE')
  })
})

describe('events', () => {
  /** Reads server-sent events until one of them is wanted. */
  async function heard(
    token: string,
    isWanted: (event: string, data: Record<string, unknown>) => boolean,
    act: () => Promise<unknown>,
  ) {
    // prettier-ignore
    const stop = new AbortController()
    const answer = await fetch(`${address()}/events`, {
      headers: { authorization: `Bearer ${token}` },
      signal: stop.signal,
    })
    const told: [string, Record<string, unknown>][] = []
    const acted = act()
    let text = ''
    for await (const chunk of answer.body ?? []) {
      text += new TextDecoder().decode(chunk)
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) {
        const event = /^event: (.*)$/m.exec(part)?.[1]
        const data = /^data: (.*)$/m.exec(part)?.[1]
        if (event !== undefined && data !== undefined) told.push([event, JSON.parse(data) as Record<string, unknown>])
      }
      if (told.some(([event, data]) => isWanted(event, data))) break
    }
    stop.abort()
    await acted
    return told
  }
  const restock = () => post('/call/waves.replan', { wave: wave.wave.code }, { token: localTokens.desktop, headers: { 'x-job': 'replan-1' } }) // prettier-ignore

  test('tell everybody that something has changed, and progress only to whoever asked', async () => {
    const isChanged = (event: string) => event === 'changed'
    const pairOne = () => manager('terminals.pair', { name: 'Another' })
    expect(await heard(tablet.token, isChanged, pairOne)).toEqual([['changed', { operation: 'terminals.pair' }]])
    const issue = () => post('/call/waves.issue-labels', { wave: wave.wave.code }, { token: localTokens.desktop, headers: { 'x-job': 'labels-1' } }) // prettier-ignore
    await manager('couriers.add-key', {
      carrier: 'VAN',
      jwks: JSON.stringify(publicSet(van.keys ?? (await makeKeys()))),
    })
    van.keys = await makeKeys()
    await manager('couriers.add-key', { carrier: 'VAN', jwks: JSON.stringify(publicSet(van.keys)) })
    const own = await heard(localTokens.desktop, isChanged, issue)
    expect(own.find(([event]) => event === 'progress')?.[1]).toMatchObject({ job: 'labels-1', step: 'issue-labels' })
    await manager('couriers.add-key', { carrier: 'VAN', jwks: JSON.stringify(publicSet(await makeKeys())) })
    const others = await heard(tablet.token, isChanged, issue)
    expect(others.map(([event]) => event)).toEqual(['changed'])
  })

  test('cancelling names a job of one’s own that runs, and nothing else', async () => {
    expect(await post('/cancel/never-started', '', { token: tablet.token })).toMatchObject({ ok: true })
    const answer = await restock()
    expect(answer.error?.code).not.toBe('ERR_CANCELLED')
  })
})

describe('the courier’s way in', () => {
  let number = ''
  beforeAll(async () => {
    const floor = async <Value>(operation: string, input: unknown): Promise<Value> => {
      const answer = await call<Value>(operation, input, tablet.token)
      if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(answer.error)}`)
      return answer.value
    }
    const { code } = wave.wave
    const { tours } = await floor<{ tours: { seq: number; stops: { seq: number; sku: string; quantity: number; picked: number }[] }[] }>('pick.list', { wave: code }) // prettier-ignore
    for (const tour of tours)
      for (const stop of tour.stops)
        if (stop.picked < stop.quantity)
          await floor('pick.confirm', { wave: code, tour: tour.seq, seq: stop.seq, code: stop.sku, quantity: stop.quantity - stop.picked }) // prettier-ignore
    for (const parcel of wave.parcels) await floor('pack.confirm', { parcelId: parcel.id })
    van.keys = await makeKeys()
    await manager('couriers.add-key', { carrier: 'VAN', jwks: JSON.stringify(publicSet(van.keys)) })
    await manager('waves.issue-labels', { wave: wave.wave.code })
    number = (await manager<{ closed: { number: string }[] }>('manifests.close', { carrier: 'VAN' })).closed[0]?.number ?? '' // prettier-ignore
  })
  const pickUp = (token: string, manifest = number) =>
    fetch(`${address()}/courier/${manifest}`, { headers: { authorization: `Bearer ${token}` } })

  test('gives the sealed file to the courier it is made out to, and records it', async () => {
    const answer = await pickUp(van.token)
    expect(answer.status).toBe(200)
    expect((await answer.text()).split('.')).toHaveLength(5)
    const { rows } = await manager<{ rows: { manifest: { number: string; sentAt?: number; documentId: string } }[] }>('manifests.list', {}) // prettier-ignore
    const row = rows.find(({ manifest }) => manifest.number === number)
    expect(row?.manifest.sentAt).toEqual(expect.any(Number))
    const fetched = await manager<{ terminal: string }[]>('documents.fetches', { documentId: row?.manifest.documentId })
    expect(fetched.map((one) => one.terminal)).toContain('courier:VAN')
  })

  test('is closed to everybody else’s token, and shows nobody another courier’s manifest', async () => {
    for (const token of [localTokens.desktop, localTokens.cli, tablet.token, 'nothing'])
      expect((await pickUp(token)).status).toBe(401)
    const { pickUpToken } = await manager<{ pickUpToken: string }>('couriers.set-channel', { carrier: 'POST', channel: { kind: 'pick-up' } }) // prettier-ignore
    expect(await (await pickUp(pickUpToken)).json()).toMatchObject({ error: { code: 'ERR_MANIFEST_NOT_FOUND' } })
    expect(await (await pickUp(van.token, 'VAN-1')).json()).toMatchObject({ error: { code: 'ERR_MANIFEST_NOT_FOUND' } })
    expect((await call('today.get', {}, van.token)).status).toBe(401)
  })

  test('lists the courier’s own manifests that are not signed for, and takes the signed receipt', async () => {
    if (!van.keys) throw new Error('the courier has keys')
    const list = async () => {
      const answer = await fetch(`${address()}/courier`, { headers: { authorization: `Bearer ${van.token}` } })
      return ((await answer.json()) as { manifests: { number: string }[] }).manifests.map((one) => one.number)
    }
    expect(await list()).toEqual([number])
    const file = await (await pickUp(van.token)).text()
    const sign = (keys: CourierKeys, content: string) =>
      signReceipt(keys, { manifest: number, receivedAt: Date.now(), file: content })
    const give = (receipt: string) => post('/courier/receipt', receipt, { token: van.token })
    const refusal = (reason: string) => ({ error: { code: 'ERR_RECEIPT_INVALID', details: { reason } } })
    expect(await give(await sign(van.keys, `${file}x`))).toMatchObject(refusal('other-content'))
    expect(await give(await sign(await makeKeys(), file))).toMatchObject(refusal('unknown-signer'))
    const receipt = await sign(van.keys, file)
    expect(await give(receipt)).toMatchObject({ status: 200, value: { manifest: number, courier: 'VAN', isNew: true } })
    expect(await give(receipt)).toMatchObject({ status: 200, value: { isNew: false } })
    expect(await list()).toEqual([])
    const { rows } = await manager<{ rows: { handOver: { state: string; way: string }; signedBy: string[] }[] }>('manifests.list', {}) // prettier-ignore
    expect(rows[0]).toMatchObject({ handOver: { state: 'received', way: 'pick-up' } })
    expect(rows[0]?.signedBy).toHaveLength(8)
  })

  test('takes a signed status file in, once', async () => {
    if (!van.keys) throw new Error('the courier has keys')
    const sent = { manifest: number, sequence: 1, events: [] }
    const file = await signStatusFile(van.keys, sent)
    const give = () => post('/courier/status', file, { token: van.token })
    expect(await give()).toMatchObject({ status: 200, value: { manifest: number, taken: 0 } })
    expect(await give()).toMatchObject({ status: 422, error: { code: 'ERR_STATUS_FILE_REPLAYED' } })
    expect((await post('/courier/status', file)).status).toBe(401)
  })
})
