import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { AppError } from '../../kernel/errors.ts'
import type { Recording } from './recording.ts'

/** What our programs compile is kept for the next one: the demo starts some forty of them. */
const compileCache = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../../node_modules/.cache/compile', import.meta.url)),
}

export interface Running {
  /** The line of JSON with which the process said that it was ready. */
  readonly ready: { readonly [key: string]: unknown }
  stop(): Promise<void>
}

/** How long a process may take to say that it is ready: generous, a cold disk reads slowly. */
const startMs = 60_000

export interface Started {
  readonly name: string
  readonly args: readonly string[]
  readonly env?: { readonly [name: string]: string } | undefined
  readonly recording?: Recording | undefined
}

/** Starts one of our programs as a process of its own and waits for its line of JSON. Its complaints pass through. */
export async function start(program: Started): Promise<Running> {
  const child = spawn(process.execPath, [...program.args], {
    stdio: ['ignore', 'pipe', program.recording ? 'pipe' : 'inherit'],
    env: { ...process.env, ...compileCache, ...program.env },
  })
  hear(child, program)
  child.stderr?.pipe(process.stderr)
  try {
    const ready = await firstLine(child, program.name)
    return { ready, stop: () => stopped(child) }
  } catch (error) {
    await stopped(child)
    throw error
  }
}

function firstLine(child: ChildProcess, name: string): Promise<Running['ready']> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new AppError('ERR_DISK', { doing: `start ${name}`, reason: 'not ready in time' })),
      startMs,
    )
    const { stdout } = child
    if (!stdout) return reject(new AppError('ERR_INTERNAL', { doing: `start ${name}` }))
    createInterface({ input: stdout }).once('line', (line) => {
      clearTimeout(late)
      // Each of our programs prints exactly one object on this line.
      resolve(JSON.parse(line) as Running['ready'])
    })
    child.once('exit', (code) => {
      clearTimeout(late)
      reject(new AppError('ERR_DISK', { doing: `start ${name}`, reason: `ended with ${code ?? 'a signal'}` }))
    })
  })
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** Keeps what a program was started with and prints, where somebody asked for it. */
function hear({ stdout, stderr }: ChildProcess, { name, args, recording }: Started): void {
  const heard = recording?.program(name, args)
  if (!heard) return
  stdout?.setEncoding('utf8').on('data', (text: string) => heard.stdout(text))
  stderr?.setEncoding('utf8').on('data', (text: string) => heard.stderr(text))
}

/** Runs one of our programs to its end and answers what it printed as JSON. Throws ERR_INTERNAL with its exit code. */
export async function runToEnd(program: Started): Promise<unknown> {
  const child = spawn(process.execPath, [...program.args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...compileCache, ...program.env },
  })
  hear(child, program)
  let printed = ''
  let complaints = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaints += chunk))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0)
    throw new AppError('ERR_INTERNAL', { doing: program.name, exitCode: code ?? -1, said: complaints.slice(-2000) })
  return JSON.parse(printed)
}
