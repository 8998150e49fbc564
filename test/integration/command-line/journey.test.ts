import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeKeys, privateSet, publicSet, type CourierKeys } from '../../../src-courier/core/courier-keys.ts'
import { signStatusFile } from '../../../src-courier/core/signed-answers.ts'
import { backroom, serve, shopFolder } from './backroom.ts'
import { startWireHost, wireOrder, type WireHost } from './wire-host.ts'

const folder = shopFolder()
const out = mkdtempSync(join(tmpdir(), 'backroom-out-'))
const keysByCourier = new Map<string, CourierKeys>()
let host: WireHost
let recoveryKey = ''
let wave = ''
let manifest = ''

const ok = async <Value = Record<string, unknown>>(...args: readonly string[]): Promise<Value> => {
  const ended = await folder.run(...args, '--json')
  if (ended.code !== 0) throw new Error(`${args.join(' ')}: ${ended.words}`)
  return ended.json<Value>()
}
const write = (name: string, content: string): string => {
  const path = join(out, name)
  writeFileSync(path, content)
  return path
}
const keyFile = (carrier: string): string => {
  const keys = keysByCourier.get(carrier)
  if (!keys) throw new Error('every courier has keys')
  return write(`${carrier}.private.json`, JSON.stringify(privateSet(keys)))
}

beforeAll(async () => {
  host = await startWireHost()
  host.orders.push(...[1, 2, 3].map((n) => wireOrder(`o-${n}`, { 'GR-0101': n, 'GR-0102': 1 })))
  recoveryKey = (await ok<{ recoveryKey: string }>('init', '--sample')).recoveryKey
  const settings = await ok('call', 'settings.get')
  await ok('call', 'settings.save', JSON.stringify({ settings: { ...settings, undoMs: 0 } }))
  await ok('connect', host.address, '--token', 't')
  await ok('sync')
  for (const { code } of await ok<{ code: string }[]>('courier', 'list')) {
    const keys = await makeKeys()
    keysByCourier.set(code, keys)
    await ok('courier', 'add-key', code, write(`${code}.jwks.json`, JSON.stringify(publicSet(keys))))
  }
})
afterAll(async () => {
  folder.remove()
  rmSync(out, { recursive: true, force: true })
  await host.close()
})

