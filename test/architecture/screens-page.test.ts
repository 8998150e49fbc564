import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { scenes } from '../pictures/scenes/index.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const page = read('docs/screens.md')

/** The screens of the design's table, and its paragraph about all of them. */
const screens = [
  'Today',
  'Orders',
  'Plan a wave',
  'Pick (station)',
  'Pack (station)',
  'Dispatch',
  'Catalogue',
  'Cartons',
  'Floor',
  'Couriers',
  'Storefronts',
  'Settings',
  'Returns',
  'Reports',
  'Activity',
  'Everywhere',
]

const lines = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| must have'))
  .map((line) => {
    const cells = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim())
    return { what: cells[0] ?? '', test: cells[1] ?? '', picture: cells[2] ?? '', cells }
  })

describe('the page of what every screen must have', () => {
  test('has a section with a table for every screen of the design', () => {
    const sections = page.split('\n## ').slice(1)
    expect(sections.map((section) => section.split('\n')[0])).toEqual(screens)
    for (const section of sections) expect(section).toMatch(/\n\|[-| ]+\|\n\| \S/)
    expect(lines.filter(({ what, cells }) => what === '' || cells.length !== 3)).toEqual([])
  })

  test('names tests that stand word for word in their files', () => {
    const missing = lines.filter((line) => {
      if (line.test === '-') return false
      const [, title = '', file = ''] = /^(.+) \(`([\w.-]+\.ts)`\)$/.exec(line.test) ?? []
      const quoted = [`'${title}'`, `"${title}"`]
      return (
        file === '' || !quoted.some((one) => new RegExp(`test\\(\\s*${escaped(one)}`).test(read(`test/e2e/${file}`)))
      )
    })
    expect(missing.map((line) => line.test)).toEqual([])
  })

  test('names pictures of routes that there are', () => {
    const routes = [...read('src-renderer/router.ts').matchAll(/name: '([\w-]+)'/g)].map(([, name]) => name ?? '')
    expect(routes.length).toBeGreaterThan(20)
    const strange = lines.filter(({ picture }) => {
      const [, name] = /^`([\w-]+)`$/.exec(picture) ?? []
      return picture !== '-' && !routes.some((route) => name === route || name?.startsWith(`${route}-`))
    })
    expect(strange.map(({ picture }) => picture)).toEqual([])
  })

  test('has each scene’s name once', () => {
    const names = scenes.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  test('counts at its top the lines that have both', () => {
    const both = lines.filter((line) => line.test !== '-' && line.picture !== '-').length
    expect(page).toContain(`\n${both} of ${lines.length} lines have both a test and a picture`)
  })
})

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
