import { afterAll, expect, test } from 'vitest'
import { readPaper } from '../../../src-main/application/read-paper.ts'
import { makeDocument } from '../../fixtures/wave-builders.ts'
import { openTestShop, removeTestShops } from './test-shop.ts'

afterAll(removeTestShops)

test('a withdrawn paper is shown crossed out, one in force and a text file as they are', async () => {
  const shop = await openTestShop()
  const bytes = new TextEncoder().encode('bytes')
  const deps = { ...shop.workshop, files: { ...shop.workshop.files, read: async () => bytes } }
  const inForce = makeDocument()
  expect(await readPaper(deps, inForce)).toBe(bytes)
  expect(await readPaper(deps, { ...inForce, mediaType: 'text/plain', withdrawnAt: 1 })).toBe(bytes)
  const told = new TextDecoder().decode(await readPaper(deps, { ...inForce, withdrawnAt: 1 }))
  expect(told).toContain('crossedOut')
})
