/** What must be in a package, wherever it runs. */
const needed = [
  '/package.json',
  '/out/main/index.js',
  '/out/main/planner-worker.js',
  '/out/main/drawing-worker.js',
  '/out/main/split-pages-worker.js',
  '/out/preload/index.cjs',
  '/out/renderer/index.html',
  '/resources/translations/en.json',
  '/resources/translations/de.json',
  '/resources/translations/ja.json',
  '/resources/sample-shop/catalogue.csv',
  '/resources/fonts/NotoSans_400Regular.ttf',
  '/resources/icons/tray.png',
  '/src-main/adapters/sqlite/migrations/0001-backbone.sql',
  '/THIRD-PARTY.txt',
  '/LICENSE',
] as const

/** Only these roots, and of our own sources only the statements that bring a database up to date. */
const allowed = /^\/(package\.json|LICENSE|THIRD-PARTY\.txt|out\/(main|preload|renderer)\/|resources\/|node_modules\/|src-main\/adapters\/sqlite\/migrations\/\d{4}-[a-z0-9-]+\.sql$)/ // prettier-ignore
const neverRuns = /\.(map|ts|mts|cts|vue|flow|test\.m?js|spec\.m?js)$|\/(tests?|__tests__)\//

export interface Packed {
  /** Paths of files inside the package, with `/` in front. */
  readonly files: readonly string[]
  /** Of them, those that lie beside it. */
  readonly unpacked: readonly string[]
  /** Packages that the program runs with, at any depth. */
  readonly packages: ReadonlySet<string>
  /** `linux-x64.node`. */
  readonly prebuild: string
}

/** What is wrong with a package, one line each; nothing when it holds exactly what runs. */
export function asarFaults({ files, unpacked, packages, prebuild }: Packed): readonly string[] {
  const there = new Set(files)
  const strangers = new Set(files.flatMap((file) => packageOf(file) ?? []).filter((name) => !packages.has(name)))
  const native = files.filter((file) => file.endsWith('.node'))
  return [
    ...needed.filter((file) => !there.has(file)).map((file) => `missing: ${file}`),
    ...files.filter((file) => !allowed.test(file)).map((file) => `not part of the program: ${file}`),
    ...files.filter((file) => neverRuns.test(file)).map((file) => `never runs: ${file}`),
    ...[...strangers].map((name) => `not a package of the program: ${name}`),
    ...native.filter((file) => !file.endsWith(`/prebuilds/${prebuild}`)).map((file) => `for another system: ${file}`),
    ...(native.length === 0 ? ['missing: the database for this system'] : []),
    ...native.filter((file) => !unpacked.includes(file)).map((file) => `cannot be loaded from inside: ${file}`),
  ]
}

/** `/node_modules/a/node_modules/@b/c/x.js` -> `@b/c`. */
function packageOf(file: string): string | undefined {
  return /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]
}
