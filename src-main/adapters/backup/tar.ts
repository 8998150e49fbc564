import { AppError } from '../../kernel/errors.ts'

/** A member of the archive: its path with `/`, and how many bytes it has. */
export interface TarMember {
  readonly name: string
  readonly bytes: number
}

const block = 512
const nameBytes = 100

/** POSIX ustar header; fixed owner and time, because the archive tells nothing but names and contents. */
export function tarHeader({ name, bytes }: TarMember): Uint8Array {
  if (Buffer.byteLength(name) > nameBytes) throw new AppError('ERR_BACKUP_FAILED', { reason: 'name-too-long' })
  const header = Buffer.alloc(block)
  header.write(name, 0)
  header.write('0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** Zeros up to the next block. */
export const tarPadding = (bytes: number): Uint8Array => new Uint8Array((block - (bytes % block)) % block)

/** Two empty blocks end an archive. */
export const tarEnd = (): Uint8Array => new Uint8Array(2 * block)

/** Bytes of a whole archive of these members. */
export const tarBytes = (members: readonly TarMember[]): number =>
  members.reduce((sum, { bytes }) => sum + block + Math.ceil(bytes / block) * block, 2 * block)

/** Takes one member's bytes; `end` is called once it is whole. */
export interface TarSink {
  write(chunk: Uint8Array): void
  end(): void
}

/**
 * Reads an archive piece by piece; `open` answers where a member's bytes go. Throws ERR_BACKUP_INVALID for one that is
 * no archive, or ends early.
 */
export async function readTar(chunks: AsyncIterable<Uint8Array>, open: (member: TarMember) => TarSink): Promise<void> {
  let held = Buffer.alloc(0)
  let member: { readonly sink: TarSink; left: number; padding: number } | undefined
  let isOver = false
  const nextHeader = (): boolean => {
    if (held.length < block) return false
    const header = held.subarray(0, block)
    held = held.subarray(block)
    if (header.every((byte) => byte === 0)) isOver = true
    else {
      const found = memberOf(header)
      member = { sink: open(found), left: found.bytes, padding: tarPadding(found.bytes).length }
    }
    return true
  }
  for await (const chunk of chunks) {
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk])
    while (!isOver) {
      if (!member && !nextHeader()) break
      if (!member) continue
      const taken = Math.min(member.left, held.length)
      if (taken > 0) member.sink.write(held.subarray(0, taken))
      member.left -= taken
      held = held.subarray(taken)
      if (member.left > 0 || held.length < member.padding) break
      held = held.subarray(member.padding)
      member.sink.end()
      member = undefined
    }
  }
  if (!isOver) throw new AppError('ERR_BACKUP_INVALID', { what: 'archive-ends-early' })
}

function memberOf(header: Buffer): TarMember {
  const told = parseInt(header.toString('latin1', 148, 156), 8)
  const blank = Buffer.from(header).fill(0x20, 148, 156)
  const name = header.toString('utf8', 0, nameBytes).replace(/\0.*$/s, '')
  const bytes = parseInt(header.toString('latin1', 124, 136), 8)
  const isPlain = header[156] === 0x30 || header[156] === 0
  if (told !== sumOf(blank) || !isPlain || !Number.isSafeInteger(bytes))
    throw new AppError('ERR_BACKUP_INVALID', { what: 'archive' })
  return { name, bytes }
}

const sumOf = (header: Uint8Array): number => header.reduce((sum, byte) => sum + byte, 0)
