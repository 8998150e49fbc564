import { readFileSync } from 'node:fs'
import type { Failure } from '../../contract/failure.ts'
import { sentenceOf } from './sentences.ts'

/** What is wrong with an address or a key, and what to do: the same words as on the screen, in English. */
export function accessSentence(problem: string, facts: Readonly<Record<string, unknown>>): string {
  const sentence = sentences()[problem] ?? problem
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '?'))
}

/** The line for a connection that was refused: the named problem where there is one. */
export function accessFailureLine(failure: Failure): string {
  const { problem, suggestion, anyway } = failure.details
  if (typeof problem !== 'string') return sentenceOf(failure)
  return [
    accessSentence(problem, failure.details),
    typeof suggestion === 'string' && `Perhaps ${suggestion} is meant.`,
    anyway === true && 'With --anyway it is connected all the same.',
    `(${failure.code}; problem: ${problem}, step: ${String(failure.details['step'])})`,
  ]
    .filter((line) => line !== false)
    .join('\n')
}

let known: Readonly<Record<string, string>> | undefined

function sentences(): Readonly<Record<string, string>> {
  try {
    const file = new URL('../../../resources/translations/en.json', import.meta.url)
    // Our own file; a test holds every problem against it.
    known ??= (JSON.parse(readFileSync(file, 'utf8')) as { storefronts: { problems: Record<string, string> } }).storefronts.problems // prettier-ignore
  } catch {
    // The name of the problem still says what happened.
    known = {}
  }
  return known
}
