import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const guides = resolve(import.meta.dirname, '../../docs/guide')
const pages = readdirSync(guides).filter((name) => name.endsWith('.md'))
const read = (name: string): string => readFileSync(join(guides, name), 'utf8')
const shown = pages.flatMap((page) => [...read(page).matchAll(/<img [^>]*>/g)].map(([tag]) => ({ page, tag })))
const fileOf = (tag: string): string => /src="([^"]*)"/.exec(tag)?.[1] ?? ''
/** Of each picture, so that a page opens at once on a slow line; test/pictures/guide.ts keeps to it. */
const largestBytes = 60_000

describe('the guides', () => {
  test('show pictures that are there, are small, and are told to those who do not see them', () => {
    expect(shown.length).toBeGreaterThan(0)
    for (const { page, tag } of shown) {
      expect(statSync(join(guides, fileOf(tag))).size, `${page}: ${tag}`).toBeLessThanOrEqual(largestBytes)
      expect(/alt="([^"]*)"/.exec(tag)?.[1]?.length, `${page}: ${tag}`).toBeGreaterThan(30)
    }
  })

  test('show every picture that is kept for them', () => {
    const kept = readdirSync(join(guides, 'pictures')).map((name) => `pictures/${name}`)
    expect([...new Set(shown.map(({ tag }) => fileOf(tag)))].sort()).toEqual(kept.sort())
  })

  test('lead to pages that are there', () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(join(guides, target)))
        .map((target) => `${page}: ${target}`),
    )
    expect(broken).toEqual([])
  })
})
