import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/**
 * `npm start`: the Electron window where there is an Electron, and where there is none after a download of at most ten
 * seconds, the same screens from the station in the browser. Arguments go on to whichever door opens.
 */
const program = fileURLToPath(new URL('../../', import.meta.url))
const patienceMs = 10_000

async function start(): Promise<number> {
  if (!existsSync(join(program, 'out/main/index.js')) || !existsSync(join(program, 'out/renderer/index.html'))) {
    const code = await run('npx', ['electron-vite', 'build'])
    if (code !== 0) return code
  }
  const electron = await findElectron()
  if (electron !== undefined) return run(electron, ['.', ...process.argv.slice(2)])
  process.stderr.write(
    'The Electron program is not here and could not be downloaded in ten seconds, so Backroom opens in your browser instead.\n',
  )
  return run(process.execPath, [
    join(program, 'src-main/hosts/cli/main.ts'),
    'serve',
    '--open',
    ...process.argv.slice(2),
  ])
}

/** The installed binary, or the one that its own installer fetches in time. */
async function findElectron(): Promise<string | undefined> {
  if (process.env['ELECTRON_PATH'] && existsSync(process.env['ELECTRON_PATH'])) return process.env['ELECTRON_PATH']
  const known = electronPath()
  if (known !== undefined) return known
  await run('npx', ['install-electron'], { patienceMs, isQuiet: true })
  return electronPath()
}

function electronPath(): string | undefined {
  const require = createRequire(import.meta.url)
  try {
    const folder = join(require.resolve('electron/package.json'), '..')
    const name =
      { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ??
      'electron'
    const path = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name)
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

interface RunOptions {
  readonly patienceMs?: number
  readonly isQuiet?: boolean
}

function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  return new Promise((resolve) => {
    // npx is a script on Windows and needs a shell there; nothing a stranger typed is in these words.
    const child = spawn(command, [...args], {
      cwd: program,
      stdio: options.isQuiet ? 'ignore' : 'inherit',
      shell: process.platform === 'win32' && command === 'npx',
    })
    const timer = options.patienceMs === undefined ? undefined : setTimeout(() => child.kill(), options.patienceMs)
    const end = (code: number): void => {
      clearTimeout(timer)
      resolve(code)
    }
    child.once('error', () => end(1))
    child.once('exit', (code) => end(code ?? 1))
    process.once('SIGINT', () => child.kill('SIGINT'))
  })
}

process.exitCode = await start()
