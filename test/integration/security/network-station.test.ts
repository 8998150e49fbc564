import { randomUUID } from 'node:crypto'
import { request as plainRequest } from 'node:http'
import { request } from 'node:https'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OutputOf } from '../../../src-main/contract/operations.ts'
import { networkDoor } from '../../../src-main/hosts/station/network.ts'
import type { HostNames } from '../../../src-main/ports/certificates.ts'
import { localTokens, openSampleRoom, type SampleRoom } from '../station/sample-room.ts'
import { ask, authorityOf, freePort, type RemoteCall } from './station-client.ts'

type State = OutputOf<'stations.state'>
type Offer = OutputOf<'terminals.offer'>

let host: HostNames = { addresses: ['127.0.0.1'], names: ['shop-pc', 'shop-pc.local'] }
const network = networkDoor(() => host)
let shop: SampleRoom
let port = 0
let address = ''
let ca = ''

/** As the manager at the desk. */
async function manager<Value>(operation: string, input: unknown = {}): Promise<Value> {
  const reply = await shop.room.call(operation, input, { door: 'desktop', actor: 'desktop' }, 'job')
  if (!reply.ok) throw new Error(`${operation}: ${JSON.stringify(reply.error)}`)
  return reply.value as Value // the operation's own output
}
const pair = (code: string, call: RemoteCall = {}) => ask(address, '/pair', { ca, body: { code }, ...call })
const codeOf = async (answer: Promise<{ json<T>(): T }>): Promise<string> =>
  (await answer).json<{ error?: { code: string } }>().error?.code ?? 'ok'

/** A terminal: paired, and signed in where somebody is named. */
async function terminal(name: string, person?: { readonly name: string; readonly pin: string }) {
  const { code } = await manager<Offer>('terminals.offer', { name })
  const cookie = String((await pair(code)).headers['set-cookie']).split(';')[0] ?? ''
  const call = (operation: string, input: unknown = {}) => ask(address, `/call/${operation}`, { ca, body: input, headers: { cookie } }) // prettier-ignore
  if (person) await call('staff.sign-in', person)
  return { cookie, call, get: (path: string) => ask(address, path, { ca, headers: { cookie } }) }
}

beforeAll(async () => {
  shop = await openSampleRoom({ network })
  await network.attach({ ...shop, rendererFolder: '/nowhere' })
  port = await freePort()
})
afterAll(async () => {
  await network.close()
  await shop.close()
})

describe('the network', () => {
  test('is closed until a manager opens it, and open for nobody’s tablet before somebody has a PIN', async () => {
    expect(await manager<State>('stations.state')).toMatchObject({ isWanted: false, addresses: [], withPin: 0 })
    await expect(manager('terminals.offer', { name: 'Tablet' })).rejects.toThrow('ERR_STATION_NETWORK_CLOSED')
    const state = await manager<State>('stations.open-network', { port })
    address = `https://127.0.0.1:${port}`
    expect(state).toMatchObject({ isWanted: true, problem: undefined, addresses: [address, `https://shop-pc.local:${port}`] }) // prettier-ignore
    await expect(manager('terminals.offer', { name: 'Tablet' })).rejects.toThrow('no-pin')
    for (const [name, role, pin] of [['Ada', 'packer', '2580'], ['Ben', 'picker', '1470']] as const)
      await manager('staff.save', { name, role, pin }) // prettier-ignore
    const offer = await manager<Offer>('terminals.offer', { name: 'Tablet' })
    expect(offer.links[0]).toBe(`${address}/#/pair/${offer.code}`)
    ca = await authorityOf(address, offer.fingerprint)
    await manager('terminals.withdraw-offer')
  })

  test('is trusted by who trusts the shop’s authority, and by nobody else', async () => {
    expect((await ask(address, '/me', { ca })).status).toBe(401)
    await expect(ask(address, '/me')).rejects.toMatchObject({ code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO/) })
  })

  test('speaks TLS 1.2 and newer, and not a word of plain HTTP', async () => {
    const version = (maxVersion: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string | null> =>
      new Promise((resolve) => {
        const options = { host: '127.0.0.1', port, ca, minVersion: 'TLSv1', maxVersion, ciphers: 'ALL:@SECLEVEL=0' } as const // prettier-ignore
        const socket = connect(options, () => {
          resolve(socket.getProtocol())
          socket.destroy()
        })
        socket.once('error', () => resolve(null))
      })
    expect([await version('TLSv1.1'), await version('TLSv1.2'), await version('TLSv1.3')]).toEqual([null, 'TLSv1.2', 'TLSv1.3']) // prettier-ignore
    const plain = new Promise((resolve, reject) => {
      plainRequest({ host: '127.0.0.1', port, path: '/' }, resolve).once('error', reject).end()
    })
    await expect(plain).rejects.toThrow()
  })

  test('answers to its own addresses and names only, and to no other site’s page', async () => {
    const status = async (headers: Record<string, string>) => (await ask(address, '/me', { ca, headers })).status
    expect(await status({ host: `shop-pc.local:${port}` })).toBe(401)
    for (const foreign of [
      'evil.example',
      `127.0.0.1.evil.example:${port}`,
      `localhost:${port}`,
      `192.168.0.9:${port}`,
    ])
      expect([foreign, await status({ host: foreign })]).toEqual([foreign, 403])
    expect(await status({ origin: 'https://evil.example' })).toBe(403)
    expect(await status({ origin: `http://127.0.0.1:${port}` })).toBe(403)
    expect(await status({ 'sec-fetch-site': 'cross-site' })).toBe(403)
  })

  test('lets this machine’s own tokens in nowhere, and has no way in for couriers', async () => {
    for (const token of Object.values(localTokens)) {
      const headers = { authorization: `Bearer ${token}` }
      expect((await ask(address, '/me', { ca, headers })).status).toBe(401)
      expect((await ask(address, `/?token=${token}`, { ca, headers })).headers['set-cookie']).toBeUndefined()
      expect(await codeOf(ask(address, '/call/settings.get', { ca, body: {}, headers }))).toBe('ERR_NOT_PAIRED')
    }
    expect((await ask(address, '/courier', { ca })).status).not.toBe(200)
    for (const path of ['/events', '/documents/x']) expect((await ask(address, path, { ca })).status).toBe(401)
  })

  test('hands out the authority as a certificate and as a profile, and never a private key', async () => {
    const plain = await ask(address, '/trust/backroom.crt', { ca })
    const profile = await ask(address, '/trust/backroom.mobileconfig', { ca })
    expect(plain.headers['content-type']).toBe('application/x-x509-ca-cert')
    expect(profile.headers['content-type']).toBe('application/x-apple-aspen-config')
    expect(profile.bytes.toString()).toContain(plain.bytes.toString('base64'))
    expect(profile.bytes.toString() + plain.bytes.toString('latin1')).not.toMatch(/PRIVATE/)
  })
})

