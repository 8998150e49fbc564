import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../kernel/errors.ts'
import type { DocumentFiles } from '../../ports/documents.ts'

/** Ids are UUIDs; anything else never reaches the disk. */
const safeId = /^[0-9a-f-]{36}$/

/** Bytes of issued documents, one file per document id, written to a temporary name first. */
export function documentFolder(folder: string): DocumentFiles {
  const pathOf = (documentId: string): string => {
    if (!safeId.test(documentId)) throw new AppError('ERR_DOCUMENT_NOT_FOUND', { document: documentId })
    return join(folder, documentId)
  }
  return {
    async write(documentId, _fileName, bytes) {
      const path = pathOf(documentId)
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        writeFileSync(`${path}.part`, bytes, { mode: 0o600 })
        renameSync(`${path}.part`, path)
      } catch (cause) {
        throw new AppError('ERR_DISK', { doing: 'write-document', reason: reasonOf(cause) }, { cause })
      }
    },
    async read(documentId) {
      try {
        return new Uint8Array(readFileSync(pathOf(documentId)))
      } catch (cause) {
        throw new AppError('ERR_DOCUMENT_NOT_FOUND', { document: documentId }, { cause })
      }
    },
    async remove(documentId) {
      rmSync(pathOf(documentId), { force: true })
    },
    async list() {
      if (!existsSync(folder)) return []
      const ids = readdirSync(folder).filter((name) => safeId.test(name))
      return ids.map((documentId) => ({
        documentId,
        writtenAt: Math.floor(statSync(join(folder, documentId)).mtimeMs),
      }))
    },
  }
}

const reasonOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
