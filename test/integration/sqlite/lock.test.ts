import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import process from 'node:process'
import { afterAll, expect, test } from 'vitest'
import { takeLock } from '../../../src-main/adapters/sqlite/lock.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
const program = new URL('./lock-child.ts', import.meta.url).pathname

afterAll(() => folder.remove())

function held(lock: ReturnType<typeof takeLock>): { release(): void } {
  if ('heldBy' in lock) throw new Error(`held by ${lock.heldBy}`)
  return lock
}

/** Another process that takes the lock and keeps it until it is killed. */
async function startHolder(path: string) {
  const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = await once(child.stdout, 'data')
  return {
    said: String(said).trim(),
    pid: child.pid,
    kill: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

test('a lock is held once, names its holder, and is free again after its release', () => {
  const path = folder.file('plain.lock')
  const lock = held(takeLock(path))
  expect(takeLock(path)).toEqual({ heldBy: process.pid })
  lock.release()
  expect(existsSync(path)).toBe(false)
  held(takeLock(path)).release()
})

test('a lock of another living process is respected, and taken over when it was killed', async () => {
  const path = folder.file('other.lock')
  const holder = await startHolder(path)
  expect(holder.said).toBe('taken')
  expect(takeLock(path)).toEqual({ heldBy: holder.pid })
  await holder.kill()
  expect(existsSync(path)).toBe(true)
  const lock = held(takeLock(path))
  expect(readFileSync(path, 'utf8')).toContain(String(process.pid))
  lock.release()
})

test('of many processes that find a dead lock one takes it', async () => {
  const path = folder.file('contended.lock')
  const dead = await startHolder(path)
  await dead.kill()
  const holders = await Promise.all(Array.from({ length: 4 }, () => startHolder(path)))
  const winners = holders.filter((holder) => holder.said === 'taken')
  expect(winners).toHaveLength(1)
  for (const holder of holders) await holder.kill()
  expect(readdirSync(folder.path).filter((file) => file.startsWith('contended.lock.'))).toEqual([])
})

test.runIf(process.platform === 'linux')('a process id that the system gave to somebody else holds nothing', () => {
  const path = folder.file('reused.lock')
  writeFileSync(path, `${process.pid}\nanother-boot:1\n`)
  held(takeLock(path)).release()
})

test('a lock that says nothing holds nothing', () => {
  const path = folder.file('empty.lock')
  writeFileSync(path, '')
  held(takeLock(path)).release()
})

test('releasing leaves the lock of a successor alone', () => {
  const path = folder.file('late.lock')
  const lock = held(takeLock(path))
  writeFileSync(path, '1\nsomebody else\n')
  lock.release()
  expect(readFileSync(path, 'utf8')).toBe('1\nsomebody else\n')
})
