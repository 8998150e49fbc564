import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname } from 'node:path'
import { AppError } from '../../kernel/errors.ts'

const ownerOnly = 0o600

/** Text of a file, undefined when there is none. A file that others may read is closed to them first. */
export function readPrivateFile(path: string): string | undefined {
  try {
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, ownerOnly)
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new AppError('ERR_DISK', { file: basename(path), reason: codeOf(error) })
  }
}

/** Written whole or not at all, for the owner's eyes only, and on the disk before this returns. */
export function writePrivateFile(path: string, text: string): void {
  const beside = `${path}.part`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const handle = openSync(beside, 'w', ownerOnly)
    try {
      writeFileSync(handle, text, 'utf8')
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(beside, path)
  } catch (error) {
    throw new AppError('ERR_DISK', { file: basename(path), reason: codeOf(error) })
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
