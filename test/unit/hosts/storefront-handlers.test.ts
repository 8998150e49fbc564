import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Workshop } from '../../../src-main/application/workshop.ts'
import { createRoom, type Room } from '../../../src-main/hosts/handlers.ts'
import type { Sighting } from '../../../src-main/ports/storefront-probe.ts'
import { openTestShop, removeTestShops, type TestShop } from '../application/test-shop.ts'

let shop: TestShop
let room: Room
let sighting: Sighting
const manager = { door: 'desktop', actor: 'desktop' } as const
const ask = async (operation: string, input: object, who: Parameters<Room['call']>[2] = manager) =>
  room.call(operation, input, who, 'job')

beforeAll(async () => {
  shop = await openTestShop()
  const workshop: Workshop = {
    ...shop.workshop,
    storefrontProbe: { look: async () => sighting },
    previewStorefrontWords: (platform) =>
      platform === 'woocommerce' ? [{ kind: 'packed', words: 'It is packed.', isUsual: true }] : [],
  }
  room = createRoom(workshop)
  shop.storefront.testAccess = async () => [
    { check: 'transport', ok: true, details: {} },
    { check: 'address', ok: true, details: {} },
    { check: 'read', ok: true, details: {} },
    { check: 'write', ok: true, details: {} },
  ]
})
afterAll(removeTestShops)

describe('the storefront operations', () => {
  test('are for managers only', async () => {
    for (const operation of ['list', 'test', 'connect', 'words', 'options', 'pause', 'resume', 'disconnect']) {
      const reply = await ask(`storefronts.${operation}`, {}, { door: 'station', actor: 'station:1' })
      expect(reply).toMatchObject({ ok: false, error: { code: 'ERR_NOT_ALLOWED' } })
    }
  })

  test('connect, tell, pause, resume and disconnect; the list shows it and never the key', async () => {
    sighting = { url: 'https://tea.example', platform: 'woocommerce', name: 'Tea' }
    const token = 'ck_0123456789:cs_9876543210'
    const made = await ask('storefronts.connect', { id: 'tea', url: 'tea.example', token })
    expect(made).toEqual({ ok: true, value: { name: 'Tea', platform: 'woocommerce', url: 'https://tea.example' } })
    expect(await ask('storefronts.words', { platform: 'woocommerce', language: 'de' })).toMatchObject({ value: [{ kind: 'packed' }] }) // prettier-ignore
    await ask('storefronts.options', { id: 'tea', options: { tellCustomer: ['packed'], completeOrders: true } })
    const states: unknown[] = []
    for (const operation of ['pause', 'resume', 'disconnect']) {
      expect(await ask(`storefronts.${operation}`, { id: 'tea' })).toEqual({ ok: true, value: null })
      const listed = JSON.stringify(await ask('storefronts.list', {}))
      expect(listed).not.toContain('cs_')
      const { value } = JSON.parse(listed) as { value: { id: string; state: string; options: object }[] } // a reply that is ok
      const row = value.find(({ id }) => id === 'tea')
      expect(row?.options).toEqual({ tellCustomer: ['packed'], completeOrders: true })
      states.push(row?.state)
    }
    expect(states).toEqual(['paused', 'connected', 'disconnected'])
    expect(shop.written()).not.toContain('cs_9876543210')
  })

  test('refuse what they do not know, with its place', async () => {
    const wrong = await ask('storefronts.options', { id: 'tea', options: { tellCustomer: ['teleported'] } })
    expect(wrong).toMatchObject({ ok: false, error: { code: 'ERR_INPUT_INVALID' } })
    expect(await ask('storefronts.pause', { id: 'nobody' })).toMatchObject({ error: { code: 'ERR_STOREFRONT_NOT_FOUND' } }) // prettier-ignore
    expect(await ask('storefronts.connect', { id: 'counter', url: 'x', token: 't' })).toMatchObject({ error: { code: 'ERR_INPUT_INVALID' } }) // prettier-ignore
  })

  test('say what is wrong with an address before a key is used', async () => {
    const facts = { host: 'my.shop' }
    sighting = { url: 'https://my.shop', problem: { code: 'captcha', facts } }
    let used = 0
    const { testAccess } = shop.storefront
    shop.storefront.testAccess = async () => {
      used += 1
      return testAccess()
    }
    const reply = await ask('storefronts.connect', { url: 'my.shop', token: 'key', anyway: true })
    expect(reply).toMatchObject({ ok: false, error: { code: 'ERR_STOREFRONT_ANSWER', details: { problem: 'captcha', step: 'platform', ...facts } } }) // prettier-ignore
    expect(used).toBe(0)
  })
})
