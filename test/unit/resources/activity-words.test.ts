import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const rooms = ['src-main/application', 'src-main/hosts']
const sources = rooms.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, room, name), 'utf8')),
)
const found = (pattern: RegExp): readonly string[] =>
  sources.flatMap((source) => [...source.matchAll(pattern)].flatMap((match) => match.slice(1).filter(Boolean)))

/** Every way in which a use case names what was done; a template's parts stand here with the union they come from. */
const actions = new Set([
  ...found(/\baction: '([a-z-]+)'/g),
  ...found(/\baction: [^,\n]*\? '([a-z-]+)' : '([a-z-]+)'/g),
  ...found(/\baudit\('([a-z-]+)'/g),
  ...found(/\bchanged\(caller, '([a-z-]+)'/g),
  ...['lost', 'refused', 'not-handed-over'].map((what) => `parcel-${what}`),
  ...['replacement', 'split', 'rest'].map((why) => `follow-up-${why}`),
  'daily-purge',
])
/** A question asked back, and what a window says to pages that want to open others: no deeds that are logged. */
for (const word of ['plain-upload', 'deny']) actions.delete(word)
const entities = new Set(found(/\bentity: '([a-z-]+)'/g))
/** Things of which there is only one have a name of the program's own in place of a number or code. */
const ids = new Set(found(/\bentityId: '([a-z-]+)'/g))

describe.each(['en', 'de', 'ja'])('the log in %s', (language) => {
  const { activity } = JSON.parse(readFileSync(join(root, `resources/translations/${language}.json`), 'utf8'))

  test('has a sentence for every action there is', () => {
    expect(actions.size).toBeGreaterThan(90)
    expect([...actions].filter((action) => typeof activity.actions[action] !== 'string')).toEqual([])
  })

  test('has a word for everything that is acted upon', () => {
    expect(entities.size).toBeGreaterThan(15)
    expect([...entities].filter((entity) => typeof activity.entities[entity] !== 'string')).toEqual([])
  })

  test('has a word for everything of which there is only one', () => {
    expect(ids.size).toBeGreaterThan(10)
    expect([...ids].filter((id) => typeof activity.ids[id] !== 'string')).toEqual([])
  })

  test('has no sentence for what nobody can do, and none twice', () => {
    const past = ['look-at-carrier-label', 'import-floor']
    expect(Object.keys(activity.actions).filter((action) => !actions.has(action) && !past.includes(action))).toEqual([])
  })
})
