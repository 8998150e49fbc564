import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DesktopLanguage, DesktopSettings } from '../../contract/desktop.ts'
import type { Box, WindowPlace } from './window-place.ts'

const longestPlace = 1000

export type WindowName = 'main' | 'packing'

/** What this machine remembers between two starts. */
export interface DesktopFile {
  readonly settings: DesktopSettings
  readonly windows: { readonly [name in WindowName]?: WindowPlace | undefined }
}

/** Reads what was kept; a missing, damaged or foreign file counts as nothing kept, part by part. */
export function readDesktopFile(path: string, systemLanguage: string): DesktopFile {
  const file = membersOf(parsedFile(path))
  const settings = membersOf(file['settings'])
  const notices = membersOf(settings['notices'])
  const windows = membersOf(file['windows'])
  return {
    settings: {
      language: languageOf(settings['language']) ?? languageOf(systemLanguage.slice(0, 2)) ?? 'en',
      keepsInTray: settings['keepsInTray'] === true,
      updatesFrom: typeof settings['updatesFrom'] === 'string' ? settings['updatesFrom'] : '',
      notices: {
        orders: notices['orders'] !== false,
        courierFiles: notices['courierFiles'] !== false,
        backups: notices['backups'] !== false,
      },
    },
    windows: { main: placeOf(windows['main']), packing: placeOf(windows['packing']) },
  }
}

/** Written beside and moved into place: a crash half way leaves the former one. */
export function writeDesktopFile(path: string, file: DesktopFile): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.new`, JSON.stringify(file, undefined, 2), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** Settings as a page handed them in, or undefined where they are not settings. */
export function settingsFrom(given: unknown): DesktopSettings | undefined {
  const { language, keepsInTray, updatesFrom, notices } = membersOf(given)
  const { orders, courierFiles, backups } = membersOf(notices)
  const known = languageOf(language)
  if (known === undefined || typeof keepsInTray !== 'boolean') return undefined
  if (typeof updatesFrom !== 'string' || updatesFrom.length > longestPlace) return undefined
  if (typeof orders !== 'boolean' || typeof courierFiles !== 'boolean' || typeof backups !== 'boolean') return undefined
  return { language: known, keepsInTray, updatesFrom: updatesFrom.trim(), notices: { orders, courierFiles, backups } }
}

function parsedFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // Nothing kept, or nothing that can be read: what it holds is convenience.
    return undefined
  }
}

const membersOf = (value: unknown): { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null ? (value as { readonly [key: string]: unknown }) : {} // an object, just seen

const languageOf = (value: unknown): DesktopLanguage | undefined =>
  value === 'en' || value === 'de' || value === 'ja' ? value : undefined

function placeOf(value: unknown): WindowPlace | undefined {
  const { box, isMaximised } = membersOf(value)
  const { x, y, width, height } = membersOf(box)
  const sides = [x, y, width, height]
  if (!sides.every((side) => Number.isSafeInteger(side))) return undefined
  // Four safe integers, see above.
  return { box: { x, y, width, height } as Box, isMaximised: isMaximised === true }
}
