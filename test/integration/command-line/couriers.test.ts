import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeKeys, privateSet, publicSet } from '../../../src-courier/core/courier-keys.ts'
import { shopFolder } from './backroom.ts'

const shop = shopFolder()
afterAll(() => shop.remove())
const file = (name: string, content: unknown): string => {
  const path = join(shop.path, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

let courier: string
beforeAll(async () => {
  await shop.run('init', '--sample')
  courier = (await shop.run('courier', 'list')).json<readonly { code: string }[]>()[0]?.code ?? ''
})

test('a key is looked at, taken in with its days and who compared it, and revoked', async () => {
  const keys = await makeKeys()
  const set = file('courier.jwks.json', publicSet(keys))
  const looked = await shop.run('courier', 'preview-key', courier, set)
  expect(looked.json()).toMatchObject({ encKid: keys.enc.kid, isKnown: false })
  const days = ['--from', '2026-01-01', '--until', '2036-01-01']
  await shop.run('courier', 'add-key', courier, set, '--compared-by', 'Ada', ...days)
  const label = (await shop.run('courier', 'test-label', courier)).json<{ number: string }>()
  expect(label.number).toMatch(/^TEST/)
  const [listed] = (await shop.run('courier', 'list')).json<readonly { keys: readonly object[] }[]>()
  expect(listed?.keys).toMatchObject([{ seals: true, compared: { by: 'Ada' }, validUntil: Date.UTC(2036, 0, 1) }])
  const revoked = await shop.run('courier', 'revoke-key', courier, keys.enc.kid)
  expect(revoked.json()).toEqual({ voided: [], hasKey: false, manifests: [] })
  expect((await shop.run('courier', 'warnings')).out).toContain(courier)
})

test('a private key is refused in words, exit code 2, and is not repeated', async () => {
  const keys = await makeKeys()
  const refused = await shop.run('courier', 'add-key', courier, file('private.json', privateSet(keys)))
  expect(refused.code).toBe(2)
  expect(refused.words).toContain('It holds a PRIVATE key')
  expect(refused.words).not.toContain(keys.enc.d)
})

test('the shop’s keys are written as text, words and a code', async () => {
  const { keys } = (await shop.run('shop-keys')).json<{ keys: readonly { kid: string }[] }>()
  const words = (await shop.run('shop-keys', '--words')).json<readonly { kid: string; words: readonly string[] }[]>()
  expect(words.map(({ kid }) => kid)).toEqual(keys.map(({ kid }) => kid))
  const picture = join(shop.path, 'keys.svg')
  await shop.run('shop-keys', '--qr', picture)
  expect(readFileSync(picture, 'utf8')).toMatch(/^<svg/)
})

test('sealing is shown, and switched off with a clear yes only', async () => {
  expect((await shop.run('sealing')).json()).toMatchObject({ sealing: 'delivery', otherwise: [] })
  expect(await shop.run('sealing', 'off')).toMatchObject({ code: 2 })
  expect((await shop.run('sealing', 'sometimes')).code).toBe(2)
  expect((await shop.run('sealing', 'off', '--yes')).json()).toMatchObject({ sealing: 'off' })
  expect((await shop.run('sealing', 'selection')).json()).toMatchObject({ sealing: 'selection' })
})
