import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillShop, openShop, temporaryFolders, type AskedShop } from '../backup/shop.ts'

const own = {
  id: 'shop',
  name: 'Own Things',
  letter: 'A',
  addressLines: ['Road 1'],
  country: 'DE',
  zone: 'Europe/Berlin',
  currency: 'EUR',
  locale: 'en',
  lat: 52,
  lon: 13,
} as const

/** Every file of a folder, by its path in it. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  )
}

describe('the sample shop is removed without trace', { timeout: 60_000 }, () => {
  const folders = temporaryFolders()
  const folder = folders.next()
  let shop: AskedShop
  let firstKey = ''

  beforeAll(async () => {
    shop = await openShop(folder)
    firstKey = (await fillShop(shop)).recoveryKey
    const { wave } = await shop.ask('waves.plan', {})
    // The couriers of the sample have no keys yet: it stops before the labels, with its papers issued.
    await shop.reply('waves.run', { wave: wave.code })
    await shop.ask('backup.create', {})
  })
  afterAll(async () => {
    await shop.close()
    folders.remove()
  })

  test('only after a clear yes', async () => {
    expect(await shop.reply('shop.remove-sample', {})).toMatchObject({
      ok: false,
      error: { code: 'ERR_CONFIRMATION_NEEDED' },
    })
    expect((await shop.ask('catalogue.list', {})).total).toBe(568)
  })

  test('with its rows, documents, backups, tables and keys', async () => {
    expect(filesIn(folder).length).toBeGreaterThan(8)
    await shop.ask('shop.remove-sample', { confirmed: true })
    expect(filesIn(folder).filter((name) => !/^backroom\.(sqlite|lock)/.test(name))).toEqual([])
    expect(existsSync(join(folder, 'keys'))).toBe(false)
    // What the sample is full of stands in no byte that is left, also not in pages that were freed.
    const left = filesIn(folder)
      .map((name) => readFileSync(join(folder, name)).toString('latin1'))
      .join('\n')
    expect(
      ['Quendelkontor', 'Kiebitz', 'GR-0101', 'Wackernagel', 'Silberzahn'].filter((word) => left.includes(word)),
    ).toEqual([])
    expect((await shop.reply('settings.get', {})).ok).toBe(false)
    expect((await shop.ask('keys.state', {})).hasKey).toBe(false)
    expect((await shop.ask('catalogue.list', {})).total).toBe(0)
    expect((await shop.ask('orders.list', {})).total).toBe(0)
  })

  test('so that a shop of one’s own is made in its place, with a key of its own, and stays', async () => {
    const { recoveryKey } = await shop.ask('shop.init', { shop: { ...own, addressLines: [...own.addressLines] } })
    expect(recoveryKey).not.toBe(firstKey)
    expect(await shop.ask('keys.state', {})).toMatchObject({ hasKey: true, isOpen: true })
    expect((await shop.ask('settings.get', {})).isSample).toBeUndefined()
    expect(await shop.reply('shop.remove-sample', { confirmed: true })).toMatchObject({
      ok: false,
      error: { code: 'ERR_SHOP_NOT_SAMPLE' },
    })
    await shop.ask('backup.create', {})
    await shop.close()
    shop = await openShop(folder)
    expect((await shop.ask('settings.get', {})).shop.name).toBe('Own Things')
  })

  test('and no saving of settings makes a real shop a sample, or a sample a real one', async () => {
    const settings = await shop.ask('settings.get', {})
    const saved = await shop.reply('settings.save', { settings: { ...settings, isSample: true } as never })
    expect(saved).toMatchObject({ ok: true })
    expect((await shop.ask('settings.get', {})).isSample).toBeUndefined()
  })
})
