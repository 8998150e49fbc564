import process from 'node:process'
import type { Configuration } from 'electron-builder'

/** What the prebuilt database of this machine is called; every other stays out. */
export const ownPrebuild = (platform = process.platform, arch = process.arch): string => `${platform}-${arch}.node`
const prebuilds = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'linuxmusl-arm64', 'linuxmusl-x64', 'win32-arm64', 'win32-x64'] // prettier-ignore

/** Beside what runs, packages carry sources, types, maps, tests, pictures of themselves: none of it runs. */
const leftOut = [
  '!**/node_modules/**/*.{map,ts,mts,cts,flow,md,markdown,html,tsbuildinfo}',
  '!**/node_modules/**/{test,tests,__tests__,doc,docs,example,examples,benchmark,benchmarks,.github}/**',
  // pdfjs would draw pictures with it; here it only reads.
  '!**/node_modules/@napi-rs/**',
  // The Node that npm scripts run on; the program brings Electron's.
  '!**/node_modules/node-{linux,darwin,win}-*/**',
  '!**/node_modules/better-sqlite3/{deps,src}/**',
  '!**/node_modules/@cantoo/pdf-lib/{src,ts3.4}/**',
  '!**/node_modules/bwip-js/{src,barcode.ps,stb_truetype.h}/**',
  '!**/node_modules/bwip-js/{barcode.ps,stb_truetype.h}',
  '!**/node_modules/pdfjs-dist/{build,web,types,image_decoders}/**',
  '!**/node_modules/pdfjs-dist/legacy/**/*.{min,sandbox,renderer}*.mjs',
  '!**/node_modules/pdfkit/tools/**',
]

export interface Packing {
  /** False where only a stand-in of it can be packed: fuses are bits in the real one. */
  readonly hasElectron: boolean
  /** A copy of `out`, held still while it is packed. */
  readonly builtFolder: string
}

export function configuration({ hasElectron, builtFolder }: Packing): Configuration {
  return {
    appId: 'app.backroom.desktop',
    productName: 'Backroom',
    copyright: 'Backroom, MIT licence',
    directories: { output: 'dist', buildResources: 'resources/icons' },
    files: [
      'package.json',
      { from: builtFolder, to: 'out', filter: ['{main,preload,renderer}/**', '!**/*.map'] },
      'resources/**',
      '!resources/**/README.md',
      // The statements that bring a shop's database up to date; nothing else of the sources.
      'src-main/adapters/sqlite/migrations/*.sql',
      { from: `${builtFolder}/licences`, to: '.', filter: ['THIRD-PARTY.txt'] },
      'LICENSE',
      ...leftOut,
      ...prebuilds.filter((name) => `${name}.node` !== ownPrebuild()).map((name) => `!**/prebuilds/${name}.node`),
    ],
    asar: true,
    asarUnpack: ['**/prebuilds/*.node'],
    // The database comes built for Node's own interface: the same file runs in Electron.
    npmRebuild: false,
    nodeGypRebuild: false,
    buildDependenciesFromSource: false,
    electronLanguages: ['en', 'en-US', 'de', 'ja'],
    ...(hasElectron && { electronFuses: fuses }),
    protocols: [{ name: 'Backroom', schemes: ['backroom'] }],
    // Where a shop keeps its updates is its own choice; the file beside the installers is the same everywhere.
    publish: [{ provider: 'generic', url: 'https://updates.invalid/backroom' }],
    artifactName: 'Backroom-${version}-${os}-${arch}.${ext}',
    win: { target: ['nsis'], icon: 'resources/icons/icon.ico' },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
      include: 'packaging/installer.nsh',
      installerLanguages: ['en_US', 'de_DE', 'ja_JP'],
    },
    mac: {
      target: ['dmg'],
      icon: 'resources/icons/icon.icns',
      category: 'public.app-category.business',
      extendInfo: { NSCameraUsageDescription: 'The camera reads the codes of courier keys and labels.' },
    },
    linux: {
      target: ['AppImage', 'deb'],
      icon: 'resources/icons/icon.png',
      category: 'Office',
      synopsis: 'The back office of a shop that also sells online',
      maintainer: 'Backroom <backroom@example.invalid>',
      mimeTypes: ['x-scheme-handler/backroom'],
    },
    deb: {
      afterRemove: 'packaging/deb-after-remove.sh',
      depends: ['libgtk-3-0', 'libnss3', 'libsecret-1-0', 'xdg-utils'],
    },
  }
}

/** Electron is a browser and a Node; what a shop does not need of either is switched off in the program file itself. */
export const fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
} as const
