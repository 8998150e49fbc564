import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CustomerClient } from './customer-client.ts'
import {
  fixture,
  newFolder,
  shopToken,
  startProcess,
  StartFailed,
  type StorefrontProcess,
} from './running-storefront.ts'

const backOffice = { authorization: `Bearer ${shopToken}` }
const readJson = async (storefront: StorefrontProcess, path: string) =>
  (await fetch(storefront.address + path, { headers: backOffice })).json() as Promise<any> // eslint-disable-line @typescript-eslint/no-explicit-any -- free look into the answer

describe('the last piece', () => {
  test('is sold once, however many want it at the same moment', async () => {
    const storefront = await startProcess(newFolder())
    const customers = await Promise.all(
      Array.from({ length: 24 }, async (_, index) => {
        const client = new CustomerClient(storefront.address)
        await client.identify(`racer${index}@example.org`)
        await client.send('PUT', '/cart', {
          body: {
            lines: [
              { sku: 'LAST-1', quantity: 1 },
              { sku: 'TEA-01', quantity: 1 },
            ],
          },
        })
        return client
      }),
    )
    const answers = await Promise.all(customers.map((client, index) => client.checkOut(`race-${index}`)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    const refused = answers.filter(({ status }) => status === 409)
    expect(refused).toHaveLength(23)
    expect(refused[0]?.json.error).toMatchObject({
      code: 'out-of-stock',
      details: { lines: [{ sku: 'LAST-1', wanted: 1, available: 0 }] },
    })
    expect((await readJson(storefront, '/orders')).entries).toHaveLength(1)
    const tea = await new CustomerClient(storefront.address).get('/products/TEA-01')
    expect(tea.json.product.available, 'a refused order takes nothing').toBe(39)
    await storefront.stop()
  })
})

describe('a power cut', () => {
  test('loses no order that was answered, and the same key finds it again', async () => {
    const folder = newFolder()
    let storefront = await startProcess(folder)
    const client = new CustomerClient(storefront.address)
    await client.identify('cut@example.org')
    const before = await client.order([{ sku: 'HAM-300', quantity: 2 }], 'before-the-cut')
    await client.send('PUT', '/cart', { body: { lines: [{ sku: 'TEA-01', quantity: 1 }] } })
    await storefront.kill()

    storefront = await startProcess(folder)
    const same = new CustomerClient(storefront.address)
    same.cookie = client.cookie
    const again = await same.checkOut('before-the-cut')
    expect([again.status, again.json.id, again.json.number]).toEqual([201, before.json.id, before.json.number])
    expect(again.json.packages).toEqual(before.json.packages)
    expect((await same.get('/cart')).json.lines).toHaveLength(1)
    const { entries } = await readJson(storefront, '/orders')
    expect(entries.map(({ id }: { id: string }) => id)).toEqual([before.json.id])
    expect((await same.get('/products/HAM-300')).json.product.available).toBe(10)
    await storefront.stop()
  })

  test('in the middle of many orders leaves each one whole, once, with its pieces taken', async () => {
    const folder = newFolder()
    let storefront = await startProcess(folder)
    const clients = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const client = new CustomerClient(storefront.address)
        await client.identify(`many${index}@example.org`)
        await client.send('PUT', '/cart', {
          body: {
            lines: [
              { sku: 'TEA-01', quantity: 1 },
              { sku: 'BUTTER-1', quantity: 1 },
            ],
          },
        })
        return client
      }),
    )
    const sent = clients.map((client, index) => client.checkOut(`many-${index}`).catch(() => undefined))
    await sent[2]
    await storefront.kill()
    const answered = (await Promise.all(sent))
      .filter((answer) => answer?.status === 201)
      .map((answer) => answer?.json.id)

    storefront = await startProcess(folder)
    for (const [index, client] of clients.entries()) {
      const retry = new CustomerClient(storefront.address)
      retry.cookie = client.cookie
      expect((await retry.checkOut(`many-${index}`)).status).toBe(201)
    }
    const { entries } = await readJson(storefront, '/orders')
    const ids = entries.map(({ id }: { id: string }) => id)
    expect(new Set(ids).size).toBe(8)
    expect(ids).toHaveLength(8)
    expect(ids).toEqual(expect.arrayContaining(answered))
    const tea = await new CustomerClient(storefront.address).get('/products/TEA-01')
    expect(tea.json.product.available).toBe(32)
    await storefront.stop()
  })
})

describe('starting', () => {
  const failure = async (start: Promise<unknown>): Promise<{ exitCode: number | null; code: string }> => {
    const error = await start.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    if (!(error instanceof StartFailed)) throw new Error('it started')
    return { exitCode: error.exitCode, code: (JSON.parse(error.words) as { error: { code: string } }).error.code } // one line of ours
  }

  test('makes a back-office token once, stops cleanly, and keeps sold stock over a restart with the same catalogue', async () => {
    const folder = newFolder()
    const first = await startProcess(folder, { token: undefined })
    const token = first.ready.backOfficeToken ?? ''
    expect(token.length).toBeGreaterThan(30)
    const client = new CustomerClient(first.address)
    await client.identify('stock@example.org')
    await client.order([{ sku: 'LAST-1', quantity: 1 }])
    expect(await first.stop()).toBe(0)
    const second = await startProcess(folder, { token: undefined })
    expect(second.ready.backOfficeToken).toBeUndefined()
    const orders = await fetch(`${second.address}/orders`, { headers: { authorization: `Bearer ${token}` } })
    expect(orders.status).toBe(200)
    expect((await new CustomerClient(second.address).get('/products/LAST-1')).json.product.available).toBe(0)
    await second.stop()
  })

  test('refuses a broken catalogue with line and column, and changes nothing', async () => {
    const folder = newFolder()
    const catalogue = join(folder, 'broken.csv')
    const text = readFileSync(fixture('catalogue.csv'), 'utf8').replace('1290,EUR', 'twelve,EUR')
    writeFileSync(catalogue, text)
    expect(await failure(startProcess(folder, { catalogue }))).toEqual({ exitCode: 2, code: 'ERR_CSV_INVALID' })
    copyFileSync(fixture('catalogue.csv'), catalogue)
    await (await startProcess(folder, { catalogue })).stop()
  })

  test('refuses a database whose key file is gone: a new key would open nothing', async () => {
    const folder = newFolder()
    await (await startProcess(folder)).stop()
    rmSync(join(folder, 'data', 'storefront.key'))
    expect(await failure(startProcess(folder))).toEqual({ exitCode: 3, code: 'ERR_SHOP_KEY_MISSING' })
  })
})
