import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const engine = join(import.meta.dirname, '../../../../src-main/engines/packing')

/** The first block of this language in the engine's README. */
function blockOf(language: string): string {
  const text = readFileSync(join(engine, 'README.md'), 'utf8')
  return new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(text)?.[1] ?? ''
}

test('the ten lines of the README pack three pieces and print what it says', () => {
  const lines = blockOf('js')
  expect(lines.trim().split('\n')).toHaveLength(10)
  const folder = mkdtempSync(join(tmpdir(), 'packing-readme-'))
  const file = join(folder, 'three-pieces.mjs')
  writeFileSync(file, lines.replace('./index.ts', pathToFileURL(join(engine, 'index.ts')).href))
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  expect(stderr).toBe('')
  expect(stdout).toBe(blockOf('text'))
})
