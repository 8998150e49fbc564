import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'

export const programFolder = resolve(import.meta.dirname, '../..')

/** Something that is built: the folders and files it is made of, what comes out, and the program with which. */
interface Product {
  readonly sources: readonly string[]
  readonly products: readonly string[]
  readonly command: readonly string[]
}

const window: Product = {
  sources: ['src-main', 'src-renderer', 'resources/translations', 'electron.vite.config.ts'],
  products: ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'],
  command: ['node_modules/electron-vite/bin/electron-vite.js', 'build'],
}
const opener: Product = {
  sources: ['src-courier', 'src-main/kernel', 'src-main/drawing', 'vite.courier.config.ts'],
  products: ['out/courier/opener.html'],
  command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.courier.config.ts'],
}

/** Builds the window's bundles unless they are newer than everything they are made of. */
export const ensureBuilt = (): void => ensure(window)

/** Builds the courier's opener in the same way; answers its path. */
export function ensureOpenerBuilt(): string {
  ensure(opener)
  return join(programFolder, 'out/courier/opener.html')
}

function ensure(product: Product): void {
  if (isFresh(product)) return
  // Tests run side by side: whoever comes second waits for the first, and then finds everything built.
  const release = takeTurn()
  try {
    if (isFresh(product)) return
    const [program = '', ...words] = product.command
    execFileSync(process.execPath, [join(programFolder, program), ...words], {
      cwd: programFolder,
      stdio: 'pipe',
      encoding: 'utf8',
    })
  } finally {
    release()
  }
}

function isFresh({ sources, products }: Product): boolean {
  const made = products.map((path) => join(programFolder, path))
  if (!made.every((path) => existsSync(path))) return false
  const oldest = Math.min(...made.map((path) => statSync(path).mtimeMs))
  return sources.every((source) => newest(join(programFolder, source)) <= oldest)
}

function newest(path: string): number {
  const own = statSync(path)
  if (!own.isDirectory()) return own.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** Longer than any build takes: whoever left the mark has died. */
const abandonedAfterMs = 300_000

/** A folder that only one can make is the mark of whoever builds. */
function takeTurn(): () => void {
  const mark = join(programFolder, 'node_modules/.cache/building')
  mkdirSync(resolve(mark, '..'), { recursive: true })
  for (;;) {
    try {
      mkdirSync(mark)
      return () => rmSync(mark, { recursive: true, force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const since = statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
      if (Date.now() - since > abandonedAfterMs) rmSync(mark, { recursive: true, force: true })
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    }
  }
}
