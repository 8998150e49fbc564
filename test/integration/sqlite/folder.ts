import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of its own for a test file's databases. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'backroom-sqlite-'))
  return {
    path,
    file: (name: string): string => join(path, name),
    remove: (): void => rmSync(path, { recursive: true, force: true }),
  }
}
