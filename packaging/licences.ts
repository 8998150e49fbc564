import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface ShippedPackage {
  readonly name: string
  readonly version: string
  readonly licence: string
  /** The text as the package carries it; empty where it carries none. */
  readonly text: string
}

interface Manifest {
  readonly version?: string
  readonly license?: string | { readonly type?: string }
  readonly dependencies?: { readonly [name: string]: string }
}

/**
 * Licences that ask of a program no more than to be named. `OR` lets us choose; what is not here is looked at by a person
 * before it is shipped.
 */
const permissive: ReadonlySet<string> = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'Unlicense', 'CC0-1.0', 'BlueOak-1.0.0', 'Python-2.0', 'Zlib', 'OFL-1.1', 'MIT-0']) // prettier-ignore

/** Packages that only build what is shipped: no byte of them is in it. */
const staysHere: ReadonlySet<string> = new Set([
  'lightningcss',
  '@tailwindcss/vite',
  '@tailwindcss/postcss',
  'vite',
  // For a drawer that no screen of ours has. It names no licence: package.ts looks that it is in no bundle.
  'vaul-vue',
])

/** The licence of a text, for a package that forgot to name it. */
const licenceByText = (text: string): string =>
  text.includes('Permission is hereby granted, free of charge') && text.includes('THE SOFTWARE IS PROVIDED "AS IS"')
    ? 'MIT'
    : ''

/** Every package that a program with these dependencies runs with, from the folder of node_modules; sorted by name. */
export function shippedPackages(programFolder: string, roots: readonly string[]): readonly ShippedPackage[] {
  const found = new Map<string, ShippedPackage>()
  const visit = (name: string, from: string): void => {
    const folder = folderOf(name, from)
    if (folder === undefined || found.has(folder)) return
    // A package's own description, as npm has checked it.
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
    const { version = '', license = '', dependencies = {} } = manifest
    const text = textIn(folder)
    const named = typeof license === 'string' ? license : (license.type ?? '')
    found.set(folder, { name, version, licence: named || licenceByText(text), text })
    for (const next of Object.keys(dependencies)) if (!staysHere.has(next)) visit(next, folder)
  }
  for (const name of roots) visit(name, programFolder)
  return [...found.values()].sort((a, b) => `${a.name}@${a.version}`.localeCompare(`${b.name}@${b.version}`, 'en'))
}

/** As Node looks for it: in the package's own node_modules, then further up. */
function folderOf(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = join(folder, '..')) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (join(folder, '..') === folder) return undefined
  }
}

function textIn(folder: string): string {
  const name = readdirSync(folder).find((file) => /^(licen[cs]e|copying)(\.|-|$)/i.test(file))
  return name === undefined ? '' : readFileSync(join(folder, name), 'utf8').trim()
}

/** Packages whose licence is not one of those that only want to be named: copyleft, unknown, none. */
export const licenceFaults = (packages: readonly ShippedPackage[]): readonly string[] =>
  packages
    .filter(({ licence }) => !mayBeShipped(licence))
    .map(({ name, version, licence }) => `${name}@${version}: ${licence || 'no licence'}`)

/** `(MIT OR GPL-3.0)` may, `MIT AND GPL-3.0` may not. */
export const mayBeShipped = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(/ OR /i)
    .some((choice) => choice.split(/ AND /i).every((one) => permissive.has(one.trim())))

export const licencesText = (packages: readonly ShippedPackage[]): string =>
  [
    'Backroom is made with the following packages and fonts. Each stands under its own licence, whose text follows.',
    ...packages.map(({ name, version, licence, text }) => [`${name} ${version} (${licence})`, '', text].join('\n')),
  ].join(`\n\n${'-'.repeat(78)}\n\n`) + '\n'
