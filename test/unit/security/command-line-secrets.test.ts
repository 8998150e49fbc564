import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { secret, type Args } from '../../../src-main/hosts/cli/arguments.ts'

const folder = mkdtempSync(join(tmpdir(), 'backroom-secret-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const typed = (word: string | undefined): Args => ({ words: [], text: () => word, flag: () => false })
const here = { path: (name: string) => join(folder, name) }

test('a secret can come from a file, so that it is no word of a program that every user sees', async () => {
  writeFileSync(join(folder, 'token'), 'the-token\n')
  expect(await secret(here, typed('@token'), 'token')).toBe('the-token')
  expect(await secret(here, typed('as-typed'), 'token')).toBe('as-typed')
  expect(await secret(here, typed(undefined), 'token')).toBeUndefined()
  await expect(secret(here, typed('@nothing'), 'token')).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
})
