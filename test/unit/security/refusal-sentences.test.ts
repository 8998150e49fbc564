import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sentenceOf } from '../../../src-main/hosts/cli/sentences.ts'

const root = resolve(import.meta.dirname, '../../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const found = (path: string, pattern: RegExp): readonly string[] =>
  [...read(path).matchAll(pattern)].map(([, reason = '']) => reason)
/** The members of a union type, wherever a formatter has put its bars. */
const membersOf = (path: string, type: string): readonly string[] =>
  [...(read(path).split(`export type ${type} =`)[1]?.split(/\n\n|\n(?=\/)/)[0] ?? '').matchAll(/'([\w-]+)'/g)].map(([, member = '']) => member) // prettier-ignore

const reasons = {
  ERR_COURIER_KEY_INVALID: [
    ...membersOf('src-main/adapters/carriers/key-set.ts', 'KeySetProblem'),
    ...found('src-main/application/courier-keys.ts', /throw refuse\('([\w-]+)'/g),
  ],
  ERR_SEALED_BLOCK_INVALID: [
    ...membersOf('src-main/adapters/labels/sealed-block.ts', 'BlockProblem'),
    ...membersOf('src-main/adapters/carriers/signed-text.ts', 'SignatureProblem'),
    ...found('src-main/adapters/carriers/manifest-sealing.ts', /throw invalid\('([\w-]+)'/g),
    'repeated-parcel',
    'label-hash',
    'label-moved',
  ],
  ERR_NOT_ALLOWED: found('src-main/application/open-at-packing.ts', /reason: '(role|not-sealed-for-counter)'/g),
} as const

type Texts = { readonly reasons: { readonly [code: string]: { readonly [reason: string]: string } | undefined } }
// Our own files; their shape is what this test is about.
const textsOf = (language: string): Texts => JSON.parse(read(`resources/translations/${language}.json`)) as Texts

describe('each way in which a key, a block or a manifest is refused', () => {
  test('is found in the sources', () => {
    expect(reasons.ERR_COURIER_KEY_INVALID).toEqual(expect.arrayContaining(['private-key', 'off-curve', 'revoked', 'shop-key'])) // prettier-ignore
    expect(reasons.ERR_COURIER_KEY_INVALID.length).toBeGreaterThanOrEqual(16)
    expect(reasons.ERR_SEALED_BLOCK_INVALID.length).toBeGreaterThanOrEqual(15)
    expect(reasons.ERR_NOT_ALLOWED.length).toBeGreaterThanOrEqual(2)
  })

  test.each(['en', 'de', 'ja'])('has a sentence of its own in %s', (language) => {
    const { reasons: texts } = textsOf(language)
    for (const [code, list] of Object.entries(reasons)) {
      for (const reason of list) expect(texts[code]?.[reason], `${code} ${reason}`).toBeTypeOf('string')
      const sentences = new Set(list).size
      expect(new Set(list.map((reason) => texts[code]?.[reason])).size, code).toBe(sentences)
    }
  })

  test('is said by the command line too, with the facts in it', () => {
    const failure = { reason: 'of-another-courier', carrier: 'VAN', other: 'POST' }
    expect(sentenceOf({ code: 'ERR_COURIER_KEY_INVALID', details: failure })).toContain(
      'belongs to courier POST already',
    )
    const twice = { reason: 'repeated-parcel', parcelNumber: 'C00000000019' }
    expect(sentenceOf({ code: 'ERR_SEALED_BLOCK_INVALID', details: twice })).toContain(
      'C00000000019 stands in it twice',
    )
  })
})

describe('the policy of window and station', () => {
  test.each(['src-renderer/index.html', 'src-main/hosts/station/guard.ts', 'src-main/hosts/electron/app-scheme.ts'])(
    'in %s lets the decoder be compiled, and no text be run as a program',
    (file) => {
      const [policy = ''] = read(file).match(/default-src 'self';[^"]*/) ?? []
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
      expect(policy).not.toContain("'unsafe-eval'")
      expect(policy.replace("style-src 'self' 'unsafe-inline'", '')).not.toContain("'unsafe-inline'")
    },
  )
})
