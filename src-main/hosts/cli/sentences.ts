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
  const reason = reasonOf(failure)
  return [[sentence ?? failure.code, reason].filter(Boolean).join(' '), listed && `(${failure.code}; ${listed})`]
    .filter(Boolean)
    .join('\n')
}

/** Some failures say more for each reason. */
function reasonOf({ code, details }: Failure): string {
  const { reason } = details
  if (typeof reason !== 'string') return ''
  const phrase = phraseOf(`reasons.${code}.${reason}`)
  return phrase === reason ? '' : phrase.replaceAll(placeholder, (_, name: string) => factText(details[name]))
}

const factText = (value: unknown): string => {
  if (value === undefined) return '?'
  if (Array.isArray(value))
    return value.map((entry) => (typeof entry === 'object' ? `\n  ${JSON.stringify(entry)}` : String(entry))).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A text of the interface in English, `printing.states.printed`; the last word of its path where there is none. */
export function phraseOf(path: string): string {
  let found: unknown = texts()
  for (const part of path.split('.'))
    found =
      typeof found === 'object' && found !== null
        ? Object.entries(found).find(([name]) => name === part)?.[1]
        : undefined
  return typeof found === 'string' ? found : path.slice(path.lastIndexOf('.') + 1)
}

interface Texts {
  readonly errors?: Readonly<Record<string, string>>
}

const sentences = (): Readonly<Record<string, string>> => texts().errors ?? {}

let known: Texts | undefined

function texts(): Texts {
  known ??= readTexts()
  return known
}

function readTexts(): Texts {
  try {
    // Our own file; a test holds every error code against it.
    return JSON.parse(
      readFileSync(new URL('../../../resources/translations/en.json', import.meta.url), 'utf8'),
    ) as Texts
  } catch {
    // A failure is being told: without its sentence the code and the facts still say what happened.
    return {}
  }
}
