import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { bodiesIn } from './http-messages.ts'
import { patternSearch } from './pattern-search.ts'
import { patternsOf, personalValues, valuesOnPage, type Person, type PersonalValue } from './personal-values.ts'
import { readingsOf } from './readings.ts'
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

export type Searcher = (bytes: Buffer) => Promise<readonly Found[]>

/** Looks for everything personal of these people in any bytes, in every form and behind everything that needs no key. */
export const searchFor = (people: readonly Person[]): Searcher => {
  const values = personalValues(people)
  return searcherOf(values, patternsOf(values, people))
}

function searcherOf(
  values: readonly PersonalValue[],
  patterns: Parameters<typeof patternSearch<PersonalValue>>[0],
): Searcher {
  const find = patternSearch(patterns)
  return async (bytes) => {
    const found = new Map<PersonalValue, string>()
    for await (const reading of readingsOf(bytes)) {
      const met = reading.isPage ? valuesOnPage(reading.bytes.toString(), values) : find(reading.bytes)
      for (const value of met) if (!found.has(value)) found.set(value, reading.how)
    }
    return [...found].map(([value, how]) => ({ value, how }))
  }
}

/** The bytes of a file, and beside them what only its reader puts together: rows of a database, bodies of HTTP. */
export function bytesToRead(path: string): readonly Buffer[] {
  const bytes = readFileSync(path)
  const rows = bytes.toString('latin1', 0, 15) === 'SQLite format 3' ? [...valuesInDatabase(path)] : []
  const bodies = /^(?:[A-Z]+ \/|HTTP\/1)/.test(bytes.toString('latin1', 0, 12)) ? bodiesIn(bytes) : []
  return [bytes, ...rows, ...bodies]
}

const searcherOfTexts = (texts: readonly string[]): Searcher => {
  const values = texts.map((text): PersonalValue => ({ kind: 'name', person: 0, text }))
  return searcherOf(values, values.flatMap((value) => writtenForms(value.text).map((bytes) => ({ bytes, value })))) // prettier-ignore
}

/** Which of these texts can be read in the bytes by somebody without a key. */
export async function readableIn(bytes: Buffer, texts: readonly string[]): Promise<readonly string[]> {
  return (await searcherOfTexts(texts)(bytes)).map(({ value }) => value.text)
}

/** Names of files below a folder that tell one of the texts, in their bytes or in their name, and which. */
export async function tellingFiles(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const search = searcherOfTexts(texts)
  const telling: string[] = []
  for (const path of filesBelow(folder)) {
    const found = new Set<string>()
    for (const bytes of [Buffer.from(path), ...bytesToRead(path)])
      for (const { value } of await search(bytes)) found.add(value.text)
    if (found.size > 0)
      telling.push(`${path.slice(folder.length + 1)}: ${texts.filter((text) => found.has(text)).join(', ')}`)
  }
  return telling
}
