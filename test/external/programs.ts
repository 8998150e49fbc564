import { spawnSync } from 'node:child_process'
import process from 'node:process'

/** Runs one of other people's programs; `ok` when it ended with 0. */
export function run(program: string, args: readonly string[], input?: string): { ok: boolean; out: string } {
  const { status, stdout } = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return { ok: status === 0, out: stdout ?? '' }
}

/** One line a check; the program ends with 1 when one fails. */
export function check(name: string, isTrue: boolean): void {
  if (!isTrue) process.exitCode = 1
  console.log(`${isTrue ? 'ok  ' : 'FAIL'} ${name}`)
}

/** True when the text is JSON (padded or not) that has exactly these members among its own. */
export function holds(text: string, expected: Readonly<Record<string, unknown>>): boolean {
  try {
    const found = JSON.parse(text) as Record<string, unknown> // compared member by member below
    return Object.entries(expected).every(([name, value]) => JSON.stringify(found[name]) === JSON.stringify(value))
  } catch {
    return false
  }
}

const pythons = ['python3', '/usr/bin/python3', 'python']

/** What is there of the programs that the checks are for, and what Debian calls what is missing. */
export function findPrograms(): {
  readonly jose: boolean
  readonly python: string | undefined
  readonly readsPaper: boolean
} {
  const python = pythons.find((program) => run(program, ['-c', 'import jwcrypto']).ok)
  const found = {
    jose: run('jose', ['alg']).ok,
    'python3-jwcrypto': python !== undefined,
    'poppler-utils': run('pdftoppm', ['-v']).ok,
    'zbar-tools': run('zbarimg', ['--version']).ok,
  }
  const missing = Object.entries(found).flatMap(([name, isThere]) => (isThere ? [] : [name]))
  for (const name of missing) console.log(`missing: ${name} (Debian: apt-get install ${name})`)
  return { jose: found.jose, python, readsPaper: found['poppler-utils'] && found['zbar-tools'] }
}
