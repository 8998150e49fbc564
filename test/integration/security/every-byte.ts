import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { messagesIn } from './http-messages.ts'
import { patternSearch } from './pattern-search.ts'
import {
  costsOnPage,
  inPairs,
  patternsOf,
  personalValues,
  valuesOnPage,
  type Person,
  type PersonalValue,
} from './personal-values.ts'
import { deepest, readingsIn, type Reading } from './readings.ts'
import { valuesInDatabase } from './readings-of-sqlite.ts'
import { writtenForms } from './written-forms.ts'

/** Everything below a folder, by path. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : statSync(path).isFile() ? [path] : []))
}

/** A value that can be read in some bytes, and what had to be done to read it. */
export interface Found {
  readonly value: PersonalValue
  readonly how: string
}

export type Searcher = (bytes: Buffer, isLast?: boolean) => Promise<readonly Found[]>

/** Looks for everything personal of these people in any bytes, in every form and behind everything that needs no key. */
export const searchFor = (people: readonly Person[]): Searcher => {
  const values = personalValues(people)
  return searcherOf(values, patternsOf(values, people))
}

/**
 * The search through one part and everything inside of it. What was read once is remembered: papers lie in folders, in
 * recordings and in copies, and say the same in each.
 */
function searcherOf(
  values: readonly PersonalValue[],
  patterns: Parameters<typeof patternSearch<PersonalValue>>[0],
): Searcher {
  const find = patternSearch(patterns)
  const known = new Map<string, readonly Found[]>()
  const look = async (reading: Reading, depth: number): Promise<readonly Found[]> => {
    const key = `${depth}${reading.isPage ?? false}${reading.isLast ?? false}${createHash('sha1').update(reading.bytes).digest('base64')}`
    const before = known.get(key)
    if (before) return before
    const found = new Map<PersonalValue, string>()
    for (const value of ownValues(reading)) found.set(value, reading.how)
    if (!reading.isLast && depth < deepest && reading.bytes.length > 3)
      for await (const part of readingsIn(reading.bytes))
        for (const { value, how } of await look(part, depth + 1))
          if (!found.has(value)) found.set(value, `${reading.how} > ${how}`)
    const all = [...found].map(([value, how]) => ({ value, how }))
    known.set(key, all)
    return all
  }
  const ownValues = ({ bytes, isPage }: Reading): Iterable<PersonalValue> =>
    inPairs(isPage ? [...valuesOnPage(bytes.toString(), values), ...costsOnPage(bytes.toString())] : find(bytes))
  return (bytes, isLast = false) => look({ bytes, how: 'plain', isLast }, 0)
}

/** Bytes to be searched: with everything that opens inside of them, or (`isLast`) as they are. */
export type ToRead = Pick<Reading, 'bytes' | 'isLast'>

/** The bytes of a file, and beside them what only its reader puts together: rows of a database, bodies of HTTP. */
export function bytesToRead(path: string): readonly ToRead[] {
  const bytes = readFileSync(path)
  if (/^(?:[A-Z]+ \/|HTTP\/1)/.test(bytes.toString('latin1', 0, 12))) {
    const { bodies, heads } = messagesIn(bytes)
    return [{ bytes, isLast: true }, { bytes: heads }, ...bodies.map((body) => ({ bytes: body }))]
  }
  const rows = bytes.toString('latin1', 0, 15) === 'SQLite format 3' ? [...valuesInDatabase(path)] : []
  return [{ bytes }, ...rows.map((row) => ({ bytes: row }))]
}

const searchers = new Map<string, Searcher>()

/** One for each list of texts, so that what was read once is not read again. */
function searcherOfTexts(texts: readonly string[]): Searcher {
  const known = searchers.get(texts.join('\n'))
  if (known) return known
  const values = texts.map((text): PersonalValue => ({ kind: 'name', person: 0, text }))
  const patterns = values.flatMap((value) => writtenForms(value.text).map((bytes) => ({ bytes, value })))
  const searcher = searcherOf(values, patterns)
  searchers.set(texts.join('\n'), searcher)
  return searcher
}

/** Which of these texts can be read in the bytes by somebody without a key. */
export async function readableIn(bytes: Buffer, texts: readonly string[]): Promise<readonly string[]> {
  return (await searcherOfTexts(texts)(bytes)).flatMap(({ value }) => (value.kind === 'value' ? [] : [value.text]))
}

/** Names of files below a folder that tell one of the texts, in their bytes or in their name, and which. */
export async function tellingFiles(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const search = searcherOfTexts(texts)
  const telling: string[] = []
  for (const path of filesBelow(folder)) {
    const found = new Set<string>()
    for (const { bytes, isLast } of [{ bytes: Buffer.from(path), isLast: false }, ...bytesToRead(path)])
      for (const { value } of await search(bytes, isLast)) if (value.kind !== 'value') found.add(value.text)
    if (found.size > 0)
      telling.push(`${path.slice(folder.length + 1)}: ${texts.filter((text) => found.has(text)).join(', ')}`)
  }
  return telling
}
