import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import { bytesToRead, filesBelow, searchFor, type Found, type ToRead } from '../../integration/security/every-byte.ts'
import type { Person } from '../../integration/security/personal-values.ts'
import { positionOf, type Position } from '../mission/may-be-read.ts'
import type { PlayedDemo } from './played-demo.ts'

/** Something that can be read somewhere; the value itself is left out of messages by whoever prints it. */
export interface Reads extends Found {
  readonly position: Position
  readonly file: string
}

export interface ReadDemo {
  readonly reads: readonly Reads[]
  /** Files of each position: a row that met no file proves nothing. */
  readonly filesByPosition: ReadonlyMap<Position, number>
  /** Files that stand in no row of the table. */
  readonly unknown: readonly string[]
}

/**
 * Reads every byte that a demo left and every byte that was recorded of it, and what of these people can be read in them.
 * The shop's own address is nobody's secret. The same bytes are read once, wherever they lie.
 */
export async function readEveryByte(
  { out, recorded }: PlayedDemo,
  people: readonly Person[],
  own: readonly string[],
): Promise<ReadDemo> {
  const search = searchFor(people)
  const reads: Reads[] = []
  const unknown: string[] = []
  const filesByPosition = new Map<Position, number>()
  const all = [...below(out, 'out'), ...below(recorded, 'recorded')]
  const isKept = ({ file }: { file: string }): boolean => positionOf(file) === kept
  const files = [...all.filter((one) => !isKept(one)), ...all.filter(isKept)]
  const papers = new Map<string, Position>()
  const read = async (file: string, parts: readonly ToRead[]): Promise<void> => {
    const position = positionOf(file)
    if (position === undefined) return void unknown.push(file)
    filesByPosition.set(position, (filesByPosition.get(position) ?? 0) + 1)
    // What the shop keeps of a paper is that paper, and may say as much.
    const paper = keyOf(parts[0]?.bytes)
    if (file.startsWith('out/') && position !== kept) papers.set(paper, position)
    const stands = position === kept ? (papers.get(paper) ?? position) : position
    for (const { bytes, isLast } of parts)
      reads.push(
        ...(await search(bytes, isLast))
          .filter(({ value }) => !isOwn(value.text, own))
          .map((found) => ({ ...found, position: stands, file })),
      )
  }
  for (const { file, path } of files) await read(file, bytesToRead(path))
  await read('names', [{ bytes: Buffer.from(files.map(({ file }) => file).join('\n')) }])
  return { reads, filesByPosition, unknown }
}

const kept: Position = 'paper kept by the shop'
const keyOf = (bytes: Buffer | undefined): string =>
  createHash('sha1')
    .update(bytes ?? '')
    .digest('base64')

const below = (folder: string, name: string) =>
  filesBelow(folder).map((path) => ({ path, file: `${name}/${relative(folder, path).replaceAll('\\', '/')}` }))

const isOwn = (text: string, own: readonly string[]): boolean => {
  const place = text.replaceAll(/\s+/g, ' ')
  return own.some((line) => line.replaceAll(/\s+/g, ' ').includes(place))
}

/** What may not be there, in words that name nobody: position, kind, file, how it was read. */
export const inWords = (reads: readonly Reads[]): readonly string[] => [
  ...new Set(reads.map(({ position, value, file, how }) => `${position}: ${value.kind} of customer ${value.person + 1} in ${file} (${how})`)), // prettier-ignore
]
