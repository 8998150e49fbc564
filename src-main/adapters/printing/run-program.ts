import { spawn } from 'node:child_process'

export interface Ran {
  /** `missing`: there is no such program. `too-slow`: it was ended after the time it had. */
  readonly end: 'done' | 'missing' | 'too-slow'
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly input?: Uint8Array | undefined
  readonly timeoutMs: number
  readonly env: NodeJS.ProcessEnv
}

/** More than any list of queues; a program that talks on is not listened to. */
const mostOutput = 1_000_000

/**
 * Runs a program with its words as they are: no shell stands between, so a queue named `; rm` is a name. Its own
 * messages are asked for in English, whatever the system speaks. Never throws.
 */
export function runProgram(program: string, words: readonly string[], options: RunOptions): Promise<Ran> {
  const env = { ...options.env, LC_ALL: 'C', LANG: 'C', LANGUAGE: 'C' }
  return new Promise((resolve) => {
    const child = spawn(program, words, { env, shell: false, windowsHide: true, stdio: ['pipe', 'pipe', 'pipe'] })
    const said = { stdout: '', stderr: '' }
    let end: Ran['end'] = 'done'
    const timer = setTimeout(() => {
      end = 'too-slow'
      child.kill('SIGKILL')
    }, options.timeoutMs)
    const finish = (code: number): void => {
      clearTimeout(timer)
      resolve({ end, code, ...said })
    }
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        if (said[stream].length < mostOutput) said[stream] += text
      })
    child.on('error', () => {
      end = 'missing'
      finish(-1)
    })
    child.on('close', (code) => finish(code ?? -1))
    // A program that ends before it has read everything says why by its code.
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input)
  })
}
