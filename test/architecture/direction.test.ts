import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const screens = execFileSync('git', ['ls-files', 'src-renderer'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => /\.(vue|css)$/.test(path) && existsSync(join(root, path)))

/** Sides of the screen. What is meant is where a line begins and ends: ms, me, ps, pe, start, end, text-start ... */
const sideClass = /(?<![\w-])(?:[a-z0-9-]+:)*!?-?(?:(?:ml|mr|pl|pr|left|right|scroll-[mp][lr]|(?:border|rounded)-(?:l|r|tl|tr|bl|br))-[\w[\]./%-]+|text-(?:left|right)|(?:float|clear)-(?:left|right)|border-[lr]|rounded-(?:l|r|tl|tr|bl|br))(?![\w-])/g // prettier-ignore
const sideRule = /(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|(?:left|right)\s*:\s*[\d-]|text-align\s*:\s*(?:left|right))/g // prettier-ignore

const linesOf = (path: string): readonly string[] => readFileSync(join(root, path), 'utf8').split('\n')
const found = (path: string, pattern: RegExp): readonly string[] =>
  linesOf(path).flatMap((line, index) => [...line.matchAll(pattern)].map(([name]) => `${path}:${index + 1} ${name}`))

describe('screens in languages that are written from right to left', () => {
  test('are laid out by where a line begins, not by left and right', () => {
    expect(screens.length).toBeGreaterThan(100)
    expect(screens.flatMap((path) => found(path, sideClass))).toEqual([])
    const rules = (path: string): readonly string[] =>
      // A script may well speak of left and right: margins of a chart, sides of an aisle.
      path.endsWith('.css') || linesOf(path).some((line) => line.startsWith('<style')) ? found(path, sideRule) : []
    expect(screens.flatMap(rules)).toEqual([])
  })

  test('have arrows onward and back that turn with the writing', () => {
    const tags = (path: string): readonly string[] => readFileSync(join(root, path), 'utf8').match(/<U(?:Button|Icon)\b[^>]*?\b(?:icon|name)="i-lucide-(?:arrow|chevron)s?-(?:left|right)"[^>]*>/g) ?? [] // prettier-ignore
    expect(screens.flatMap(tags).length).toBeGreaterThan(5)
    const still = screens.flatMap((path) => tags(path).filter((tag) => !/\bturning\b/.test(tag)).map((tag) => `${path} ${tag}`)) // prettier-ignore
    expect(still).toEqual([])
  })
})
