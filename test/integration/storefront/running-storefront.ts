import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export const fixture = (name: string): string => new URL(`../../fixtures/storefront/${name}`, import.meta.url).pathname
export const packagingRulesFixture = (): unknown => JSON.parse(readFileSync(fixture('packaging-rules.json'), 'utf8'))
export const shopToken = 'test-token-for-the-back-office'

export interface StorefrontProcess {
  readonly address: string
  readonly ready: { readonly address: string; readonly backOfficeToken?: string }
  readonly child: ChildProcess
  /** What it has written on standard error so far. */
  log(): string
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  /** Ends it as a system would; resolves with its exit code. */
  stop(): Promise<number | null>
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'storefront-test-'))

export interface StartOptions {
  readonly catalogue?: string
  readonly withRules?: boolean
  readonly token?: string | undefined
  /** More of the configuration file. */
  readonly configuration?: object
  readonly environment?: NodeJS.ProcessEnv
}

/** The program itself, as a process of its own. */
export async function startProcess(folder: string, options: StartOptions = {}): Promise<StorefrontProcess> {
  const configuration = join(folder, 'shop.json')
  const rules = options.withRules === false ? {} : { packagingRules: packagingRulesFixture() }
  writeFileSync(configuration, JSON.stringify({ name: 'Corner Shop', ...rules, ...options.configuration }))
  const token = 'token' in options ? options.token : shopToken
  const flags = ['--data', join(folder, 'data'), '--seed-config', configuration]
  flags.push('--catalogue', options.catalogue ?? fixture('catalogue.csv'))
  if (token !== undefined) flags.push('--shop-token', token)
  const main = new URL('../../../src-storefront/main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [main, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.environment },
  })
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString('utf8')))
  const line = await firstLine(child)
  const ready = JSON.parse(line) as StorefrontProcess['ready'] // the program's own line
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return {
    address: ready.address,
    ready,
    child,
    log: () => words,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

export class StartFailed extends Error {
  readonly exitCode: number | null
  readonly words: string
  constructor(exitCode: number | null, words: string) {
    super(words)
    this.exitCode = exitCode
    this.words = words
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let words = ''
    child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString('utf8')))
    child.once('exit', (code) => reject(new StartFailed(code, words)))
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve)
  })
}
