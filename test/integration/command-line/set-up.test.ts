import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { backroom, shopFolder } from './backroom.ts'

const folder = shopFolder()
afterAll(() => folder.remove())
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder.path, name)
  writeFileSync(path, content)
  return path
}

describe('help', () => {
  test('lists every command, shows one with its options, and is no failure', async () => {
    const all = await backroom(['help'])
    expect([all.code, all.words]).toEqual([0, ''])
    for (const name of [
      'init',
      'import-catalogue',
      'sync',
      'plan',
      'documents',
      'labels',
      'manifest',
      'status',
      'import-status',
      'serve',
      'courier add-key',
      'show-selection',
      'show-delivery',
      'explain',
      'backup',
      'restore',
      'purge',
      'erase',
      'pack',
      'tour',
      'batch',
      'deliver',
      'open-label',
      'open-manifest',
    ])
      // prettier-ignore
      expect(all.out).toContain(`\n  ${name} `)
    expect((await folder.runWith({}, 'help', 'courier', 'add-key')).out).toMatch(
      /^backroom courier add-key COURIER FILE/,
    )
    expect((await folder.runWith({}, 'plan', '--help')).out).toMatch(/^backroom plan /)
  })

  test('without any command is shown as bad input', async () => {
    const nothing = await folder.runWith({})
    expect([nothing.code, nothing.out.startsWith('backroom <command>')]).toEqual([2, true])
  })
})

describe('what is typed wrong', () => {
  test.each([
    ['a command', ['sell'], 'ERR_COMMAND_UNKNOWN'],
    ['an option', ['plan', '--fast'], 'ERR_INPUT_INVALID'],
    ['a word too few', ['explain'], 'ERR_INPUT_INVALID'],
    ['a word too many', ['sync', 'now'], 'ERR_INPUT_INVALID'],
    ['a number', ['plan', '--seed', 'x'], 'ERR_INPUT_INVALID'],
    ['a file', ['import-catalogue', '/nowhere/at/all.csv'], 'ERR_INPUT_INVALID'],
    ['a folder for a file', ['import-catalogue', '/'], 'ERR_INPUT_INVALID'],
    ['an operation', ['call', 'shop.sell'], 'ERR_COMMAND_UNKNOWN'],
    ['JSON', ['call', 'orders.list', '{'], 'ERR_INPUT_NOT_JSON'],
  ])('%s ends with 2, nothing on standard output, and the failure as JSON', async (_what, args, code) => {
    const ended = await folder.run(...args, '--json')
    expect([ended.code, ended.out]).toEqual([2, ''])
    expect(ended.failure()).toMatchObject({ code, details: expect.any(Object) })
  })

  test('is told in a sentence with the code and the facts behind it', async () => {
    const { words } = await folder.run('plan', '--seed', 'x')
    expect(words.split('\n')[0]?.length).toBeGreaterThan(20)
    expect(words).toContain('ERR_INPUT_INVALID; path: --seed')
    expect(words).not.toContain('    at ')
  })
})

describe('a shop that is not set up', () => {
  test('says so with 3', async () => {
    const ended = await folder.run('plan', '--json')
    expect([ended.code, ended.failure().code]).toEqual([3, 'ERR_SHOP_NOT_INITIALISED'])
  })
})

