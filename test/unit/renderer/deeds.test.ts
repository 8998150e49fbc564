import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { operations, type OperationName } from '../../../src-main/contract/operations.ts'
import { deeds } from '../../../src-renderer/screens/deeds.ts'
import { places } from '../../../src-renderer/screens/places.ts'

/** What nobody looks for in the palette, and why. */
const notByHand: { readonly [Name in OperationName]?: string } = {
  'backup.if-due': 'by the clock',
  'privacy.purge-if-due': 'by the clock',
  'print.follow': 'by the clock',
  'customers.find': 'a part of taking an order',
  'staff.sign-in': 'the station asks for it',
  'staff.sign-out': 'the station shows it',
  'terminals.redeem': 'the tablet does it',
  'terminals.pair': 'by the command line',
  'server.stop': 'by the command line',
  'shop.init': 'the first start asks for it',
  'shop.init-sample': 'the first start asks for it',
}

/** First parts of the router's paths; the router itself wants a window. */
const root = join(import.meta.dirname, '../../..')
const router = readFileSync(join(root, 'src-renderer/router.ts'), 'utf8')
const routes = new Set([...router.matchAll(/path: '\/([\w-]*)/g)].map(([, first]) => first))

const byHand = Object.entries(operations)
  .filter(([, { kind, audience }]) => kind !== 'query' && audience.includes('desktop'))
  .map(([name]) => name)

describe('the palette', () => {
  test('finds every operation that a person does, or says here why not', () => {
    const found = deeds.flatMap((deed) => [...deed.operations])
    expect(byHand.filter((name) => !found.includes(name as OperationName) && !(name in notByHand))).toEqual([])
    expect(found.filter((name) => name in notByHand)).toEqual([])
    expect(new Set(found).size).toBe(found.length)
  })

  test('leads to a screen that there is', () => {
    const paths = [...deeds, ...places].map(({ path }) => path.split(/[/?]/)[1] ?? '')
    expect(paths.filter((path) => !routes.has(path))).toEqual([])
  })

  test('has a text for each deed in every language', () => {
    for (const language of ['en', 'de', 'ja']) {
      const texts = JSON.parse(readFileSync(join(root, `resources/translations/${language}.json`), 'utf8')) as {
        deeds: object
      }
      expect(Object.keys(texts.deeds).sort()).toEqual(deeds.map(({ name }) => name).sort())
    }
  })
})

test('no two screens share the key after g', () => {
  const keys = places.map(({ shortcut }) => shortcut)
  expect(new Set(keys).size).toBe(keys.length)
})
