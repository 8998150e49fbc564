import { mkdir, readdir, rm } from 'node:fs/promises'
import { AppError } from '../../kernel/errors.ts'

/** What a demo leaves behind. A folder that holds anything else belongs to somebody and is not ours to empty. */
const ours: ReadonlySet<string> = new Set([
  ...['pick-sheets', 'labels', 'slips', 'run-sheets', 'manifests', 'documents', 'courier-keys', 'data'],
  'summary.json',
])

/** Empties what an earlier demo left and makes the folder. Throws ERR_INPUT_INVALID before it touches anything else. */
export async function clearOutFolder(folder: string): Promise<void> {
  const found = await entriesOf(folder)
  const foreign = found.find((name) => !ours.has(name))
  if (foreign !== undefined || (found.length > 0 && !isAnEarlierDemo(found))) throw notOurs(folder)
  try {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw unwritable(folder, error)
  }
}

/** A demo makes its data folder first: a folder of "documents" alone is somebody else's. */
const isAnEarlierDemo = (found: readonly string[]): boolean => found.includes('data')

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    if (codeOf(error) === 'ENOTDIR') throw notOurs(folder)
    throw unwritable(folder, error)
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown')

const unwritable = (folder: string, cause: unknown): AppError =>
  new AppError('ERR_DISK', { doing: `make ${folder}`, reason: codeOf(cause) }, { cause })

const notOurs = (folder: string): AppError =>
  new AppError('ERR_INPUT_INVALID', {
    path: `--out ${folder}`,
    expected: 'a new or empty folder, or one that an earlier demo made',
  })
