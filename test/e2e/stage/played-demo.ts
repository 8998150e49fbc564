import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { operations } from '../../../src-main/contract/operations.ts'
import { callerOf, Refused } from '../../../src-main/hosts/demo/http.ts'
import { openRecording } from '../../../src-main/hosts/demo/recording.ts'

/** `summary.json` as DOMAIN lists it. */
export interface Summary {
  readonly seed: number
  readonly orders: number
  readonly parcels: number
  readonly provenFewest: number
  readonly provenBest: number
  readonly metres: number
  readonly metresBinOrder: number
  readonly documents: number
  readonly reports: number
  readonly secondsByStage: Readonly<Record<string, number>>
  readonly labels: readonly {
    readonly parcel: string
    readonly order: string
    readonly courier: string
    readonly file: string
  }[]
}

export type Sealing = 'delivery' | 'selection' | 'off'

/** A demo that was played to its end by the real programs, looked at while they ran, and then sent home. */
export interface PlayedDemo {
  readonly sealing: Sealing
  readonly orders: number
  readonly out: string
  readonly printed: Summary
  /** `wire` and `programs` as `--record` keeps them; `looked`: what was there to see while everything ran, if asked for. */
  readonly recorded: string
}

/** What `--keep` prints. */
interface Reachable {
  readonly station: { readonly address: string; readonly token: string; readonly desktopToken: string }
}

/** `looksAround`: while everything runs somebody copies the data, lists the processes and asks a terminal everything. */
export async function playDemo(
  folder: string,
  { sealing, orders, looksAround = false }: { sealing: Sealing; orders: number; looksAround?: boolean },
): Promise<PlayedDemo> {
  const [out, recorded] = [join(folder, sealing), join(folder, `${sealing}-recorded`)]
  const options = ['--out', out, '--orders', String(orders), '--sealing', sealing, '--record', recorded, '--json', '--keep'] // prettier-ignore
  const demo = spawn(process.execPath, [resolve('src-main/hosts/demo/main.ts'), ...options])
  const ended = new Promise<number | null>((done) => demo.once('close', done))
  const heard = { stdout: '', stderr: '' }
  demo.stderr.setEncoding('utf8').on('data', (text: string) => (heard.stderr += text))
  const lines: string[] = []
  for await (const line of createInterface({ input: demo.stdout })) {
    heard.stdout += `${line}\n`
    if (line.startsWith('{')) lines.push(line)
    if (lines.length < 2) continue
    // What the demo prints last is how to reach its programs.
    if (looksAround) await lookAround(demo, { out, recorded, at: JSON.parse(line) as Reachable })
    demo.kill('SIGINT')
    break
  }
  const code = await ended
  if (code !== 0 || lines[0] === undefined) throw new Error(`demo --sealing ${sealing} ended with ${code}: ${heard.stderr}`) // prettier-ignore
  for (const [name, text] of Object.entries(heard)) writeFileSync(join(recorded, 'programs', `demo.${name}`), text)
  return { sealing, orders, out, recorded, printed: JSON.parse(lines[0]) as Summary } // its members are compared by tests
}

async function lookAround(
  demo: ChildProcess,
  { out, recorded, at }: { out: string; recorded: string; at: Reachable },
): Promise<void> {
  const looked = join(recorded, 'looked')
  mkdirSync(looked, { recursive: true })
  writeFileSync(join(looked, 'processes'), processesOf(demo.pid ?? 0).join('\n'))
  await callerOf(at.station.address, at.station.desktopToken).send('POST', '/call/backup.create', {})
  // While programs run, part of what they know is in the write-ahead logs; these go when the programs do.
  cpSync(join(out, 'data'), join(looked, 'running'), { recursive: true })
  await askEverything(recorded, at)
}

/** Titles, arguments and, where the system shows them, environments of a process and of all that it started. */
function processesOf(top: number): readonly string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
  const all = (stdout ?? '').split('\n').flatMap((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return args === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }]
  })
  const family = new Set([top])
  for (let before = 0; before < family.size;) {
    before = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }
  return all.filter(({ pid }) => family.has(pid)).map(({ pid, args }) => `${pid} ${args} ${environmentOf(pid)}`)
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').replaceAll('\0', ' ')
  } catch {
    // Another system, or a process that has just ended: what ps says must do.
    return ''
  }
}

interface WaveSeen {
  readonly wave: { readonly id: string; readonly code: string }
  readonly orders: readonly { readonly id: string; readonly code: string }[]
  readonly parcels: readonly { readonly id: string; readonly number?: string }[]
}

/** A paired terminal that is curious: it asks every operation there is, with ids it has seen, and fetches every paper. */
async function askEverything(recorded: string, { station }: Reachable): Promise<void> {
  const recording = openRecording(join(recorded, 'curious'))
  const caller = callerOf(await recording.through('visitor', station.address, 'client'), station.token)
  const call = <Value>(operation: string, input: object): Promise<Value | undefined> =>
    caller.send<{ value: Value }>('POST', `/call/${operation}`, input).then(
      ({ value }) => value,
      (error: unknown) => {
        if (error instanceof Refused) return undefined
        throw error
      },
    )
  const waves = await call<{ rows: readonly { code?: string; wave?: { code: string } }[] }>('waves.list', {})
  const code = waves?.rows[0]?.code ?? waves?.rows[0]?.wave?.code
  const seen = await call<WaveSeen>('waves.get', { wave: code })
  if (!seen) throw new Error('a terminal may look at the wave')
  for (const input of [
    { wave: code },
    {},
    { order: seen.orders[0]?.code },
    { search: 'a' },
    { parcelId: seen.parcels[0]?.id, code: '1' },
  ])
    // prettier-ignore
    for (const operation of Object.keys(operations)) await call(operation, input)
  const subjectIds = [seen.wave.id, ...seen.orders.map(({ id }) => id), ...seen.parcels.map(({ id }) => id)]
  const papers = (await call<readonly { id: string }[]>('documents.list', { subjectIds })) ?? []
  for (const path of ['/', '/me', ...papers.map(({ id }) => `/documents/${id}`)]) {
    await caller.get(path).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error
    })
  }
  await recording.stop()
}
