import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { failureOf, traceOf } from '../../../src-main/contract/failure.ts'
import { sentenceOf } from '../../../src-main/hosts/cli/sentences.ts'
import { AppError, type ErrorCode } from '../../../src-main/kernel/errors.ts'

const seed = { seed: 20261122, numRuns: 300 }

/** Every code there is, from the texts that a test holds against the union. */
const texts = JSON.parse(readFileSync('resources/translations/en.json', 'utf8')) as { errors: Record<string, string> } // a file of ours
const codes = Object.keys(texts.errors) as readonly ErrorCode[] // its keys are the codes

/** A word that stands in no code, no path and no sentence of ours. */
const person = fc.stringMatching(/^Qx[a-z]{6,12}$/)
/** How a name gets into a text that a program makes of it. */
const told = fc.constantFrom(
  (name: string) => name,
  (name: string) => `Unexpected token '${name}'`,
  (name: string) => `near "${name}": syntax error`,
  (name: string) => `first line\n    at ${name} (/home/${name}/file.ts:1:2)`,
  (name: string) => `first line\n    at ${name}`,
  (name: string) => `\n    at file:///street/${name}.ts:12:34\n`,
)

describe('an error that nobody expected', () => {
  test('is told by its class and place, never by what its message, its name or its causes quote', () => {
    fc.assert(
      fc.property(person, told, fc.boolean(), (name, tell, isNamed) => {
        const error = new TypeError(tell(name), { cause: new Error(name) })
        if (isNamed) Object.assign(error, { name: `${name} 7`, address: { street: name } })
        const trace = traceOf(error)
        expect(trace).not.toContain(name)
        expect(trace).toMatch(/crash-reports\.test\.ts:\d+:\d+/)
        expect(JSON.stringify(failureOf(error)) + sentenceOf(failureOf(error))).not.toContain(name)
      }),
      seed,
    )
  })

  test('thrown by a parser over what a customer typed says nothing of it', () => {
    fc.assert(
      fc.property(person, (name) => {
        for (const work of [
          () => JSON.parse(`{"n":${name}`),
          () => new RegExp(`(${name}`),
          () => new URL(name),
          () => decodeURIComponent(`%${name}`),
        ])
          // prettier-ignore
          try {
            work()
          } catch (error) {
            expect(traceOf(error)).not.toContain(name)
          }
      }),
      seed,
    )
  })

  test('that is no error at all is told by its kind', () => {
    for (const thrown of ['Qxanna', { name: 'Qxanna' }, undefined]) expect(traceOf(thrown)).not.toContain('Qxanna')
  })

  test('and that nobody caught ends the program with a sentence, and without its message', () => {
    const folder = mkdtempSync(join(tmpdir(), 'backroom-crash-'))
    const file = join(folder, 'crash.ts')
    const run = resolve('src-main/hosts/cli/run.ts')
    writeFileSync(file, `import { crashed } from ${JSON.stringify(run)}\nprocess.once('uncaughtException', crashed)\nsetTimeout(() => JSON.parse('Qxanna Quirrenbach'))\n`) // prettier-ignore
    const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect(status).toBe(1)
    expect(stderr).toContain('SyntaxError')
    expect(stderr).toContain('our fault')
    expect(stderr).not.toContain('Qxanna')
    for (const host of ['src-main/hosts/cli/main.ts', 'src-storefront/main.ts', 'src-courier/terminal/main.ts'])
      expect(readFileSync(host, 'utf8')).toContain("process.once('uncaughtException'")
  })
})

describe('a failure with a code', () => {
  test('tells its details and nothing of the error behind it, at every door', () => {
    fc.assert(
      fc.property(person, told, fc.constantFrom(...codes), (name, tell, code) => {
        const error = new AppError(code, { parcelNumber: '17' }, { cause: new Error(tell(name)) })
        const failure = failureOf(error)
        for (const text of [sentenceOf(failure), JSON.stringify(failure), traceOf(error), error.message])
          expect(text).not.toContain(name)
      }),
      seed,
    )
  })

  test('has no detail whose name is that of something personal, wherever one is made', () => {
    const personal = /^(?:name|names|recipient|customer|address|lines?Text|street|postcode|zip|city|town|email|mail|phone|note|notes|instructions|company|search|typed|text|body|content|payload|lat|lon|coordinates)$/ // prettier-ignore
    const found = sources().flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/new AppError\(\s*'(ERR_\w+)',\s*\{([^{}]*)\}/g)].flatMap(([, code, details = '']) =>
        details.split(',').flatMap((part) => {
          const detail = /^\s*(\w+)\s*(?::|$)/.exec(part)?.[1] ?? ''
          return personal.test(detail) ? [`${file}: ${code} ${detail}`] : []
        }),
      ),
    ) // prettier-ignore
    expect(found).toEqual([])
  })

  test('is found by that search when somebody makes one', () => {
    expect(sources().length).toBeGreaterThan(500)
    expect(codes.length).toBeGreaterThan(60)
  })
})

function sources(): readonly string[] {
  return ['src-main', 'src-storefront', 'src-courier', 'src-protocol'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  )
}
