import { fromBase64, toBase64 } from '../../../src-main/kernel/base64.ts'

/** A file as it crosses to the room: bytes do not cross. */
export interface ReadFile {
  readonly name: string
  readonly base64: string
}

export const readFiles = (files: readonly File[]): Promise<readonly ReadFile[]> =>
  Promise.all(
    files.map(async (file) => ({ name: file.name, base64: toBase64(new Uint8Array(await file.arrayBuffer())) })),
  )

/** Offers bytes as a download under this name, and forgets them. */
export function offerFile(file: {
  readonly fileName: string
  readonly mediaType: string
  readonly base64: string
}): void {
  const bytes = fromBase64(file.base64)
  if (!bytes) return
  const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: file.mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = file.fileName
  link.click()
  // The browser has taken the bytes over by the next turn.
  setTimeout(() => URL.revokeObjectURL(address))
}
