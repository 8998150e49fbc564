import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Compiles a few lines as if they stood in the house, under one of its tsconfigs; answers what is wrong with them. */
function compile(config: string, file: string, text: string): readonly string[] {
  const { config: json } = ts.readConfigFile(join(root, config), (path) => ts.sys.readFile(path))
  const parsed = ts.parseJsonConfigFileContent({ ...json, include: [], files: [file] }, ts.sys, root)
  const options = { ...parsed.options, composite: false, incremental: false, noEmit: true, declaration: false, emitDeclarationOnly: false, tsBuildInfoFile: undefined } // prettier-ignore
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  const path = join(root, file)
  host.getSourceFile = (name, ...rest) =>
    name === path ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2024) : getSourceFile(name, ...rest)
  host.fileExists = (name) => name === path || fileExists(name)
  host.readFile = (name) => (name === path ? text : readFile(name))
  host.getCurrentDirectory = () => dirname(path)
  const program = ts.createProgram([path], options, host)
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

const machine = [
  'export const a = process.argv',
  "export const b = Buffer.from('a')",
  'export const c = document.title',
  'export const d = window.name',
  'export const e = fetch',
  'setTimeout(() => undefined, 1)',
  "console.log('x')",
  'export const f = new URL("http://x")',
  'export const g = crypto.subtle',
  'export const h = performance.now()',
]

describe('pure code', () => {
  test.each([
    ['tsconfig.pure.json', 'src-main/application/probe.ts'],
    ['tsconfig.pure.json', 'src-main/engines/packing/probe.ts'],
    ['tsconfig.contract.json', 'src-main/contract/probe.ts'],
  ])('of %s knows neither Node nor the browser (%s)', (config, file) => {
    expect(compile(config, file, machine.join('\n'))).toHaveLength(machine.length)
    expect(compile(config, file, 'export const a = [3, 1].toSorted().join(new Intl.Locale("en").language)')).toEqual([])
    expect(compile(config, file, 'const o: { x?: string } = { x: undefined }\nexport { o }').join()).toContain('exactOptionalPropertyTypes') // prettier-ignore
  })

  test('is TypeScript that Node runs as it stands', () => {
    const pure = (text: string) => compile('tsconfig.pure.json', 'src-main/kernel/probe.ts', text).join()
    expect(pure('export enum A { B }')).toContain('erasableSyntaxOnly')
    expect(pure('export class A { constructor(readonly b: number) {} }')).toContain('erasableSyntaxOnly')
    expect(pure('export const first = ([] as string[])[0].length')).toContain('possibly')
  })
})

const eslint = new ESLint({ cwd: root })
async function lint(file: string, text: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(`${text}\n`, { filePath: join(root, file) })
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message)
}

describe('the lint rules', () => {
  test.each([
    ['the clock', 'export const now = Date.now()', 'no-restricted-syntax'],
    ['the clock by another name', 'export const now = new Date()', 'no-restricted-syntax'],
    ['chance', 'export const dice = Math.random()', 'no-restricted-syntax'],
    ['trust without a word', 'export const one = (list: string[]): string => list[0]!', 'no-restricted-syntax'],
    ['anything', 'export const one = (it: any): string => it', '@typescript-eslint/no-explicit-any'],
    ['four parameters', 'export const f = (a: 1, b: 2, c: 3, d: 4): unknown => [a, b, c, d]', 'max-params'],
    ['a value imported for its type', "import { Order } from './order.ts'\nexport type X = Order", '@typescript-eslint/consistent-type-imports'], // prettier-ignore
    ['loose equality', 'export const same = (a: unknown): boolean => a == 1', 'eqeqeq'],
  ])('refuse %s in use cases and in pages', async (...[, text, rule]) => {
    expect(await lint('src-main/application/probe.ts', text)).toContain(rule)
    expect(await lint('src-renderer/probe.ts', text)).toContain(rule)
  })

  test('let the system adapter read the clock, and nobody take the machine into pure code', async () => {
    expect(await lint('src-main/adapters/system/probe.ts', 'export const now = Date.now()')).toEqual([])
    expect(await lint('src-main/adapters/sqlite/probe.ts', 'export const now = Date.now()')).toContain('no-restricted-syntax') // prettier-ignore
    for (const name of ['process', 'Buffer', 'window', 'document', 'fetch', 'setTimeout', 'console'])
      expect([name, await lint('src-main/domain/probe.ts', `export const it = ${name}`)]).toEqual([name, ['no-restricted-globals']]) // prettier-ignore
  })

  test('hold files to 400 lines and functions to 80', async () => {
    const lines = (count: number): string => Array.from({ length: count }, (_, i) => `export const a${i} = ${i}`).join('\n') // prettier-ignore
    expect(await lint('src-main/domain/probe.ts', lines(400))).toEqual([])
    expect(await lint('src-main/domain/probe.ts', lines(401))).toEqual(['max-lines'])
    const body = Array.from({ length: 80 }, (_, i) => `  it(${i})`).join('\n')
    expect(await lint('src-main/domain/probe.ts', `export function f(it: (n: number) => void): void {\n${body}\n}`)).toEqual(['max-lines-per-function']) // prettier-ignore
  })
})
