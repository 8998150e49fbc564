import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { extractAll, listPackage, statFile } from '@electron/asar'
import { build, Platform } from 'electron-builder'
import { configuration, ownPrebuild } from '../electron-builder.config.ts'
import { asarFaults } from './asar-faults.ts'
import { licenceFaults, licencesText, shippedPackages } from './licences.ts'
import { startPackaged } from './start-packaged.ts'

/**
 * `npm run package`: installers for the system it runs on, in `dist`. Where no Electron can be fetched, everything but the
 * last step is done all the same: the package is made and looked through, and the program in it is started.
 */
const program = join(import.meta.dirname, '..')
const fetchPatienceMs = 20_000
const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function run(): Promise<number> {
  if (!process.argv.includes('--built'))
    execFileSync('npx', ['electron-vite', 'build'], { cwd: program, stdio: 'inherit' })
  writeLicences()
  const builtFolder = holdStill()
  const electron = findElectron()
  const output = join(program, 'dist')
  rmSync(output, { recursive: true, force: true })
  if (electron === undefined)
    say('The Electron program could not be fetched here: the package is made around a stand-in, without installers.')
  await (electron === undefined ? packStandIn(builtFolder) : packInstallers(builtFolder))
  const asar = findAsar(output)
  const faults = faultsOf(asar)
  for (const fault of faults) say(fault)
  if (faults.length > 0) return 1
  say(`Looked through: ${asar}`)
  await startExtracted(asar)
  say('The program in the package starts, opens its shop and shows its window.')
  const made =
    electron === undefined ? [] : readdirSync(output).filter((name) => /\.(exe|dmg|AppImage|deb)$/.test(name))
  for (const name of made) say(`Installer: ${join(output, name)}`)
  return 0
}

function productionRoots(): readonly string[] {
  // Our own package.json.
  const { dependencies } = JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as {
    dependencies: { readonly [name: string]: string }
  }
  return Object.keys(dependencies)
}

/** What the window is built from runs too, although it is no dependency of the program any more once it is built. */
const bundled = [
  'vue',
  'vue-router',
  'vue-i18n',
  'pinia',
  '@vueuse/core',
  '@nuxt/ui',
  'tailwindcss',
  'three',
  'zxing-wasm',
  '@iconify-json/lucide',
]

function writeLicences(): void {
  const packages = shippedPackages(program, [...productionRoots(), ...bundled])
  const faults = licenceFaults(packages)
  if (faults.length > 0) throw new Error(`These may not be shipped without a person's look:\n${faults.join('\n')}`)
  mkdirSync(join(program, 'out/licences'), { recursive: true })
  const fonts = readdirSync(join(program, 'resources/fonts'))
    .filter((name) => name.startsWith('OFL-'))
    .map((name) => ({
      name: name.replace(/^OFL-|\.txt$/g, ''),
      version: '',
      licence: 'OFL-1.1',
      text: readFileSync(join(program, 'resources/fonts', name), 'utf8'),
    }))
  writeFileSync(join(program, 'out/licences/THIRD-PARTY.txt'), licencesText([...packages, ...fonts]))
  say(`Licences of ${packages.length} packages and ${fonts.length} fonts.`)
}

/** What is packed must be of one build, whatever is built beside it in the meantime. */
function holdStill(): string {
  const folder = join(program, 'node_modules/.cache/package')
  rmSync(folder, { recursive: true, force: true })
  for (const part of ['main', 'preload', 'renderer', 'licences'])
    cpSync(join(program, 'out', part), join(folder, part), { recursive: true })
  const scripts = readdirSync(join(folder, 'renderer/assets')).filter((name) => name.endsWith('.js'))
  const strange = scripts.filter((name) =>
    /vaul-drawer/.test(readFileSync(join(folder, 'renderer/assets', name), 'utf8')),
  )
  if (strange.length > 0) throw new Error(`A package without a licence is in ${strange.join(', ')}: vaul-vue`)
  return folder
}

function findElectron(): string | undefined {
  const folder = join(createRequire(import.meta.url).resolve('electron/package.json'), '..', 'dist')
  const isThere = (): boolean => existsSync(folder) && readdirSync(folder).length > 0
  if (!isThere()) spawnSync('npx', ['install-electron'], { cwd: program, stdio: 'ignore', timeout: fetchPatienceMs })
  return isThere() ? folder : undefined
}

const packInstallers = (builtFolder: string): Promise<unknown> =>
  build({
    targets: Platform.current().createTarget(),
    publish: 'never',
    config: configuration({ hasElectron: true, builtFolder }),
  })

/** A folder that looks like Electron to the packer; what it packs around it is the real thing. */
async function packStandIn(builtFolder: string): Promise<void> {
  const electronDist = mkdtempSync(join(tmpdir(), 'backroom-electron-'))
  try {
    writeFileSync(join(electronDist, 'electron'), '#!/bin/sh\nexit 1\n')
    chmodSync(join(electronDist, 'electron'), 0o755)
    mkdirSync(join(electronDist, 'locales'))
    writeFileSync(join(electronDist, 'locales/en-US.pak'), '')
    await build({
      targets: Platform.LINUX.createTarget('dir'),
      publish: 'never',
      config: { ...configuration({ hasElectron: false, builtFolder }), electronDist },
    })
  } finally {
    rmSync(electronDist, { recursive: true, force: true })
  }
}

function findAsar(folder: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('app.asar'))
  if (found === undefined) throw new Error(`No package in ${folder}`)
  return join(folder, found)
}

function faultsOf(asar: string): readonly string[] {
  const entries = listPackage(asar, { isPack: false }).map((path) => path.replaceAll('\\', '/'))
  const files = entries.filter((path) => !('files' in statFile(asar, path.slice(1))))
  const unpacked = files.filter((path) => 'unpacked' in statFile(asar, path.slice(1)))
  const packages = new Set(shippedPackages(program, productionRoots()).map(({ name }) => name))
  return asarFaults({ files, unpacked, packages, prebuild: ownPrebuild() })
}

/** Node reads no asar by itself: the program is taken out of it, natives and all, and started from there. */
async function startExtracted(asar: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-packaged-'))
  try {
    extractAll(asar, join(folder, 'app'))
    if (existsSync(`${asar}.unpacked`)) cpSync(`${asar}.unpacked`, join(folder, 'app'), { recursive: true })
    await startPackaged(join(folder, 'app'), join(folder, 'data'))
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

process.exitCode = await run()
