import { fileURLToPath } from 'node:url'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { licenceFaults, licencesText, mayBeShipped, shippedPackages } from '../../../packaging/licences.ts'

const program = fileURLToPath(new URL('../../../', import.meta.url))
// Our own package.json.
const { dependencies } = JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as {
  dependencies: Readonly<Record<string, string>>
}

describe('licences of what is shipped', () => {
  test('every package that the program runs with wants no more than to be named', () => {
    const packages = shippedPackages(program, Object.keys(dependencies))
    expect(packages.length).toBeGreaterThan(Object.keys(dependencies).length)
    expect(licenceFaults(packages)).toEqual([])
  })

  test('their texts are shipped along', () => {
    const text = licencesText(shippedPackages(program, ['better-sqlite3', 'pdfkit']))
    expect(text).toContain('better-sqlite3 ')
    expect(text).toContain('fontkit ')
    expect(text.match(/Permission is hereby granted/g)?.length).toBeGreaterThan(3)
  })

  test.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-2.0', false],
    ['AGPL-3.0-or-later', false],
    ['LGPL-3.0', false],
    ['MPL-2.0', false],
    ['SEE LICENSE IN LICENSE', false],
    ['', false],
  ])('%j may be shipped: %s', (licence, expected) => {
    expect(mayBeShipped(licence)).toBe(expected)
  })
})