describe('from the order to the doorstep on the command line', () => {
  test('plans, prints and hands over', async () => {
    const planned = await ok<{ wave: string; orders: number; parcels: number; unplanned: object[] }>('plan')
    expect(planned).toMatchObject({ orders: 3, unplanned: [] })
    wave = planned.wave
    const documents = await ok<{ kind: string }[]>('documents', wave, '--out', out)
    expect(new Set(documents.map((document) => document.kind))).toEqual(new Set(['selection', 'pick-sheet', 'slip']))
    await ok('labels', wave, '--out', out)
    expect(readdirSync(join(out, 'pick-sheets'))).toEqual([`${wave}-1.pdf`])
    expect(readdirSync(join(out, 'labels'))).toHaveLength(planned.parcels)
    const selection = await folder.run('show-selection', wave, '--json')
    expect(selection.json()).toMatchObject({ format: 'backroom-selection-1', wave, version: 1 })
    expect(selection.out).not.toMatch(/Quirrenbach|Xylophonallee|9988776/)
  })

  test('refuses a manifest while nothing is packed, and a courier nobody knows', async () => {
    const [first = ''] = keysByCourier.keys()
    const empty = await folder.run('manifest', first, '--json')
    expect([empty.code, empty.failure().code]).toEqual([2, 'ERR_MANIFEST_EMPTY'])
    const unknown = await folder.run('manifest', 'nobody', '--json')
    expect([unknown.code, unknown.failure().code]).toEqual([2, 'ERR_CARRIER_NOT_FOUND'])
  })

  test('picks and packs through any operation, closes the manifest and prints it sealed', async () => {
    const list = await ok<{ tours: { seq: number; stops: { seq: number; sku: string; quantity: number }[] }[]; parcels: { id: string }[] }>('call', 'pick.list', JSON.stringify({ wave })) // prettier-ignore
    for (const tour of list.tours)
      for (const stop of tour.stops)
        await ok('call', 'pick.confirm', JSON.stringify({ wave, tour: tour.seq, seq: stop.seq, code: stop.sku, quantity: stop.quantity })) // prettier-ignore
    for (const parcel of list.parcels) await ok('call', 'pack.confirm', JSON.stringify({ parcelId: parcel.id }))
    const closed = await ok<{ closed: { number: string; carrier: string }[] }>('manifest', '--out', out)
    manifest = closed.closed[0]?.number ?? ''
    expect(existsSync(join(out, 'manifests', `${manifest}.manifest.jwe`))).toBe(true)
    const sealed = await folder.run('show-delivery', manifest, '--json')
    expect(sealed.out).not.toMatch(/Quirrenbach|Xylophonallee|9988776/)
    const carrier = closed.closed[0]?.carrier ?? ''
    const opened = await folder.run('show-delivery', manifest, '--key', keyFile(carrier), '--json')
    expect(opened.out).toContain('Zoe Quirrenbach')
  })

  test('opens labels and manifests with the courier’s key and with no other', async () => {
    const file = join(out, 'manifests', `${manifest}.manifest.jwe`)
    const carrier = [...keysByCourier.keys()].find((code) => manifest.startsWith(code)) ?? ''
    const shopKeys = write('shop.jwks.json', JSON.stringify(await ok('shop-keys')))
    const opened = await ok<{ number: string; parcels: { pid: string; label: string }[] }>('open-manifest', file, '--key', keyFile(carrier), '--shop-key', shopKeys) // prettier-ignore
    expect(opened.number).toBe(manifest)
    const { pid = '', label = '' } = opened.parcels[0] ?? {}
    const block = write('label.jwe', label)
    expect(await ok('open-label', block, '--key', keyFile(carrier), '--parcel', pid)).toMatchObject({ recipient: { name: 'Zoe Quirrenbach' } }) // prettier-ignore
    const moved = await folder.run('open-label', block, '--key', keyFile(carrier), '--parcel', 'C00000000019', '--json')
    expect([moved.code, moved.failure().code]).toEqual([2, 'ERR_SEALED_BLOCK_MOVED'])
    const other = [...keysByCourier.keys()].find((code) => code !== carrier) ?? ''
    const foreign = await folder.run('open-manifest', file, '--key', keyFile(other), '--json')
    expect([foreign.code, foreign.failure().code]).toEqual([2, 'ERR_SEALED_BLOCK_FOREIGN'])
    const piped = await backroom(['open-label', '--key', keyFile(carrier)], { input: label })
    expect([piped.code, piped.json<{ parcelNumber: string }>().parcelNumber]).toEqual([0, pid])
  })

  test('takes the courier’s answer in once', async () => {
    const carrier = [...keysByCourier.keys()].find((code) => manifest.startsWith(code)) ?? ''
    const keys = keysByCourier.get(carrier)
    const delivery = await ok<{ routes: { stops: { parcels: { number: string }[] }[] }[] }>('show-delivery', manifest)
    const pid = delivery.routes[0]?.stops[0]?.parcels[0]?.number ?? ''
    if (!keys) throw new Error('the courier has keys')
    const events = [{ pid, status: 'delivered' as const, at: Date.now() }]
    const file = write('status.jws', await signStatusFile(keys, { manifest, sequence: 1, events }))
    expect(await ok('import-status', file)).toMatchObject({ manifest, taken: 1, ignored: [] })
    const again = await folder.run('import-status', file, '--json')
    expect([again.code, again.failure().code]).toEqual([2, 'ERR_STATUS_FILE_REPLAYED'])
  })

  test('tells the storefront every step, in order', () => {
    const told = host.reports.filter((report) => report['orderId'] === 'o-1')
    expect(told.map((report) => report['kind'])).toEqual(
      expect.arrayContaining(['planned', 'picking', 'packed', 'handed-over']),
    )
    expect(told.map((report) => report['sequence'])).toEqual(told.map((_, index) => index + 1))
  })
})

