import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

type Texts = { readonly [key: string]: string | Texts }

const root = resolve(import.meta.dirname, '../../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
// Our own files; their shape is what these tests are about.
const textsOf = (language: string): Texts => JSON.parse(read(`resources/translations/${language}.json`)) as Texts
const languages = ['en', 'de', 'ja'] as const

function flatten(texts: Texts, before = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, text]) =>
      typeof text === 'string' ? [[before + key, text] as const] : [...flatten(text, `${before}${key}.`)],
    ),
  )
}

const placeholders = (text: string): readonly string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted()

describe('translations', () => {
  const english = flatten(textsOf('en'))
  const errorCodes = [...read('src-main/kernel/errors.ts').matchAll(/\| '(ERR_\w+)'/g)].map((match) => match[1] ?? '')

  test.each(languages)('%s says of every failure what happened, what it means and what to do next', (language) => {
    const { errors } = textsOf(language)
    expect(errorCodes.length).toBeGreaterThan(50)
    for (const code of errorCodes) {
      const text = typeof errors === 'object' ? errors[code] : undefined
      expect(text, code).toBeTypeOf('string')
      expect(
        String(text)
          .split(/[.!?](?:\s|$)|。/)
          .filter((part) => part.trim()).length,
        code,
      ).toBeGreaterThanOrEqual(2)
    }
    expect(Object.keys(errors ?? {}).toSorted()).toEqual(errorCodes.toSorted())
  })

  test.each(languages)('%s has every text, with the same facts in it', (language) => {
    const texts = flatten(textsOf(language))
    expect([...texts.keys()]).toEqual([...english.keys()])
    for (const [key, text] of texts) {
      expect(text.trim(), key).not.toBe('')
      expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? ''))
    }
  })

  test('every text that a screen names exists', () => {
    const files = readdirSync(join(root, 'src-renderer'), { recursive: true, encoding: 'utf8' })
    for (const file of files.filter((name) => /[.](vue|ts)$/.test(name))) {
      const source = read(join('src-renderer', file))
      for (const [, key = ''] of source.matchAll(/\bt\(\s*'([\w.-]+)'/g))
        expect(english.has(key), `${file}: ${key}`).toBe(true)
      // `t(`status.${status}`)`: at least the part before the value is a group of texts.
      for (const [, group = ''] of source.matchAll(/\bt\(\s*`([\w.-]+)\.\$\{/g))
        expect(
          [...english.keys()].some((key) => key.startsWith(`${group}.`)),
          `${file}: ${group}`,
        ).toBe(true)
    }
  })
})