describe('pairing', () => {
  test('takes the code on the manager’s screen, once, and keeps the token from every script', async () => {
    const { code } = await manager<Offer>('terminals.offer', { name: 'Tablet 1' })
    expect(await codeOf(pair('AAAA-AAAA'))).toBe('ERR_PAIRING_CODE')
    const paired = await pair(code)
    expect(paired.json()).toEqual({ ok: true, value: { name: 'Tablet 1' } })
    const cookie = String(paired.headers['set-cookie'])
    expect(cookie).toMatch(/^__Host-backroom=[0-9a-f]{64}; /)
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(flag)
    expect(cookie).not.toMatch(/Domain/i)
    expect(await codeOf(pair(code))).toBe('ERR_PAIRING_CODE')
    expect(await codeOf(pair(code, { headers: { origin: 'https://evil.example' } }))).toBe('ERR_NOT_ALLOWED')
    expect(await codeOf(ask(address, '/pair', { ca, body: 'x' }))).toBe('ERR_INPUT_INVALID')
  })

  test('gives a guesser five tries, then the code is worth nothing', async () => {
    const { code } = await manager<Offer>('terminals.offer', { name: 'Tablet 2' })
    for (let guess = 0; guess < 5; guess++) expect(await codeOf(pair(`AAAA-AAA${guess + 2}`))).toBe('ERR_PAIRING_CODE')
    expect(await codeOf(pair(code))).toBe('ERR_PAIRING_CODE')
    expect((await manager<State>('stations.state')).offer).toBeUndefined()
  })

  test('is no operation that a page could call by itself', async () => {
    const { code } = await manager<Offer>('terminals.offer', { name: 'Tablet 3' })
    expect(await codeOf(ask(address, '/call/terminals.redeem', { ca, body: { code } }))).toBe('ERR_NOT_PAIRED')
    await manager('terminals.withdraw-offer')
  })
})