describe('two programs at once', () => {
  test('the second goes through the first, and says who asked', async () => {
    const server = await serve(folder.path)
    try {
      const today = await ok<{ waves: object[] }>('status')
      expect(today.waves).toEqual([])
      expect(await ok('hold', await orderCodeOf('o-late'))).toBe(null)
      const audit = await ok<{ rows: { actor: string; action: string }[] }>('audit', 'hold-order')
      expect(audit.rows[0]).toMatchObject({ action: 'hold-order', actor: expect.stringMatching(/^cli:.+/) })
      const again = join(out, 'again')
      await ok('documents', wave, '--out', again)
      expect(readdirSync(join(again, 'pick-sheets'))).toEqual([`${wave}-1.pdf`])
      const restored = await folder.run('restore', join(folder.path, 'backups', 'none.sqlite'), '--json')
      expect([restored.code, restored.failure().code]).toEqual([3, 'ERR_STORE_LOCKED'])
      expect((await fetch(`${server.address}/me`, { headers: { authorization: `Bearer ${server.desktopToken}` } })).status).toBe(200) // prettier-ignore
    } finally {
      expect(await server.stop()).toBe(0)
    }
    expect(existsSync(join(folder.path, 'run', 'server.json'))).toBe(false)
    expect((await folder.run('status')).code).toBe(0)
  })

  async function orderCodeOf(externalId: string): Promise<string> {
    host.orders.push(wireOrder(externalId, { 'GR-0101': 1 }))
    await ok('sync')
    const { rows } = await ok<{ rows: { order: { code: string; externalId: string } }[] }>('orders')
    return rows.find((row) => row.order.externalId === externalId)?.order.code ?? ''
  }

  test('a shop that somebody else has open without serving it is refused in words, not with a trace', async () => {
    const lock = join(folder.path, 'backroom.lock')
    writeFileSync(lock, `${process.ppid}\n\n`)
    const ended = await folder.run('status', '--json')
    expect([ended.code, ended.failure()]).toEqual([3, { code: 'ERR_STORE_LOCKED', details: { heldBy: process.ppid } }])
    expect(ended.words).not.toContain('    at ')
    rmSync(lock)
  })
})

describe('keeping and forgetting', () => {
  let backup = ''
  test('a backup restored on an empty machine opens with the recovery key, and with no other', async () => {
    backup = (await ok<{ path: string }>('backup')).path
    const fresh = shopFolder()
    try {
      const wrong = await fresh.run(
        'restore',
        backup,
        '--recovery-key',
        recoveryKey.replaceAll(/[0-9]/g, '1'),
        '--json',
      )
      expect([wrong.code, wrong.failure().code]).toEqual([3, 'ERR_SHOP_KEY_MISSING'])
      const restored = await fresh.run('restore', backup, '--recovery-key', recoveryKey, '--json')
      expect([restored.code, restored.json()]).toMatchObject([0, { orders: 4, erasedAgain: 0 }])
      const found = (await fresh.run('orders', 'Quirrenbach', '--json')).json<{ total: number }>()
      expect(found.total).toBe(4)
    } finally {
      fresh.remove()
    }
  })

  test('a backup without any key is not opened, and what it wants is said', async () => {
    const fresh = shopFolder()
    try {
      const refused = await fresh.run('restore', '--from', backup, '--json')
      expect([refused.code, refused.failure()]).toMatchObject([
        3,
        { code: 'ERR_SHOP_KEY_MISSING', details: { reason: 'file-missing', otherWays: ['recovery-key'] } },
      ])
      expect((await fresh.run('orders', '--json')).failure().code).toBe('ERR_SHOP_NOT_INITIALISED')
    } finally {
      fresh.remove()
    }
  })

  test('whoever was erased since the backup is erased again after it is restored', async () => {
    expect(await ok('erase', 'user-of-o-1')).toMatchObject({ orders: 1, users: 1 })
    expect((await ok<{ total: number }>('orders', 'Quirrenbach')).total).toBe(3)
    expect(await ok('restore', backup)).toMatchObject({ erasedAgain: 1, former: expect.any(String) })
    expect((await ok<{ total: number }>('orders', 'Quirrenbach')).total).toBe(3)
    expect(await ok('purge')).toMatchObject({ orders: 0 })
  })

  test('a file that is no backup leaves the shop as it is', async () => {
    const ended = await folder.run('restore', write('no-backup.sqlite', 'hello'), '--json')
    expect([ended.code, ended.failure().code]).toEqual([2, 'ERR_BACKUP_INVALID'])
    expect((await ok<{ total: number }>('orders')).total).toBe(4)
  })

  test('nothing personal lies readable anywhere in the data folder', () => {
    const files = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(10)
    for (const entry of files) {
      const text = readFileSync(join(entry.parentPath, entry.name), 'latin1')
      for (const word of ['Quirrenbach', 'Xylophonallee', '9988776']) expect([entry.name, text.includes(word)]).toEqual([entry.name, false]) // prettier-ignore
    }
  })
})
