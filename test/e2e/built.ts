import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'

export const programFolder = resolve(import.meta.dirname, '../..')

const sources = ['src-main', 'src-renderer', 'resources/translations', 'electron.vite.config.ts']
const products = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']

/** Builds the window's bundles unless they are newer than everything they are made of. */
export function ensureBuilt(): void {
  const made = products.map((path) => join(programFolder, path))
  const oldest = made.every((path) => existsSync(path)) ? Math.min(...made.map((path) => statSync(path).mtimeMs)) : 0
  if (sources.some((source) => newest(join(programFolder, source)) > oldest)) {
    const builder = join(programFolder, 'node_modules/electron-vite/bin/electron-vite.js')
    execFileSync(process.execPath, [builder, 'build'], { cwd: programFolder, stdio: 'pipe', encoding: 'utf8' })
  }
}

function newest(path: string): number {
  const own = statSync(path)
  if (!own.isDirectory()) return own.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}
