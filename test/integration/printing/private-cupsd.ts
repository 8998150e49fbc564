import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

const cupsd = ['/usr/sbin/cupsd', '/usr/local/sbin/cupsd'].find((path) => existsSync(path))
const ownServerBin = ['/usr/lib/cups', '/usr/libexec/cups'].find((path) => existsSync(path))

const missing = ['lp', 'lpstat', 'lpadmin', 'cancel'].filter(
  (program) => !`${process.env['PATH'] ?? ''}:/usr/sbin`.split(':').some((folder) => existsSync(join(folder, program))),
)

/** Why there is no private CUPS here; undefined where there is one. */
export const noCups =
  process.platform !== 'linux'
    ? 'a CUPS of our own runs on Linux only'
    : cupsd === undefined || ownServerBin === undefined
      ? 'cupsd is not installed'
      : missing.length > 0
        ? `not installed: ${missing.join(', ')}`
        : undefined

export interface PrivateCups {
  /** With this, every program of CUPS talks to the private one. */
  readonly env: NodeJS.ProcessEnv
  /** What came out: by job number. */
  captured(job: number): Uint8Array | undefined
  /** Title and options that the backend was told. */
  told(job: number): string
  run(program: string, ...words: string[]): string
  stop(): Promise<void>
}

/**
 * A backend that keeps what would go to the printer. The device's address says how it behaves: `capture:/slow` takes
 * two seconds, `capture:/stop` stops the queue, `capture:/abort` gives up. (CUPS' own `file:` reports success and writes
 * nothing.)
 */
const backend = (folder: string): string => `#!/bin/sh
[ $# -eq 0 ] && { echo 'direct capture "capture" "capture"'; exit 0; }
case "$DEVICE_URI" in
  *slow*) sleep 2 ;;
  *stop*) echo 'STATE: +media-empty-error' >&2; exit 4 ;;
  *abort*) exit 1 ;;
esac
if [ -n "$6" ]; then cat "$6"; else cat; fi > "${folder}/$1.bin"
echo "$3|$5" > "${folder}/$1.told"
`

export async function startPrivateCups(): Promise<PrivateCups> {
  const home = mkdtempSync(join(tmpdir(), 'backroom-cups-'))
  // CUPS lets backends run as a user of its own, who must get to their folder.
  chmodSync(home, 0o755)
  const captured = join(home, 'captured')
  for (const name of ['conf', 'spool', 'cache', 'state', 'tmp', 'bin/backend', 'captured']) mkdirSync(join(home, name), { recursive: true }) // prettier-ignore
  chmodSync(captured, 0o777)
  for (const name of readdirSync(ownServerBin ?? ''))
    if (!name.startsWith('backend')) symlinkSync(join(ownServerBin ?? '', name), join(home, 'bin', name))
  writeFileSync(join(home, 'bin/backend/capture'), backend(captured), { mode: 0o755 })
  const port = await freePort()
  writeFileSync(join(home, 'conf/cups-files.conf'), filesConf(home))
  writeFileSync(join(home, 'conf/cupsd.conf'), cupsdConf(port))
  const child = spawn(cupsd ?? '', ['-f', '-c', join(home, 'conf/cupsd.conf'), '-s', join(home, 'conf/cups-files.conf')], { stdio: 'ignore' }) // prettier-ignore
  // Debian keeps lpadmin where an ordinary user's PATH does not look.
  const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin`, CUPS_SERVER: `127.0.0.1:${port}` }
  const run = (program: string, ...words: string[]): string =>
    execFileSync(program, words, { env: { ...env, LC_ALL: 'C' }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  await untilRunning(run)
  return {
    env,
    run,
    captured: (job) => {
      const path = join(captured, `${job}.bin`)
      return existsSync(path) ? new Uint8Array(readFileSync(path)) : undefined
    },
    told: (job) => readFileSync(join(captured, `${job}.told`), 'utf8'),
    stop: () => stop(child, home),
  }
}

const filesConf = (home: string): string =>
  [
    `ServerRoot ${home}/conf`,
    `ServerBin ${home}/bin`,
    `RequestRoot ${home}/spool`,
    `CacheDir ${home}/cache`,
    `StateDir ${home}/state`,
    `TempDir ${home}/tmp`,
    `AccessLog ${home}/access_log`,
    `ErrorLog ${home}/error_log`,
    `PageLog ${home}/page_log`,
    'Sandboxing relaxed',
    ...(process.getuid?.() === 0 ? [] : [`User ${userInfo().username}`]),
  ].join('\n')

const cupsdConf = (port: number): string =>
  [
    `Listen 127.0.0.1:${port}`,
    'Browsing No',
    'WebInterface No',
    'DefaultAuthType None',
    'PreserveJobHistory Yes',
    'PreserveJobFiles No',
    'ErrorPolicy abort-job',
    'JobRetryInterval 1',
    '<Location />',
    '  Order allow,deny',
    '  Allow all',
    '</Location>',
    '<Policy default>',
    '  <Limit All>',
    '    Order deny,allow',
    '  </Limit>',
    '</Policy>',
  ].join('\n')

async function untilRunning(run: PrivateCups['run']): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      if (run('lpstat', '-r').includes('is running')) return
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the private cupsd did not start')
}

async function stop(child: ChildProcess, home: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill()
  await ended
  rmSync(home, { recursive: true, force: true })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