describe('setting up', () => {
  test('asks for what it needs, makes the sample shop once, and never a second time over it', async () => {
    const bare = await folder.run('init', '--json')
    expect([bare.code, bare.failure().details['path']]).toEqual([2, '--name'])
    const made = await folder.run('init', '--sample', '--json')
    expect([made.code, made.words]).toEqual([0, ''])
    expect(made.json()).toEqual({ recoveryKey: expect.stringMatching(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){7}$/), products: expect.any(Number) }) // prettier-ignore
    const again = await folder.run('init', '--sample', '--json')
    expect([again.code, again.failure().code]).toEqual([2, 'ERR_INPUT_INVALID'])
    const today = (await folder.run('status', '--json')).json<{ orders: object }>()
    expect(today.orders).toEqual({ received: 0, onHold: 0, inWork: 0 })
  })

  test('names every problem of a catalogue on its line, and saves nothing of it where all or nothing was asked', async () => {
    const csv = file('bad.csv', 'sku,name,price_minor,weight_g,locations\nNEW-1,Good,100,50,\n,Nameless,100,5,\nNEW-3,Odd,cheap,heavy,\nNEW-4,Lost,100,5,Z-99:1\n') // prettier-ignore
    const ended = await folder.run('import-catalogue', csv, '--all-or-nothing', '--json')
    expect(ended.code).toBe(2)
    expect(ended.failure()).toMatchObject({
      code: 'ERR_CSV_INVALID',
      details: {
        count: 4,
        problems: expect.arrayContaining(
          [
            { line: 3, column: 'sku', problem: 'missing' },
            { line: 4, column: 'price_minor', value: 'cheap' },
            { line: 4, column: 'weight_g', value: 'heavy' },
            { line: 5, column: 'locations', problem: 'location-not-on-floor', value: 'Z-99' },
          ].map((problem): unknown => expect.objectContaining(problem)),
        ),
      },
    })
    const found = await folder.run('call', 'catalogue.list', '{"search":"NEW-1"}', '--json')
    expect(found.json()).toMatchObject({ total: 0 })
    const words = (await folder.run('import-catalogue', csv, '--all-or-nothing')).words
    expect(words).toContain('"line":3')
    const dry = await folder.run('import-catalogue', csv, '--dry-run', '--json')
    expect(dry.json()).toMatchObject({ new: 1, refused: 3, file: { encoding: 'utf-8', delimiter: ',' } })
    expect((await folder.run('call', 'catalogue.list', '{"search":"NEW-1"}', '--json')).json()).toMatchObject({ total: 0 }) // prettier-ignore
    const taken = (await folder.run('import-catalogue', csv, '--json')).json<{ importId: string }>()
    expect(taken).toMatchObject({ new: 1, refused: 3, problems: [{ line: 3 }, { line: 4 }, { line: 4 }, { line: 5 }] })
    const undone = await folder.run('undo-import', taken.importId, '--json')
    expect(undone.json()).toEqual({ restored: 0, removed: 1, left: [] })
    expect((await folder.run('imports', '--json')).json()).toMatchObject({ rows: [{ id: taken.importId, canUndo: false }, {}] }) // prettier-ignore
  })

  test.each([
    ['a workbook', 'import-catalogue', Uint8Array.from([...Buffer.from('PK\u0003\u0004....xl/workbook.xml')]), undefined], // prettier-ignore
    ['a broken floor', 'import-floor', '{"aisleX": [0, 1', undefined],
    ['couriers that are no list', 'import-couriers', '{"code": "van"}', undefined],
    ['a carton without a limit', 'import-cartons', 'code,inner_l_mm,inner_w_mm,inner_h_mm,max_gross_g\nX,1,1,1,\n', undefined], // prettier-ignore
    ['a postcode off the earth', 'import-postcodes', 'postcode,lat,lon\n1,91,0\n', undefined],
  ])('refuses %s with 2', async (...[, command, content, reason]) => {
    const ended = await folder.run(command, file('wrong-file', content), '--json')
    expect([ended.code, ended.out]).toEqual([2, ''])
    if (reason !== undefined) expect(ended.failure().details['reason']).toBe(reason)
  })

  test('names a location that is off the floor', async () => {
    const floor = { aisleX: [0, 3000], crossY: [0, 9000], depot: [0, 0], packingTable: [1, 0], locations: [{ code: 'Q-1', place: [5, 10] }] } // prettier-ignore
    const ended = await folder.run('import-floor', file('floor.json', JSON.stringify(floor)), '--json')
    expect([ended.code, ended.failure()]).toMatchObject([
      2,
      { code: 'ERR_FLOOR_LOCATION_OUTSIDE', details: { location: 'Q-1', aisle: 5, aisles: 2 } },
    ])
  })

  test('counts relative paths from where the person stands', async () => {
    mkdirSync(join(folder.path, 'here'))
    writeFileSync(join(folder.path, 'here', 'c.csv'), 'sku,name,price_minor\nHERE-1,Here,1\n')
    const ended = await folder.runWith({ INIT_CWD: join(folder.path, 'here') }, 'import-catalogue', 'c.csv', '--data', '../', '--json') // prettier-ignore
    expect([ended.code, ended.json()]).toMatchObject([0, { new: 1 }])
    const home = await folder.runWith({ BACKROOM_HOME: folder.path }, 'call', 'catalogue.list', '{"search":"HERE-1"}', '--json') // prettier-ignore
    expect(home.json()).toMatchObject({ total: 1 })
  })
})