describe('a paired terminal', () => {
  test('reads nothing before somebody signs in, then what that role may', async () => {
    const { call, get } = await terminal('Picking 1')
    expect((await get('/me')).json()).toMatchObject({ door: 'station', name: 'Picking 1', isRemote: true, standing: 'nobody' }) // prettier-ignore
    for (const operation of ['settings.get', 'waves.list', 'orders.list', 'catalogue.list'])
      expect(await codeOf(call(operation))).toBe('ERR_SIGN_IN_NEEDED')
    expect((await get('/documents/anything')).status).toBe(403)
    expect(await codeOf(call('staff.sign-in', { name: 'Ben', pin: '1471' }))).toBe('ERR_NOT_ALLOWED')
    expect(await codeOf(call('staff.sign-in', { name: 'Ben', pin: '1470' }))).toBe('ok')
    expect((await get('/me')).json()).toMatchObject({ standing: 'picker', person: { name: 'Ben' } })
    expect(await codeOf(call('waves.list'))).toBe('ok')
    expect(await codeOf(call('counter.waiting'))).toBe('ERR_NOT_ALLOWED')
    expect(await codeOf(call('terminals.list'))).toBe('ERR_NOT_ALLOWED')
    expect(await manager('terminals.list')).toContainEqual(expect.objectContaining({ name: 'Picking 1', person: 'Ben', lastSeenAt: expect.any(Number) })) // prettier-ignore
  })

  test('is outside the moment it is revoked: its calls, its open stream, its stolen cookie', async () => {
    const { cookie, call, get } = await terminal('Lost', { name: 'Ada', pin: '2580' })
    const { hostname } = new URL(address)
    const ended = new Promise<void>((resolve, reject) => {
      const sent = request({ hostname, port, path: '/events', ca, agent: false, headers: { cookie } }, (answer) => {
        answer
          .resume()
          .once('end', resolve)
          .once('error', () => resolve())
      })
      sent.once('error', reject).end()
    })
    expect(await codeOf(call('waves.list'))).toBe('ok')
    const lost = (await manager<OutputOf<'terminals.list'>>('terminals.list')).find(({ name }) => name === 'Lost')
    await new Promise((resolve) => setTimeout(resolve, 50))
    await manager('terminals.revoke', { terminalId: lost?.id })
    await ended
    expect((await get('/me')).status).toBe(401)
    expect(await codeOf(call('waves.list'))).toBe('ERR_NOT_PAIRED')
    const bearer = { authorization: `Bearer ${cookie.split('=')[1] ?? ''}` }
    expect((await ask(address, '/me', { ca, headers: bearer })).status).toBe(401)
  })

  test('confirms each piece once, however many work on the wave, and each under their own name', async () => {
    const { wave } = await manager<{ wave: { code: string } }>('waves.plan')
    await manager('waves.issue-documents', { wave: wave.code })
    const ada = await terminal('A', { name: 'Ada', pin: '2580' })
    const ben = await terminal('B', { name: 'Ben', pin: '1470' })
    const list = (await ada.call('pick.list', { wave: wave.code })).json<{ value: OutputOf<'pick.list'> }>().value
    const [tour] = list.tours
    const [stop] = tour?.stops ?? []
    const claim = async (who: typeof ada) => (await who.call('tours.claim', { wave: wave.code, tour: 1 })).json<{ value: OutputOf<'tours.claim'> }>().value // prettier-ignore
    expect(await claim(ada)).toMatchObject({ name: 'Ada', isMine: true })
    expect(await claim(ben)).toMatchObject({ name: 'Ada', isMine: false })
    const pick = (who: typeof ada, id: string) =>
      codeOf(who.call('pick.confirm', { wave: wave.code, tour: 1, seq: stop?.seq, id, code: stop?.gtin ?? stop?.sku, quantity: stop?.quantity })) // prettier-ignore
    const both = await Promise.all([pick(ada, randomUUID()), pick(ben, randomUUID())])
    expect(both.toSorted()).toEqual(['ERR_PICK_TOO_MANY', 'ok'])
    const after = await manager<OutputOf<'pick.list'>>('pick.list', { wave: wave.code })
    expect(after.tours[0]?.stops[0]?.picked).toBe(stop?.quantity)
    const log = await manager<OutputOf<'audit.list'>>('audit.list', { search: 'confirm-pick' })
    expect(log.rows.map(({ actor }) => actor.split(':')[0])).toEqual(['staff'])
  })
})

describe('the open network', () => {
  test('follows the machine’s addresses, and says when there are none', async () => {
    host = { addresses: [], names: [] }
    await network.apply({ isOnNetwork: true, port, lockMinutes: 5 })
    expect(await manager<State>('stations.state')).toMatchObject({ problem: 'no-address', addresses: [] })
    await expect(ask(address, '/me', { ca })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    host = { addresses: ['127.0.0.1'], names: ['other-pc.local'] }
    await network.apply({ isOnNetwork: true, port, lockMinutes: 5 })
    expect((await ask(address, '/me', { ca, headers: { host: `other-pc.local:${port}` } })).status).toBe(401)
  })

  test('says when its port is taken, and is closed by the manager', async () => {
    await manager('stations.close-network')
    await expect(ask(address, '/me', { ca })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    const { createServer } = await import('node:net')
    const other = createServer().listen(port, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    expect(await manager<State>('stations.open-network', { port })).toMatchObject({ problem: 'port-taken' })
    await new Promise((resolve) => other.close(resolve))
    await manager('stations.close-network')
    expect(await manager<State>('stations.state')).toMatchObject({ isWanted: false, problem: undefined, addresses: [] })
  })
})
