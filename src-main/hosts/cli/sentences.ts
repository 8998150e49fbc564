import { readFileSync } from 'node:fs'
import type { Failure } from '../../contract/failure.ts'

/** `{name}` in a sentence is replaced by that detail. */
const placeholder = /\{(\w+)\}/g

/** What happened, what it means and what to do next, in English; the facts behind it follow on a second line. */
export function sentenceOf(failure: Failure): string {
  const sentence = sentences()[failure.code]?.replaceAll(placeholder, (_, name: string) =>
    factText(failure.details[name]),
  )
  const facts = Object.entries(failure.details).filter(([, value]) => value !== undefined)
  const listed = facts.map(([name, value]) => `${name}: ${factText(value)}`).join(', ')
  return [sentence ?? failure.code, listed && `(${failure.code}; ${listed})`].filter(Boolean).join('\n')
}

const factText = (value: unknown): string => {
  if (value === undefined) return '?'
  if (Array.isArray(value))
    return value.map((entry) => (typeof entry === 'object' ? `\n  ${JSON.stringify(entry)}` : String(entry))).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

let known: Readonly<Record<string, string>> | undefined

function sentences(): Readonly<Record<string, string>> {
  known ??= readSentences()
  return known
}

function readSentences(): Readonly<Record<string, string>> {
  try {
    const text = readFileSync(new URL('../../../resources/translations/en.json', import.meta.url), 'utf8')
    // Our own file; a test holds every error code against it.
    return (JSON.parse(text) as { errors?: Record<string, string> }).errors ?? {}
  } catch {
    // A failure is being told: without its sentence the code and the facts still say what happened.
    return {}
  }
}
