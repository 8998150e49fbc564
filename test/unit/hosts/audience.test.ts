import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Door, Standing } from '../../../src-main/contract/operation.ts'
import { operations } from '../../../src-main/contract/operations.ts'
import { createRoom, type Room, type Visitor } from '../../../src-main/hosts/handlers.ts'
import { openTestShop, removeTestShops } from '../application/test-shop.ts'

afterAll(removeTestShops)

const pins = { manager: '8024', packer: '8025', picker: '8026' } as const
const terminalOf = (standing: Standing): Visitor => ({ door: 'station', actor: `station:${standing}` })
const visitors: readonly (readonly [who: string, door: Door, standing: Standing | undefined, visitor: Visitor])[] = [
  ['the desktop', 'desktop', undefined, { door: 'desktop', actor: 'desktop' }],
  ['the command line', 'cli', undefined, { door: 'cli', actor: 'cli:test' }],
  ...(['manager', 'packer', 'picker', 'nobody'] as const).map(
    (standing) => [`a station: ${standing}`, 'station', standing, terminalOf(standing)] as const,
  ),
]

/** What nobody may be served at a station without having signed in: written out, so that a slip in the table shows. */
const beforeSignIn = ['pack.open-recipient', 'staff.list', 'staff.sign-in', 'staff.sign-out', 'staff.stay', 'terminals.redeem'] // prettier-ignore
const notForPickers = ['counter.hand-over', 'counter.waiting', 'pack.check', 'pack.confirm', 'products.photo-remove', 'products.photo-set'] // prettier-ignore

describe('the audience of every operation', () => {
  let room: Room
  beforeAll(async () => {
    const { workshop } = await openTestShop()
    room = createRoom(workshop)
    const desk = { door: 'desktop', actor: 'desktop' } as const
    for (const role of ['manager', 'packer', 'picker'] as const) {
      await room.call('staff.save', { name: role, role, pin: pins[role] }, desk, 'job')
      const reply = await room.call('staff.sign-in', { name: role, pin: pins[role] }, terminalOf(role), 'job')
      expect(reply).toMatchObject({ ok: true })
    }
  })

  test.each(visitors)('is kept by the room for %s', async (_, door, ...[standing, visitor]) => {
    const wrong: string[] = []
    for (const [name, { audience, standings }] of Object.entries(operations)) {
      // No operation takes a bare word: whoever is let in is told so, and nothing runs.
      const reply = await room.call(name, 'a bare word', visitor, 'job')
      const code = reply.ok ? 'ran' : reply.error.code
      const isIn = audience.includes(door) && (standing === undefined || standings.includes(standing))
      const expected = isIn
        ? 'ERR_INPUT_INVALID'
        : audience.includes(door) && standing === 'nobody'
          ? 'ERR_SIGN_IN_NEEDED'
          : 'ERR_NOT_ALLOWED'
      if (code !== expected) wrong.push(`${name}: ${code}, not ${expected}`)
    }
    expect(wrong).toEqual([])
  })

  const openTo = (standing: Standing): string[] =>
    Object.entries(operations)
      .filter(([, one]) => one.audience.includes('station') && one.standings.includes(standing))
      .map(([name]) => name)
      .toSorted()

  test('lets nobody do more at a station than sign in', () => {
    expect(openTo('nobody')).toEqual(beforeSignIn)
  })

  test('keeps pickers from packing and from the counter', () => {
    const open = openTo('picker')
    expect(notForPickers.filter((name) => open.includes(name))).toEqual([])
    expect(notForPickers.filter((name) => !openTo('packer').includes(name))).toEqual([])
  })

  test('makes no station a manager’s desk, whoever is signed in', () => {
    for (const name of ['terminals.offer', 'terminals.pair', 'terminals.revoke', 'staff.save', 'stations.open-network', 'settings.save', 'orders.recipient', 'manifests.close', 'keys.state'])
      expect(openTo('manager')).not.toContain(name) // prettier-ignore
  })
})
