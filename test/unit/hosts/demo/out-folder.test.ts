import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { clearOutFolder } from '../../../../src-main/hosts/demo/out-folder.ts'

const base = mkdtempSync(join(tmpdir(), 'backroom-out-'))
afterAll(() => rmSync(base, { recursive: true }))

const refused = { code: 'ERR_INPUT_INVALID' }

describe('the folder a demo writes into', () => {
  test('is made when it is not there, and emptied when an earlier demo left it', async () => {
    const folder = join(base, 'neü one', 'out')
    await clearOutFolder(folder)
    mkdirSync(join(folder, 'data'))
    writeFileSync(join(folder, 'summary.json'), '{}')
    await clearOutFolder(folder)
    expect(readdirSync(folder)).toEqual([])
  })

  test('is refused, untouched, when anything else lies in it', async () => {
    const folder = join(base, 'home')
    mkdirSync(join(folder, 'data'), { recursive: true })
    writeFileSync(join(folder, 'letter.txt'), 'dear')
    await expect(clearOutFolder(folder)).rejects.toMatchObject(refused)
    expect(readdirSync(folder).toSorted()).toEqual(['data', 'letter.txt'])
  })

  test("is refused when it holds somebody's own documents only", async () => {
    const folder = join(base, 'own')
    mkdirSync(join(folder, 'documents'), { recursive: true })
    await expect(clearOutFolder(folder)).rejects.toMatchObject(refused)
    expect(existsSync(join(folder, 'documents'))).toBe(true)
  })

  test('is refused when it is a file', async () => {
    const file = join(base, 'file')
    writeFileSync(file, 'x')
    await expect(clearOutFolder(file)).rejects.toMatchObject(refused)
    expect(existsSync(file)).toBe(true)
  })
})
