import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backroom, shopFolder } from './backroom.ts'
import { startWireHost, type WireHost } from './wire-host.ts'

const folder = shopFolder()
const key = 'a-very-secret-token'
let host: WireHost
beforeAll(async () => {
  host = await startWireHost()
  await folder.run('init', '--sample')
  writeFileSync(join(folder.path, 'key.txt'), `${key}\n`)
})
afterAll(async () => {
  folder.remove()
  await host.close()
})

describe('a key on the command line', () => {
  test('is read from a file, standard input or the environment without a word, and warned about as an option', async () => {
    const data = ['--data', folder.path, '--json']
    const file = `@${join(folder.path, 'key.txt')}`
    const ways = [
      await folder.run('connect', host.address, '--token', file, '--json'),
      await backroom(['connect', host.address, '--token', '-', ...data], { input: key }),
      await folder.runWith({ BACKROOM_STOREFRONT_TOKEN: key }, 'connect', host.address, ...data),
    ]
    for (const { code, words } of ways) expect([code, words]).toEqual([0, ''])
    const typed = await folder.run('connect', host.address, '--token', key, '--json')
    expect(typed.code).toBe(0)
    expect(typed.words).toContain('others can read a key on the command line')
    for (const { out, words } of [...ways, typed]) expect(out + words).not.toContain(key)
  })

  test('is not needed to look what stands at an address', async () => {
    const { code, json } = await folder.run('test-storefront', host.address, '--json')
    expect([code, json()]).toMatchObject([
      0,
      { platform: 'open-protocol', name: 'Wire Shop', ok: false, isFound: true },
    ])
  })
})

describe('a storefront on the command line', () => {
  test('that is none is named in a sentence, with what may be meant', async () => {
    const ended = await folder.run('connect', 'ftp://my.shop', '--token', `@${join(folder.path, 'key.txt')}`)
    expect([ended.code, ended.words.split('\n')[0]]).toEqual([2, 'Only addresses that begin with https:// (or http://) can be a shop. Copy the address from the browser.']) // prettier-ignore
    const tested = await folder.run('test-storefront', 'http://127.0.0.1:9', '--json')
    expect(tested.json<{ steps: object[] }>().steps[0]).toMatchObject({ problem: 'no-connection', means: expect.stringContaining('nothing answers there') }) // prettier-ignore
  })

  test('is paused, resumed, told what to tell, and disconnected', async () => {
    await folder.run('connect', host.address, '--token', `@${join(folder.path, 'key.txt')}`)
    const state = async (): Promise<unknown> => (await folder.run('storefronts', '--json')).json<{ state: string }[]>()[0]?.state // prettier-ignore
    expect((await folder.run('tell-customers', 'main', 'packed', 'delivered')).code).toBe(0)
    expect((await folder.run('tell-customers', 'main', 'teleported')).code).toBe(2)
    expect((await folder.run('pause-storefront', 'main')).code).toBe(0)
    expect(await state()).toBe('paused')
    expect((await folder.run('resume-storefront', 'main')).code).toBe(0)
    expect((await folder.run('disconnect', 'main')).code).toBe(0)
    expect(await state()).toBe('disconnected')
    expect((await folder.run('connect', host.address)).code).toBe(2)
  })
})
