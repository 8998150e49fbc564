import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeKeys, publicSet } from '../../../src-courier/core/courier-keys.ts'
import type { OrderFileView, WaveView } from '../../../src-main/contract/views.ts'
import { makeAudit, makeSettings } from '../../fixtures/builders.ts'
import { localTokens, openStation } from '../station/sample-room.ts'

let shop: Awaited<ReturnType<typeof openStation>>
let tablet = ''

async function call(operation: string, input: unknown, token: string = localTokens.desktop) {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${shop.station.address}/call/${operation}`, {
    method: 'POST',
    body: JSON.stringify(input),
    headers,
  })
  // Every answer of this route is a reply.
  const reply = (await answer.json()) as { ok: boolean; value: unknown; error?: { code: string } }
  return { status: answer.status, ...reply }
}
const manager = async <Value>(operation: string, input: unknown): Promise<Value> => {
  const reply = await call(operation, input)
  if (!reply.ok) throw new Error(`${operation}: ${JSON.stringify(reply.error)}`)
  return reply.value as Value // the operation's own output
}
const pair = async (name: string): Promise<string> =>
  (await manager<{ token: string }>('terminals.pair', { name })).token

beforeAll(async () => {
  shop = await openStation()
  tablet = await pair('Tablet')
})
afterAll(() => shop.close())

describe('guessing a PIN', () => {
  test('does not get better with more terminals, at whatever door', async () => {
    await manager('staff.save', { name: 'Kim', role: 'manager', pin: '4711' })
    const guess = (pin: string, token: string) => call('staff.sign-in', { name: 'Kim', pin }, token)
    const codes: unknown[] = []
    for (let terminal = 0; terminal < 4; terminal++) {
      const token = await pair(`Guesser ${terminal}`)
      for (let one = 0; one < 4; one++) codes.push((await guess(String(2000 + terminal * 10 + one), token)).error?.code)
    }
    expect(codes.filter((code) => code === 'ERR_NOT_ALLOWED')).toHaveLength(10)
    expect(codes.slice(10)).toEqual(Array.from({ length: 6 }, () => 'ERR_TOO_MANY_TRIES'))
    expect((await guess('4711', tablet)).error?.code).toBe('ERR_TOO_MANY_TRIES')
    const window = { door: 'desktop', actor: 'desktop:me' } as const
    const inside = await shop.room.call('staff.sign-in', { name: 'Kim', pin: '4711' }, window, 'job')
    expect(inside).toMatchObject({ ok: false, error: { code: 'ERR_TOO_MANY_TRIES' } })
  })

  test('of people who are not there does not fill the memory with their names', async () => {
    const token = await pair('Nobody')
    const codes = []
    for (let one = 0; one < 6; one++) codes.push((await call('staff.sign-in', { name: `n${one}`, pin: '1' }, token)).error?.code) // prettier-ignore
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'ERR_STAFF_NOT_FOUND'), 'ERR_TOO_MANY_TRIES'])
  })
})

describe('a label', () => {
  beforeAll(async () => {
    await manager('staff.save', { name: 'Pat', role: 'packer', pin: '2580' })
    await call('staff.sign-in', { name: 'Pat', pin: '2580' }, tablet)
  })

  test('printed in clear is not for the floor, also after the shop began to seal', async () => {
    for (const carrier of ['VAN', 'POST'])
      await manager('couriers.add-key', { carrier, jwks: JSON.stringify(publicSet(await makeKeys())) })
    const sealing = async (position: 'off' | 'delivery'): Promise<void> => {
      const settings = makeSettings({ undoMs: 0 })
      const privacy = { ...settings.privacy, sealing: position }
      await manager('settings.save', { settings: { ...settings, privacy }, confirmed: true })
    }
    await sealing('off')
    const { wave } = await manager<WaveView>('waves.plan', {})
    await manager('waves.issue-documents', { wave: wave.code })
    await manager('waves.issue-labels', { wave: wave.code })
    const label = async (): Promise<string> => {
      const { documents } = await manager<WaveView>('waves.get', { wave: wave.code })
      return documents.find((one) => one.kind === 'label')?.id ?? 'none'
    }
    const fetched = async (id: string): Promise<number> =>
      (await fetch(`${shop.station.address}/documents/${id}`, { headers: { authorization: `Bearer ${tablet}` } }))
        .status
    const inClear = await label()
    expect(await fetched(inClear)).toBe(403)
    await sealing('delivery')
    expect(await fetched(inClear)).toBe(403)
    // The wave keeps what its papers were issued under until they are issued again, all of them.
    await manager('waves.issue-labels', { wave: wave.code })
    expect(await label()).toBe(inClear)
    await manager('sealing.reissue', { wave: wave.code })
    const sealed = await label()
    expect(sealed).not.toBe(inClear)
    expect([await fetched(sealed), await fetched(inClear)]).toEqual([200, 403])
  })
})

test('a reason in a manager’s own words is not told to the floor, a code is', async () => {
  const { rows } = await manager<{ rows: { order: { code: string } }[] }>('orders.list', {})
  const order = rows[0]?.order.code
  await manager('orders.cancel', { order, reason: 'Mrs Quirrenbach was ill' })
  const read = async (token: string): Promise<OrderFileView> => (await call('orders.get', { order }, token)).value as OrderFileView // prettier-ignore
  expect(JSON.stringify(await read(localTokens.desktop))).toContain('Quirrenbach')
  expect(JSON.stringify(await read(tablet))).not.toContain('Quirrenbach')
})

test('a browser that another page sends here is turned away, one that a person sends is not', async () => {
  const { host, hostname, port } = new URL(shop.station.address)
  const status = (site: string | undefined, path: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = { host, cookie: `backroom=${tablet}`, ...(site !== undefined && { 'sec-fetch-site': site }) }
      const sent = request({ hostname, port, path, headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
      sent.once('error', reject).end()
    })
  for (const site of ['cross-site', 'same-site'])
    expect([await status(site, '/me'), await status(site, `/?token=${tablet}`)]).toEqual([403, 403])
  for (const site of [undefined, 'none', 'same-origin'])
    expect([await status(site, '/me'), await status(site, `/?token=${tablet}`)]).toEqual([200, 302])
})

test('names that every object has are no operations, and ids that are paths are no documents', async () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'orders.__proto__'])
    expect((await call(name, {})).error?.code).toBe('ERR_COMMAND_UNKNOWN')
  await shop.workshop.store.saveAudit(makeAudit())
  for (const id of ['..%2f..%2fkeys%2fshop.key', '%2e%2e%2fbackroom.sqlite', 'keys', '%00'])
    expect((await fetch(`${shop.station.address}/documents/${id}`, { headers: { authorization: `Bearer ${localTokens.desktop}` } })).status).toBe(404) // prettier-ignore
  await expect(shop.workshop.files.read('../keys/shop.key')).rejects.toMatchObject({ code: 'ERR_DOCUMENT_NOT_FOUND' })
})
