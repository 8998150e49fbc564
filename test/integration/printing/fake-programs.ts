import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

/** What a fake program was started with, and the file it was given. */
export interface Started {
  readonly program: string
  readonly words: readonly string[]
  readonly language: string | undefined
  readonly input: string
  /** The last word's file, where it is one: its bytes in base64, its mode, as they were at that moment. */
  readonly file?: { readonly base64: string; readonly mode: string } | undefined
}

export interface FakePrograms {
  readonly folder: string
  /** Makes a program that answers with `says` and `code`; `says` by first word, or for all of them. */
  make(name: string, answer: { says?: { [word: string]: string } | string; complains?: string; code?: number }): string
  started(): readonly Started[]
  remove(): void
}

/** Programs that record what they were told and do nothing: what a spooler would have been given. */
export function fakePrograms(): FakePrograms {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-fake-'))
  const log = join(folder, 'started.jsonl')
  return {
    folder,
    make(name, { says = '', complains = '', code = 0 }) {
      const path = join(folder, name)
      mkdirSync(join(path, '..'), { recursive: true })
      writeFileSync(path, script({ node: process.execPath, name, log, says, complains, code }))
      chmodSync(path, 0o755)
      return path
    },
    started() {
      try {
        // Written by the script below.
        return readFileSync(log, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Started) // prettier-ignore
      } catch {
        return []
      }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

const script = ({ node, ...given }: { node: string; [fact: string]: unknown }): string => `#!${node}
const { appendFileSync, readFileSync, statSync } = require('node:fs')
const { name, log, says, complains, code } = ${JSON.stringify(given)}
const words = process.argv.slice(2)
let input = ''
try { input = readFileSync(0, 'latin1') } catch {}
let file
try {
  const path = words.at(-1)
  file = { base64: readFileSync(path).toString('base64'), mode: (statSync(path).mode & 0o777).toString(8) }
} catch {}
appendFileSync(log, JSON.stringify({ program: name, words, language: process.env.LC_ALL, input, file }) + '\\n')
process.stderr.write(complains)
process.stdout.write(typeof says === 'string' ? says : (says[words[0]] ?? ''))
process.exitCode = code
`
