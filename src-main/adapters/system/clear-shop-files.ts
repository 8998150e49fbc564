import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** The open database and its lock, what running programs write, and the window's own files: no shop's. */
const stays = /^(backroom\.sqlite.*|backroom\.lock.*|run|desktop)$/

/** Removes everything that a shop keeps beside its database: documents, keys, backups, tables. */
export function clearShopFiles(dataFolder: string): void {
  if (!existsSync(dataFolder)) return
  for (const name of readdirSync(dataFolder))
    if (!stays.test(name)) rmSync(join(dataFolder, name), { recursive: true, force: true, maxRetries: 3 })
}
