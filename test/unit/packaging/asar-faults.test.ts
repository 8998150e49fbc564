import { describe, expect, test } from 'vitest'
import { fuses, configuration, ownPrebuild } from '../../../electron-builder.config.ts'
import { asarFaults, type Packed } from '../../../packaging/asar-faults.ts'

const native = '/node_modules/better-sqlite3/prebuilds/linux-x64.node'
const good: Packed = {
  files: [
    '/package.json',
    '/LICENSE',
    '/THIRD-PARTY.txt',
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
    '/node_modules/better-sqlite3/lib/index.js',
    '/node_modules/@cantoo/pdf-lib/es/index.js',
    native,
  ],
  unpacked: [native],
  packages: new Set(['better-sqlite3', '@cantoo/pdf-lib']),
  prebuild: 'linux-x64.node',
}
const faultsWith = (...more: readonly string[]) => asarFaults({ ...good, files: [...good.files, ...more] })

describe('a package', () => {
  test('with exactly what runs has no fault', () => {
    expect(asarFaults(good)).toEqual([])
  })

  test.each([
    '/src-main/hosts/electron/main.ts',
    '/src-renderer/App.vue',
    '/test/e2e/doors.ts',
    '/docs/guide/manager.md',
    '/out/courier/index.html',
    '/src-main/adapters/sqlite/migrations/notes.txt',
  ])('holds nothing of the workshop: %s', (file) => {
    expect(faultsWith(file)).toContain(`not part of the program: ${file}`)
  })

  test.each([
    '/out/main/index.js.map',
    '/node_modules/better-sqlite3/lib/index.d.ts',
    '/node_modules/better-sqlite3/test/all.js',
  ])('holds nothing that never runs: %s', (file) => {
    expect(faultsWith(file)).toContain(`never runs: ${file}`)
  })

  test('holds no package that only builds it', () => {
    expect(faultsWith('/node_modules/vite/index.js')).toEqual(['not a package of the program: vite'])
    expect(faultsWith('/node_modules/a/node_modules/@b/c/x.js')).toEqual(['not a package of the program: @b/c'])
  })

  test('holds the database for this system, beside itself, and for no other', () => {
    const other = '/node_modules/better-sqlite3/prebuilds/win32-x64.node'
    expect(faultsWith(other)).toContain(`for another system: ${other}`)
    expect(asarFaults({ ...good, unpacked: [] })).toEqual([`cannot be loaded from inside: ${native}`])
    expect(asarFaults({ ...good, files: good.files.filter((file) => file !== native) })).toEqual([
      'missing: the database for this system',
    ])
  })

  test('lacks nothing that the program reads when it starts', () => {
    const without = good.files.filter((file) => !file.includes('planner-worker') && !file.endsWith('ja.json'))
    expect(asarFaults({ ...good, files: without })).toEqual([
      'missing: /out/main/planner-worker.js',
      'missing: /resources/translations/ja.json',
    ])
  })
})

describe('how installers are made', () => {
  test('every fuse is set to what a shop needs, and nothing more', () => {
    expect(configuration({ hasElectron: true, builtFolder: 'x' }).electronFuses).toEqual(fuses)
    expect(fuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  test('for each system as its people know it, without rebuilding the database', () => {
    const made = configuration({ hasElectron: true, builtFolder: 'x' })
    expect([made.win?.target, made.mac?.target, made.linux?.target]).toEqual([['nsis'], ['dmg'], ['AppImage', 'deb']])
    expect(made).toMatchObject({ npmRebuild: false, asarUnpack: ['**/prebuilds/*.node'] })
    expect(made.nsis).toMatchObject({ deleteAppDataOnUninstall: false, include: 'packaging/installer.nsh' })
    expect(ownPrebuild('win32', 'arm64')).toBe('win32-arm64.node')
  })
})
