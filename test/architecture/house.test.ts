import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { exitCodeOf, type ErrorCode } from '../../src-main/kernel/errors.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)))
const sources = tracked.filter((path) => /^(src-|test\/).*\.(ts|vue)$/.test(path))
const textFiles = tracked.filter((path) => /\.(ts|vue|js|cjs|json|md|html|css|sql|csv|npmrc)$/.test(path))

/** The codes as they stand in the union. */
const codes = [...(/export type ErrorCode =([\s\S]*?)\n\n/.exec(read('src-main/kernel/errors.ts'))?.[1] ?? '').matchAll(/\| '(\w+)'/g)].map(([, code]) => code ?? '') // prettier-ignore

describe('error codes', () => {
  test('stand in the union once each, and are named alike', () => {
    expect(codes.length).toBeGreaterThan(40)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.filter((code) => !/^ERR_[A-Z]+(_[A-Z]+)*$/.test(code))).toEqual([])
  })

  test('each stand under the exit code that they end with', () => {
    const text = read('src-main/kernel/errors.ts')
    for (const [section = '', exit] of [['bad input', 2], ['the world', 3], ['cancelled', 130], ['ours', 1]] as const) {
      const after = text.slice(text.indexOf(`// ${section}`)).split('\n').slice(1)
      const ended = after.findIndex((line) => !line.includes("| 'ERR_"))
      const here = after.slice(0, ended).map((line) => /'(\w+)'/.exec(line)?.[1] as ErrorCode) // taken from the union
      expect(here.map((code) => [code, exitCodeOf(code)])).toEqual(here.map((code) => [code, exit]))
    } // prettier-ignore
  })

  test.each(['en', 'de', 'ja'])('all have a sentence in %s, and no sentence is left over', (language) => {
    const { errors } = JSON.parse(read(`resources/translations/${language}.json`)) as { errors: Record<string, string> }
    expect(Object.keys(errors).toSorted()).toEqual(codes.toSorted())
    for (const [code, sentence] of Object.entries(errors)) expect([code, sentence.trim().length > 5]).toEqual([code, true]) // prettier-ignore
  })

  test('name the same facts in every language', () => {
    const factsOf = (language: string): Readonly<Record<string, readonly string[]>> => {
      const { errors } = JSON.parse(read(`resources/translations/${language}.json`)) as { errors: Record<string, string> } // prettier-ignore
      return Object.fromEntries(Object.entries(errors).map(([code, sentence]) => [code, (sentence.match(/\{\w+\}/g) ?? []).toSorted()])) // prettier-ignore
    }
    expect(factsOf('de')).toEqual(factsOf('en'))
    expect(factsOf('ja')).toEqual(factsOf('en'))
  })
})

describe('the house', () => {
  test('keeps every file short enough to read', () => {
    const long = sources.filter((path) => read(path).split('\n').length - 1 > 400)
    expect(long).toEqual([])
  })

  test('names files after what is in them', () => {
    const badly = sources.filter((path) => {
      const name = path.split('/').at(-1) ?? ''
      return name.endsWith('.vue') ? !/^[A-Z]\w+\.vue$/.test(name) : !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|d|config))?\.ts$/.test(name) // prettier-ignore
    })
    expect(badly).toEqual([])
    expect(sources.filter((path) => /(^|[/-])(utils?|helpers?|common|misc|managers?)([/.-]|$)/.test(path))).toEqual([])
  })

  test('has a page at every door: what lives here, what never does, where to start', () => {
    const below = (folder: string): readonly string[] =>
      readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${folder}/${entry.name}`)
    const hallways = ['src-main/adapters', 'src-main/engines']
    const rooms = [
      ...below('src-main').filter((folder) => !hallways.includes(folder)),
      ...['adapters', 'engines', 'hosts'].flatMap((folder) => below(`src-main/${folder}`)),
      ...readdirSync(root).filter((name) => name.startsWith('src-') && name !== 'src-main'),
    ]
    const lengths = rooms.map((room) => [room, existsSync(join(root, room, 'README.md')) ? read(`${room}/README.md`).split('\n').length - 1 : 0] as const) // prettier-ignore
    // An engine is read, and could be published, on its own: its page also holds the algorithms and an example.
    const most = (room: string): number => (room.startsWith('src-main/engines/') ? 120 : 40)
    expect(lengths.filter(([room, lines]) => lines < 10 || lines > most(room))).toEqual([])
  })

  test('leaves nothing to do later in a comment', () => {
    const later = sources.filter((path) => /\b(TODO|FIXME|XXX|HACK)\b/.test(read(path)) && !path.startsWith('test/architecture/')) // prettier-ignore
    expect(later).toEqual([])
  })

  test('carries nothing of the machine it was built on', () => {
    const home = root.replace(/\/$/, '')
    const own = textFiles.filter((path) => !path.startsWith('test/architecture/'))
    expect(own.filter((path) => read(path).includes(home))).toEqual([])
    const elsewhere = /(^|["'\s(=])(\/(work|root)\/|\/home\/\w+\/|\/Users\/\w+\/|[A-Z]:\\Users\\)/m
    expect(own.filter((path) => elsewhere.test(read(path)))).toEqual([])
  })

  test('takes its packages from wherever npm is told to, and says nowhere where that was', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string; integrity?: string; link?: boolean; version?: string }> } // prettier-ignore
    const entries = Object.entries(lock.packages).filter(([path]) => path !== '')
    expect(entries.filter(([, one]) => one.resolved !== undefined).map(([path]) => path)).toEqual([])
    expect(entries.filter(([, one]) => one.integrity === undefined && !one.link).map(([path]) => path)).toEqual([])
    expect(read('.npmrc')).not.toMatch(/registry\s*=|_auth|proxy/)
  })
})
