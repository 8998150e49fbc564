import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const house = mkdtempSync(join(tmpdir(), 'backroom-house-'))
afterAll(() => rmSync(house, { recursive: true, force: true }))

/** File, what it says, and the rule that must refuse it. */
const breaches: readonly (readonly [file: string, text: string, rule: string])[] = [
  ['src-main/kernel/up.ts', "import '../domain/order.ts'", 'kernel-imports'],
  ['src-main/kernel/package.ts', "import 'zod'", 'kernel-packages'],
  ['src-main/kernel/machine.ts', "import 'node:fs'", 'kernel-no-node'],
  ['src-main/engines/packing/across.ts', "import '../picking/index.ts'", 'engine-packing-imports'],
  ['src-main/engines/picking/up.ts', "import '../../domain/order.ts'", 'engine-picking-imports'],
  ['src-main/engines/delivery/package.ts', "import 'zod'", 'engine-delivery-packages'],
  ['src-main/domain/up.ts', "import '../ports/store.ts'", 'domain-imports'],
  ['src-main/ports/runs.ts', "import { plan } from '../engines/packing/index.ts'\nplan()", 'ports-engines-types-only'],
  ['src-main/ports/inner.ts', "import type { Inner } from '../engines/packing/inner.ts'\nexport type X = Inner", 'ports-imports'], // prettier-ignore
  ['src-main/application/sideways.ts', "import '../adapters/sqlite/store.ts'", 'application-imports'],
  ['src-main/application/engine.ts', "import '../engines/packing/index.ts'", 'application-imports'],
  ['src-main/application/machine.ts', "import 'node:fs'", 'application-no-node'],
  ['src-main/drawing/noun.ts', "import '../domain/order.ts'", 'drawing-imports'],
  ['src-main/contract/runs.ts', "import { noun } from '../domain/order.ts'\nnoun()", 'contract-domain-types-only'],
  ['src-main/contract/door.ts', "import '../hosts/compose.ts'", 'contract-imports'],
  ['src-main/adapters/sqlite/neighbour.ts', "import '../vault/vault.ts'", 'adapter-sqlite-imports'],
  ['src-main/adapters/sqlite/use.ts', "import '../../application/use.ts'", 'adapter-sqlite-imports'],
  ['src-main/adapters/vault/drawing.ts', "import 'pdfkit'", 'adapter-vault-packages'],
  ['src-main/hosts/station/adapter.ts', "import '../../adapters/sqlite/store.ts'", 'adapters-meet-ports-in-compose'],
  ['src-main/hosts/handlers/engine.ts', "import '../../engines/packing/index.ts'", 'host-handlers-imports'],
  ['src-main/hosts/cli/window.ts', "import 'electron'", 'electron-only-in-its-host'],
  ['src-renderer/use.ts', "import '../src-main/application/use.ts'", 'renderer-imports'],
  ['src-renderer/noun.ts', "import '../src-main/domain/order.ts'", 'renderer-imports'],
  ['src-protocol/shop.ts', "import '../src-main/domain/order.ts'", 'protocol-imports'],
  ['src-storefront/back.ts', "import '../src-main/domain/order.ts'", 'storefront-imports'],
  ['src-storefront/picking.ts', "import '../src-main/engines/picking/index.ts'", 'storefront-imports'],
  ['src-courier/back.ts', "import '../src-main/contract/door.ts'", 'courier-imports'],
  ['src-main/domain/about.ts', "import { a } from './round.ts'\nexport const b = () => a", 'no-circular'],
  ['src-main/domain/lost.ts', "import './nowhere.ts'", 'no-unresolvable'],
]

const sound: Readonly<Record<string, string>> = {
  'src-main/domain/order.ts': 'export const noun = () => 1',
  'src-main/domain/round.ts': "import { b } from './about.ts'\nexport const a = b",
  'src-main/ports/store.ts': "import type { Plan } from '../engines/packing/index.ts'\nexport type Port = Plan",
  'src-main/engines/packing/index.ts': "export type { Inner as Plan } from './inner.ts'\nexport const plan = () => 1",
  'src-main/engines/packing/inner.ts': 'export type Inner = number',
  'src-main/engines/picking/index.ts': 'export const walk = 1',
  'src-main/application/use.ts': "import '../ports/store.ts'\nimport '../domain/order.ts'",
  'src-main/adapters/sqlite/store.ts': "import 'node:fs'\nimport 'better-sqlite3'",
  'src-main/adapters/vault/vault.ts': 'export const vault = 1',
  'src-main/hosts/compose.ts': "import '../adapters/sqlite/store.ts'\nimport '../application/use.ts'",
}

interface Violation {
  readonly from: string
  readonly rule: { readonly name: string }
}
let violations: readonly Violation[] = []

beforeAll(async () => {
  for (const [file, text] of [...Object.entries(sound), ...breaches.map(([file, text]) => [file, text] as const)]) {
    mkdirSync(dirname(join(house, file)), { recursive: true })
    writeFileSync(join(house, file), `${text}\n`)
  }
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json']) copyFileSync(join(root, file), join(house, file)) // prettier-ignore
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'), 'dir')
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const folders = ['src-main', 'src-renderer', 'src-protocol', 'src-storefront', 'src-courier']
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: house, maxBuffer: 1e8 })
  violations = (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations
})

describe('the import table', () => {
  test.each(breaches)('refuses %s', (file, _text, rule) => {
    expect(violations.filter(({ from }) => from === file).map((found) => found.rule.name)).toContain(rule)
  })

  test('lets sound rooms be', () => {
    const files = Object.keys(sound)
    expect(violations.filter(({ from }) => files.includes(from))).toEqual([])
  })

  test('has a rule for every room of the house', () => {
    const require = createRequire(import.meta.url)
    const { forbidden } = require('../../.dependency-cruiser.cjs') as { forbidden: { name: string; from: { path?: string } }[] } // prettier-ignore
    const paths = forbidden.filter(({ name }) => name.endsWith('-imports')).map(({ from }) => new RegExp(from.path ?? '^$')) // prettier-ignore
    const foldersIn = (folder: string): readonly string[] =>
      readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${folder}/${entry.name}`)
    const rooms = [
      ...foldersIn('src-main').filter((folder) => !/\/(adapters|engines|hosts)$/.test(folder)),
      ...['adapters', 'engines', 'hosts'].flatMap((folder) => foldersIn(`src-main/${folder}`)),
      ...readdirSync(root).filter((name) => name.startsWith('src-') && name !== 'src-main'),
    ]
    // The demo starts the other programs and plays people: it is bound by adapters-meet-ports-in-compose alone.
    const unbound = rooms.filter((room) => !paths.some((path) => path.test(`${room}/file.ts`)))
    expect(unbound).toEqual(['src-main/hosts/demo'])
  })
})
