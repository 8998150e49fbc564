import { createHash, randomBytes } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { pairingOffers } from '../../../src-main/hosts/handlers/pairing-offers.ts'
import { pinGate } from '../../../src-main/hosts/handlers/pin-gate.ts'
import { tourClaims } from '../../../src-main/hosts/handlers/tour-claims.ts'
import { createRoom, type Visitor } from '../../../src-main/hosts/handlers.ts'
import { AppError } from '../../../src-main/kernel/errors.ts'
import { openTestShop, removeTestShops } from '../application/test-shop.ts'

afterAll(removeTestShops)

const minuteMs = 60_000
const desk: Visitor = { door: 'desktop', actor: 'desktop' }
const tablet: Visitor = { door: 'station', actor: 'station:one' }

function timed() {
  let now = 1_000_000
  const clock = { now: () => now }
  const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) }
  const hasher = { sha256: (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex') }
  return { system: { clock, random, hasher }, forward: (ms: number) => void (now += ms) }
}

describe('a pairing code', () => {
  test('is good once, however it is typed, and then no more', () => {
    const offers = pairingOffers(timed().system)
    const { code } = offers.make('Tablet 1')
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
    expect(offers.redeem(` ${code.toLowerCase().replace('-', ' ')} `)).toBe('Tablet 1')
    expect(() => offers.redeem(code)).toThrow(expect.objectContaining({ code: 'ERR_PAIRING_CODE' }))
  })

  test('runs out after five minutes', () => {
    const { system, forward } = timed()
    const offers = pairingOffers(system)
    const { code } = offers.make('Tablet 1')
    forward(5 * minuteMs)
    expect(offers.current()).toBeUndefined()
    expect(() => offers.redeem(code)).toThrow(expect.objectContaining({ details: { triesLeft: 0 } }))
  })

  test('takes five wrong ones, then the right one is wrong too', () => {
    const offers = pairingOffers(timed().system)
    const { code } = offers.make('Tablet 1')
    for (let left = 4; left >= 0; left--)
      expect(() => offers.redeem('AAAA-AAAA')).toThrow(expect.objectContaining({ details: { triesLeft: left } }))
    expect(() => offers.redeem(code)).toThrow(expect.objectContaining({ code: 'ERR_PAIRING_CODE' }))
  })

  test('is worth nothing once another was made or it was withdrawn', () => {
    const offers = pairingOffers(timed().system)
    const first = offers.make('Tablet 1').code
    const second = offers.make('Tablet 2').code
    expect(() => offers.redeem(first)).toThrow(AppError)
    offers.withdraw()
    expect(() => offers.redeem(second)).toThrow(AppError)
  })
})

describe('guessing one person’s PIN', () => {
  test('waits longer each time, and ends in a lock that waiting does not open', async () => {
    const { system, forward } = timed()
    const gate = pinGate(system.clock)
    const locked: number[] = []
    let tries = 0
    const guess = (terminal: string): Promise<unknown> =>
      gate.prove(
        { caller: { actor: terminal }, name: 'Pat', onLock: async () => void locked.push(tries) },
        async () => {
          tries += 1
          throw new AppError('ERR_NOT_ALLOWED', { reason: 'wrong-pin' })
        },
      )
    const waits: number[] = []
    for (let terminal = 0; locked.length === 0; terminal++) {
      const error = await guess(`station:${terminal}`).then(() => undefined, (thrown: unknown) => thrown) // prettier-ignore
      if (!(error instanceof AppError) || error.code !== 'ERR_TOO_MANY_TRIES') continue
      const seconds = Number(error.details['waitSeconds'])
      waits.push(seconds / 60)
      forward(seconds * 1_000)
    }
    expect(waits).toEqual([15, 30, 60, 120, 240])
    expect(locked).toEqual([15])
  })
})

describe('who walks a tour', () => {
  test('is said once: a colleague is told, and takes over only on purpose', () => {
    const claims = tourClaims(timed().system.clock)
    const mine = (actor: string) => ({ tour: 1, actor, name: actor })
    expect(claims.claim('w', mine('staff:ada'), false).actor).toBe('staff:ada')
    expect(claims.claim('w', mine('staff:ben'), false).actor).toBe('staff:ada')
    expect(claims.of('w')).toMatchObject([{ tour: 1, actor: 'staff:ada' }])
    expect(claims.claim('w', mine('staff:ben'), true).actor).toBe('staff:ben')
    claims.release('w', 1, 'staff:ada')
    expect(claims.of('w')).toHaveLength(1)
    claims.releaseAll('staff:ben')
    expect(claims.of('w')).toEqual([])
  })

  test('is forgotten after a long rest', () => {
    const { system, forward } = timed()
    const claims = tourClaims(system.clock)
    claims.claim('w', { tour: 1, actor: 'staff:ada', name: 'Ada' }, false)
    forward(20 * minuteMs)
    expect(claims.of('w')).toEqual([])
    expect(claims.claim('w', { tour: 1, actor: 'staff:ben', name: 'Ben' }, false).name).toBe('Ben')
  })
})

describe('who stands at a station', () => {
  async function stationOf(people: readonly (readonly [name: string, role: string, pin: string | undefined])[]) {
    const shop = await openTestShop()
    const room = createRoom(shop.workshop)
    const ids: Record<string, string> = {}
    for (const [name, role, pin] of people) {
      const reply = await room.call('staff.save', { name, role, pin }, desk, 'job')
      if (reply.ok) ids[name] = (reply.value as { staffId: string }).staffId // the operation's own output
    }
    const ask = async (operation: string, input: unknown = {}, who: Visitor = tablet): Promise<string> => {
      const reply = await room.call(operation, input, who, 'job')
      return reply.ok ? 'ok' : reply.error.code
    }
    return { ...shop, room, ids, ask }
  }

  test('is the terminal itself while no one has a PIN, but never beyond this machine', async () => {
    const { ask } = await stationOf([['Pat', 'packer', undefined]])
    expect(await ask('waves.list')).toBe('ok')
    expect(await ask('waves.list', {}, { ...tablet, isRemote: true })).toBe('ERR_SIGN_IN_NEEDED')
  })

  test('is whoever signed in: their name is on what happens, and the next one switches by their own PIN', async () => {
    const { ask, room, store, ids } = await stationOf([['Pat', 'packer', '2580'], ['Kim', 'picker', '1470']]) // prettier-ignore
    expect(await ask('waves.list')).toBe('ERR_SIGN_IN_NEEDED')
    expect(await ask('staff.sign-in', { name: 'pat', pin: '2580' })).toBe('ok')
    expect(await ask('waves.list')).toBe('ok')
    expect((await room.present(tablet)).actor).toBe(`staff:${ids['Pat']}`)
    expect(await ask('staff.sign-in', { name: 'Kim', pin: '0000' })).toBe('ERR_NOT_ALLOWED')
    expect((await room.present(tablet)).person?.name).toBe('Pat')
    expect(await ask('staff.sign-in', { name: 'Kim', pin: '1470' })).toBe('ok')
    expect((await room.present(tablet)).person?.name).toBe('Kim')
    expect(await ask('pack.confirm', { parcelId: 'x', id: 'any-id-of-a-scan' })).toBe('ERR_NOT_ALLOWED')
    expect(await ask('staff.sign-out')).toBe('ok')
    expect(await ask('waves.list')).toBe('ERR_SIGN_IN_NEEDED')
    expect((await store.listAudit({ offset: 0, limit: 99 })).rows.map(({ action }) => action)).not.toContain('lock-pin')
  })

  test('is nobody after the minutes of rest, unless the screen was touched', async () => {
    const { ask, clock } = await stationOf([['Pat', 'packer', '2580']])
    await ask('staff.sign-in', { name: 'Pat', pin: '2580' })
    clock.forward(4 * minuteMs)
    expect(await ask('staff.stay')).toBe('ok')
    clock.forward(4 * minuteMs)
    expect(await ask('waves.list')).toBe('ok')
    // Reading alone, as every list does by itself after each change, is no touch.
    clock.forward(minuteMs)
    expect(await ask('waves.list')).toBe('ERR_SIGN_IN_NEEDED')
  })

  test('is nobody at once when somebody leaves, and a new role counts at once', async () => {
    const { ask, ids } = await stationOf([['Pat', 'packer', '2580'], ['Kim', 'packer', '1470']]) // prettier-ignore
    await ask('staff.sign-in', { name: 'Pat', pin: '2580' })
    await ask('staff.save', { staffId: ids['Pat'], name: 'Pat', role: 'picker' }, desk)
    expect(await ask('counter.waiting')).toBe('ERR_NOT_ALLOWED')
    await ask('staff.leave', { staffId: ids['Pat'] }, desk)
    expect(await ask('waves.list')).toBe('ERR_SIGN_IN_NEEDED')
    expect(await ask('staff.sign-in', { name: 'Pat', pin: '2580' })).toBe('ERR_STAFF_NOT_FOUND')
    await ask('staff.come-back', { staffId: ids['Pat'] }, desk)
    expect(await ask('staff.sign-in', { name: 'Pat', pin: '2580' })).toBe('ok')
  })

  test('is found by name: two of one name, and PINs everybody tries first, are refused', async () => {
    const { ask, ids } = await stationOf([['Pat', 'packer', '2580'], ['Kim', 'picker', '1470']]) // prettier-ignore
    expect(await ask('staff.save', { staffId: ids['Kim'], name: ' PAT', role: 'picker' }, desk)).toBe('ERR_INPUT_INVALID') // prettier-ignore
    for (const pin of ['0000', '1234', '987654', '12', 'abcd'])
      expect([pin, await ask('staff.save', { name: 'Lee', role: 'picker', pin }, desk)]).toEqual([pin, 'ERR_INPUT_INVALID']) // prettier-ignore
    expect(await ask('staff.save', { staffId: ids['Kim'], name: 'Kim Lee', role: 'picker' }, desk)).toBe('ok')
    expect(await ask('staff.sign-in', { name: 'Kim Lee', pin: '1470' })).toBe('ok')
  })

  test('is locked out after fifteen wrong PINs until a manager unlocks it', async () => {
    const { ask, clock, ids, store } = await stationOf([['Pat', 'packer', '2580']])
    for (let guess = 0, wrong = 0; wrong < 15; guess++) {
      const code = await ask('staff.sign-in', { name: 'Pat', pin: '0001' }, { ...tablet, actor: `station:${guess}` })
      if (code === 'ERR_TOO_MANY_TRIES') clock.forward(5 * 60 * minuteMs)
      else wrong += 1
    }
    clock.forward(24 * 60 * minuteMs)
    expect(await ask('staff.sign-in', { name: 'Pat', pin: '2580' })).toBe('ERR_NOT_ALLOWED')
    expect((await store.listAudit({ offset: 0, limit: 9 })).rows.map(({ action }) => action)).toContain('lock-pin')
    await ask('staff.unlock', { staffId: ids['Pat'] }, desk)
    expect(await ask('staff.sign-in', { name: 'Pat', pin: '2580' })).toBe('ok')
  })
})
