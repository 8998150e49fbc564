import { readdirSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const engines = readdirSync(new URL('../../src-main/engines', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

/** Everything that a bundle of one entry holds, and what it would still ask for. */
async function bundle(entry: string): Promise<{ modules: readonly string[]; asksFor: readonly string[] }> {
  const made = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, target: 'es2024', lib: { entry, formats: ['es'], fileName: 'engine' } },
  })
  const outputs = (Array.isArray(made) ? made : [made]) as Rolldown.RolldownOutput[] // no watcher was asked for
  const chunks = outputs.flatMap(({ output }) => output).filter((one) => one.type === 'chunk')
  return {
    modules: chunks.flatMap((chunk) => chunk.moduleIds).map((id) => relative(root, id)),
    asksFor: chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]),
  }
}

describe('each engine is a package in waiting', () => {
  test.each(engines)('%s bundles alone to its own folder and the kernel', async (engine) => {
    const { modules, asksFor } = await bundle(`src-main/engines/${engine}/index.ts`)
    const foreign = modules.filter(
      (id) =>
        !id.startsWith(`src-main/engines/${engine}/`) && !id.startsWith('src-main/kernel/') && !id.startsWith('\0'),
    )
    expect(foreign).toEqual([])
    expect(asksFor).toEqual([])
    expect(modules.length).toBeGreaterThan(5)
  })

  test('there are three of them', () => {
    expect(engines.toSorted()).toEqual(['delivery', 'packing', 'picking'])
  })
})
