import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { documents, documentText } from '../../../src-storefront/openapi/documents.ts'

describe('published descriptions', () => {
  test.each(Object.entries(documents))('%s is what the schemas say', (name, make) => {
    const published = readFileSync(new URL(`../../../docs/protocol/${name}`, import.meta.url), 'utf8')
    expect(published, "out of date: npx -c 'node src-storefront/openapi/generate.ts'").toBe(documentText(make()))
  })

  test.each(Object.entries(documents))('%s names no schema that it does not hold', (_, make) => {
    const text = JSON.stringify(make())
    const held = Object.keys((JSON.parse(text) as { components: { schemas: object } }).components.schemas) // made above
    const named = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name)
    expect(named.filter((name) => name === undefined || !held.includes(name))).toEqual([])
  })
})
