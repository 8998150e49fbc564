import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'

/** Where the shop lies when nobody says otherwise: the same folder at every door. */
export function defaultDataFolder(): string {
  if (process.env['BACKROOM_HOME']) return resolve(process.env['BACKROOM_HOME'])
  if (process.platform === 'win32')
    return join(process.env['APPDATA'] ?? join(homedir(), 'AppData/Roaming'), 'Backroom')
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support/Backroom')
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local/share'), 'backroom')
}
