import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { describe, expect, test } from 'vitest'
import { scope } from '../../../src-protocol/index.ts'
import * as wire from '../../../src-protocol/index.ts'

const guide = readFileSync(new URL('../../../docs/protocol/README.md', import.meta.url), 'utf8')
const examples = [...guide.matchAll(/<!-- example: (\w+) -->\n```json\n([\s\S]*?)```/g)].map(
  ([, name = '', text = ''], index) => ({ name, text, index }),
)
const schemas = wire as unknown as Readonly<Record<string, z.ZodType>> // looked up by the names in the guide

describe('the guide to the protocol', () => {
  test.each(examples)('shows a $name that is right ($index)', ({ name, text }) => {
    const parsed = schemas[name]?.safeParse(JSON.parse(text))
    expect(parsed?.error?.issues ?? (parsed?.success === true ? [] : 'no such schema')).toEqual([])
  })

  test('shows each document that travels, and names every scope and kind of report', () => {
    expect(examples.length).toBeGreaterThanOrEqual(14)
    const shown = new Set(examples.map(({ name }) => name))
    for (const name of ['description', 'productPage', 'orderPage', 'openOrders', 'erasurePage', 'stockUpdate', 'report', 'packagingRules', 'problem']) expect(shown).toContain(name) // prettier-ignore
    for (const word of [...scope.options, ...wire.reportKind.options]) expect(guide).toContain(`\`${word}\``)
  })
})
