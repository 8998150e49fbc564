import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where a running server can be reached by its own user's programs. */
export interface RunningServer {
  readonly address: string
  readonly cliToken: string
  readonly pid: number
}

const pathIn = (dataFolder: string): string => join(dataFolder, 'run', 'server.json')

/** Written readable for its own user only: it holds a token. */
export function announceServer(dataFolder: string, server: RunningServer): void {
  const path = pathIn(dataFolder)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, JSON.stringify(server), { mode: 0o600 })
}

export const forgetServer = (dataFolder: string): void => rmSync(pathIn(dataFolder), { force: true })

export function findServer(dataFolder: string): RunningServer | undefined {
  try {
    // Our own file, written by announceServer.
    return JSON.parse(readFileSync(pathIn(dataFolder), 'utf8')) as RunningServer
  } catch {
    return undefined
  }
}
