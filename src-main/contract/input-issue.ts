import type { z } from 'zod'

/** What is wrong with an input: the place, such as `orders[0].items[2].weightG`, and what was expected there. */
export interface InputIssue {
  readonly path: string
  readonly expected: string
}

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** The first thing that is wrong, in the order of the schema. The root's path is `$`. */
export function firstIssue(error: z.core.$ZodError): InputIssue {
  const [issue] = error.issues
  return issue ? inputIssue(issue, []) : { path: '$', expected: 'another value' }
}

/** Writes a path as it is written in JavaScript; names that are no plain words go into brackets. */
export function pathText(path: Path): string {
  const text = path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`
    const name = String(part)
    if (!/^[A-Za-z_][\w-]*$/.test(name)) return `${before}[${JSON.stringify(name)}]`
    return before === '' ? name : `${before}.${name}`
  }, '')
  return text === '' ? '$' : text
}

function inputIssue(issue: Issue, above: Path): InputIssue {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    return { path: pathText([...path, issue.keys[0] ?? '']), expected: 'no field of this name' }
  }
  if (issue.code === 'invalid_union' && !isWritten(issue.message)) return unionIssue(issue, path)
  return { path: pathText(path), expected: expectedAt(issue) }
}

/** Messages that the schemas write themselves begin like this; the others are zod's. */
const written = 'expected '
const isWritten = (message: string): boolean => message.startsWith(written)

/** The way of reading it that got deepest tells most; ways that got equally far are all named. */
function unionIssue(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): InputIssue {
  if ('options' in issue && Array.isArray(issue.options)) {
    return { path: pathText(path), expected: choiceOf(issue.options) }
  }
  const firsts = issue.errors.flatMap((branch) => branch.slice(0, 1))
  const deepest = Math.max(0, ...firsts.map((first) => first.path.length))
  const telling = firsts.filter((first) => first.path.length === deepest).map((first) => inputIssue(first, path))
  const [first] = telling
  if (!first) return { path: pathText(path), expected: 'another value' }
  const same = telling.filter((each) => each.path === first.path).map((each) => each.expected)
  return { path: first.path, expected: [...new Set(same)].join(' or ') }
}

const nameOfType: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
}

function expectedAt(issue: Issue): string {
  if (isWritten(issue.message)) return issue.message.slice(written.length)
  switch (issue.code) {
    case 'invalid_type':
      return nameOfType[issue.expected] ?? issue.expected
    case 'invalid_value':
      return choiceOf(issue.values)
    case 'too_small':
      return boundText(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)
    case 'too_big':
      return boundText(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)
    default:
      return issue.message
  }
}

function boundText(origin: string, bound: string, limit: number | bigint): string {
  const many = Number(limit) === 1 ? 0 : 1
  if (origin === 'array') return `${bound} ${limit} ${['entry', 'entries'][many]}`
  if (origin === 'string') return `${bound} ${limit} ${['sign', 'signs'][many]}`
  return `${origin === 'int' ? 'a whole number' : 'a number'} ${bound} ${limit}`
}

const choiceOf = (values: readonly unknown[]): string =>
  (values.length > 1 ? 'one of ' : '') + values.map((value) => JSON.stringify(value)).join(', ')
