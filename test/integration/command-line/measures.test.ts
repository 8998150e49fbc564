import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shopFolder } from './backroom.ts'

const folder = shopFolder()
beforeAll(async () => {
  expect((await folder.run('init', '--sample', '--json')).code).toBe(0)
})
afterAll(() => folder.remove())

describe('measures on the command line', () => {
  const sku = 'AP-0102'
  const suspicious = async () => (await folder.run('worklist', '--kind', 'suspicious', '--json')).json()

  test('are typed with any unit, doubted, confirmed and taken back', async () => {
    expect(await suspicious()).toMatchObject({ total: 0 })
    const measured = await folder.run('measure', sku, '--size', '3x3x3cm', '--weight', '2,5 kg', '--json')
    expect(measured.json()).toMatchObject({ changed: 1, undo: [{ sku }] })
    expect(await suspicious()).toMatchObject({
      total: 1,
      rows: [
        {
          product: { sku, sizeMm: [30, 30, 30], weightG: 2500 },
          doubts: [{ code: 'denser-than-steel' }, { code: 'smaller-than-category' }],
        },
      ],
    })
    expect((await folder.run('confirm-measures', sku)).code).toBe(0)
    expect(await suspicious()).toMatchObject({ total: 0 })
    expect((await folder.run('confirm-measures', sku, '--doubt')).code).toBe(0)
    expect(await suspicious()).toMatchObject({ total: 1 })
  })

  test('that staff take back can be estimated, and the estimate withdrawn', async () => {
    expect((await folder.run('measure', sku, '--clear', 'weight,space')).code).toBe(0)
    const found = (await folder.run('worklist', sku, '--json')).json()
    expect(found).toMatchObject({ rows: [{ kinds: ['no-weight', 'no-size'] }] })
    expect((await folder.run('estimate-measures', '--json')).json()).toMatchObject({ skus: [sku], without: 0 })
    expect((await folder.run('worklist', sku, '--json')).json()).toMatchObject({ rows: [{ kinds: ['estimated'] }] })
    const withdrawn = await folder.run('estimate-measures', sku, '--withdraw', '--json')
    expect(withdrawn.json()).toMatchObject({ skus: [sku] })
  })

  test('beside which a photo lies are given one from a file, and asked for it back', async () => {
    const file = join(folder.path, 'photo.webp')
    const bytes = createCanvas(64, 48).toBuffer('image/webp')
    writeFileSync(file, bytes)
    expect((await folder.run('set-photo', sku, file, '--json')).json()).toEqual({ sku, replaced: false })
    const copy = join(folder.path, 'copy.webp')
    const told = (await folder.run('photo', sku, '--out', copy, '--json')).json()
    expect(told).toMatchObject({ sku, mediaType: 'image/webp', widthPx: 64, heightPx: 48, bytes: bytes.length })
    expect(readFileSync(copy).equals(bytes)).toBe(true)
    writeFileSync(file, '<svg xmlns="http://www.w3.org/2000/svg"/>')
    const refused = await folder.run('set-photo', sku, file, '--json')
    expect([refused.code, refused.failure()]).toMatchObject([2, { code: 'ERR_PHOTO_NOT_USABLE', details: { reason: 'other-kind' } }]) // prettier-ignore
    expect((await folder.run('remove-photo', sku, '--json')).json()).toEqual({ sku, removed: true })
    expect((await folder.run('photo', sku, '--json')).json()).toEqual({ sku, photo: false })
  })

  test.each([
    [['measure', sku, '--weight', 'five'], 'ERR_INPUT_INVALID', { path: '--weight' }],
    [['measure', sku, '--size', '3x3'], 'ERR_INPUT_INVALID', { path: '--size' }],
    [['measure', sku, '--handling', 'fragile'], 'ERR_INPUT_INVALID', { path: '--handling' }],
    [['measure', sku, '--clear', 'colour'], 'ERR_INPUT_INVALID', { path: 'changes[0].clear[0]' }],
    [['measure', 'NOBODY', '--weight', '1g'], 'ERR_PRODUCT_NOT_FOUND', { product: 'NOBODY' }],
    [['worklist', '--kind', 'odd'], 'ERR_INPUT_INVALID', { path: 'kind' }],
  ])('%j is refused and names what is wrong', async (words, code, details) => {
    const ended = await folder.run(...words, '--json')
    expect([ended.code, ended.failure()]).toMatchObject([2, { code, details }])
  })
})
