import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import process from 'node:process'

export interface Lock {
  release(): void
}

/**
 * Takes the right to write, for the life of this process: a file made exclusively that names the holder.
 * The lock of a process that is gone is taken over. Answers who holds it instead of waiting.
 */
export function takeLock(path: string): Lock | { readonly heldBy: number } {
  // Two tries are enough in peace; more are only needed while others fight over the same dead lock.
  for (let tries = 0; tries < 10; tries++) {
    const content = holderText(process.pid)
    if (createExclusively(path, content)) return { release: () => releaseOwn(path, content) }
    const holder = readText(path)
    if (holder === undefined) continue
    const pid = livingPid(holder)
    if (pid !== undefined) return { heldBy: pid }
    setAsideDead(path, holder)
  }
  return { heldBy: livingPid(readText(path) ?? '') ?? 0 }
}

/** Writes aside and links, so that a lock never exists without its holder in it; false when there is one already. */
function createExclusively(path: string, content: string): boolean {
  const written = `${path}.${process.pid}.new`
  writeFileSync(written, content, { mode: 0o600, flush: true })
  try {
    linkSync(written, path)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    // File systems without hard links (exFAT): the exclusive flag is the next best.
    return createInPlace(path, content)
  } finally {
    rmSync(written, { force: true })
  }
}

function createInPlace(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { mode: 0o600, flag: 'wx', flush: true })
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/**
 * Renaming is atomic: of several that found the same dead lock one gets it. If what it got is not the
 * dead one, another was quicker and holds it rightly: it goes back unless a third lock is there already.
 */
function setAsideDead(path: string, dead: string): void {
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  const got = readText(aside)
  if (got !== undefined && got !== dead) createExclusively(path, got)
  rmSync(aside, { force: true })
}

function releaseOwn(path: string, content: string): void {
  if (readText(path) === content) rmSync(path, { force: true })
}

/** First line: process id. Second line: when the system started it, where that can be read; ids are used again. */
const holderText = (pid: number): string => `${pid}\n${startOf(pid) ?? ''}\n`

/** The holder's process id, when that very process still runs. */
function livingPid(text: string): number | undefined {
  const [first = '', start = ''] = text.split('\n')
  const pid = Number(first)
  if (!Number.isInteger(pid) || pid <= 0 || !runs(pid)) return undefined
  const startNow = startOf(pid)
  return start !== '' && startNow !== undefined && startNow !== start ? undefined : pid
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

/** Boot and start time of a process on Linux (proc(5), field 22 of stat); undefined elsewhere. */
function startOf(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  const boot = readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
  // The second field is a name in brackets that may hold blanks; counting starts after it, at field 3.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return ticks === undefined ? undefined : `${boot}:${ticks}`
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ESRCH')) return undefined
    throw error
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
