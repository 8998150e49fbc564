import { lstat, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../kernel/errors.ts'
import type { DeliveryOutcome } from '../../ports/carriers.ts'

/**
 * Writes beside, then renames: a courier's program that watches the folder never sees half a file. The same
 * content again is no second file; other content under a name that is taken is refused, manifests do not change.
 * A folder that is not there (a stick not plugged in) may be there later: ERR_COURIER_UNREACHABLE.
 */
export async function putIntoFolder(
  folder: string,
  file: { readonly fileName: string; readonly content: string },
): Promise<DeliveryOutcome> {
  const target = join(folder, file.fileName)
  const beside = join(folder, `.${file.fileName}.part`)
  try {
    if (!(await stat(folder)).isDirectory()) return { outcome: 'refused', problem: 'not-a-folder' }
    const present = await findInFolder(folder, file.fileName)
    if (present !== undefined)
      return present === file.content ? { outcome: 'sent' } : { outcome: 'refused', problem: 'name-taken' }
    await writeThrough(beside, file.content)
    await rename(beside, target)
    return { outcome: 'sent' }
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    throw new AppError('ERR_COURIER_UNREACHABLE', { channel: 'folder', reason: codeOf(error) }, { cause: error })
  }
}

/** Manifests of 100,000 parcels are smaller; what others put into the folder is not read without end. */
const mostBytes = 256 * 1024 * 1024

/** Others write into the folder too: a link, a pipe or something endless under the name is no file of ours. */
export async function findInFolder(folder: string, fileName: string): Promise<string | undefined> {
  try {
    const facts = await lstat(join(folder, fileName))
    return facts.isFile() && facts.size <= mostBytes ? await readFile(join(folder, fileName), 'utf8') : ''
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Made anew each time: a link laid under this name would lead the writing elsewhere. */
async function writeThrough(path: string, content: string): Promise<void> {
  await rm(path, { force: true })
  const handle = await open(path, 'wx')
  try {
    await handle.writeFile(content, 'utf8')
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
