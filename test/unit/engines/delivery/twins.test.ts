import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const engines = join(import.meta.dirname, '../../../../src-main/engines')

test.each(['cycle-search.ts', 'tree-bound.ts'])('%s is the same in both engines that need it', (file) => {
  const [picking, delivery] = ['picking', 'delivery'].map((engine) => readFileSync(join(engines, engine, file), 'utf8'))
  expect(delivery).toBe(picking)
})
