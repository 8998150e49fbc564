import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { run } from '../../../src-main/hosts/cli/run.ts'

const program = fileURLToPath(new URL('../../../src-main/hosts/cli/main.ts', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly words: string
  /** Standard output as JSON. */
  readonly json: <Value = Record<string, unknown>>() => Value
  /** The failure on standard error, with `--json`. */
  readonly failure: () => { readonly code: string; readonly details: Record<string, unknown> }
}

export interface RunOptions {
  readonly input?: string | Uint8Array | undefined
  readonly env?: Readonly<Record<string, string>> | undefined
}

/** The command line as a person starts it, in a process of its own. */
export function backroom(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const env: NodeJS.ProcessEnv = { ...process.env, ...options.env }
  if (options.env?.['INIT_CWD'] === undefined) delete env['INIT_CWD']
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  let out = ''
  let words = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString('utf8')))
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input ?? '')
  return new Promise((resolve) => child.once('close', (code) => resolve(ended({ code, out, words }))))
}

const ended = (raw: { code: number | null; out: string; words: string }): Ended => ({
  ...raw,
  json: <Value>() => JSON.parse(raw.out) as Value,
  failure: () =>
    (JSON.parse(raw.words.trim().split('\n').at(-1) ?? '') as { error: ReturnType<Ended['failure']> }).error,
})

/**
 * The same program in this process, which saves its start: everything but the first line of main.ts runs. What it
 * prints is caught; standard input is not its own.
 */
async function backroomHere(args: readonly string[], env: RunOptions['env'] = {}): Promise<Ended> {
  const before = { out: process.stdout.write, words: process.stderr.write, env: { ...process.env } }
  let out = ''
  let words = ''
  process.stdout.write = (chunk: string | Uint8Array) => ((out += String(chunk)), true)
  process.stderr.write = (chunk: string | Uint8Array) => ((words += String(chunk)), true)
  delete process.env['INIT_CWD']
  Object.assign(process.env, env)
  try {
    return ended({ code: await run(args), out, words })
  } finally {
    process.stdout.write = before.out
    process.stderr.write = before.words
    process.env = before.env
  }
}

export interface TestFolder {
  readonly path: string
  /** A command on this folder's shop, in this process. */
  run(...args: readonly string[]): Promise<Ended>
  /** The same with variables of its environment. */
  runWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended>
  remove(): void
}

export function shopFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'backroom-cli-'))
  return {
    path,
    run: (...args) => backroomHere([...args, '--data', path]),
    runWith: (env, ...args) => backroomHere(args, env),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** A command in a process of its own that a test may end as it likes. */
export function start(
  folder: string,
  ...args: readonly string[]
): { readonly end: (signal: NodeJS.Signals) => void; readonly code: Promise<number | null> } {
  // prettier-ignore
  const child = spawn(process.execPath, [program, ...args, '--data', folder], { stdio: 'ignore' })
  return {
    end: (signal) => void child.kill(signal),
    code: new Promise((resolve) => child.once('exit', (code) => resolve(code))),
  }
}

export interface Served {
  readonly address: string
  readonly desktopToken: string
  stop(): Promise<number | null>
}

/** `backroom serve` until it says that it is ready. */
export function serve(folder: string): Promise<Served> {
  const child = spawn(process.execPath, [program, 'serve', '--sync-every', '0', '--data', folder], { stdio: ['ignore', 'pipe', 'inherit'] }) // prettier-ignore
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the server ended before it was ready')))
    createInterface({ input: child.stdout }).once('line', (line) => {
      const ready = JSON.parse(line) as { address: string; desktopToken: string } // the program's own line
      resolve({
        ...ready,
        stop() {
          child.kill('SIGTERM')
          return ended
        },
      })
    })
  })
}
