type Kind = 'string' | 'literal' | '{' | '}' | '[' | ']' | ',' | ':'
type Awaited = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'more' | 'nothing'

const blank = /[ \t\n\r]*/y
const stringToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y // eslint-disable-line no-control-regex -- JSON forbids them
const literalToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const signToken = /[{}[\],:]/y

/** Where a text stops being JSON (RFC 8259): line and column count from 1, position from 0. */
export interface JsonPosition {
  readonly position: number
  readonly line: number
  readonly column: number
}

/**
 * Finds where a text that JSON.parse refuses goes wrong; its length when it ends too early. The
 * engine's own message names the place only sometimes, and quotes the text, which may be personal.
 */
export function jsonPosition(text: string): JsonPosition {
  const position = breakingPoint(text)
  const before = text.slice(0, position)
  return { position, line: before.split('\n').length, column: position - (before.lastIndexOf('\n') + 1) + 1 }
}

function breakingPoint(text: string): number {
  const open: Kind[] = []
  let awaited: Awaited = 'value'
  let at = matchAt(blank, text, 0)?.length ?? 0
  while (at < text.length) {
    const token = tokenAt(text, at)
    const next: Awaited | undefined = token && follow(awaited, token.kind, open)
    if (!token || !next) return at
    awaited = next
    at += token.length
    at += matchAt(blank, text, at)?.length ?? 0
  }
  return text.length
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

function tokenAt(text: string, at: number): { readonly kind: Kind; readonly length: number } | undefined {
  const string = matchAt(stringToken, text, at)
  if (string !== undefined) return { kind: 'string', length: string.length }
  const literal = matchAt(literalToken, text, at)
  if (literal !== undefined) return { kind: 'literal', length: literal.length }
  const sign = matchAt(signToken, text, at)
  return sign === undefined ? undefined : { kind: sign as Kind, length: 1 } // the pattern holds just these signs
}

/** What may come after this token, undefined when it must not stand here. `open` holds the brackets not yet closed. */
function follow(awaited: Awaited, kind: Kind, open: Kind[]): Awaited | undefined {
  const closed = (): Awaited => (open.length === 0 ? 'nothing' : 'more')
  const close = (): Awaited => {
    open.pop()
    return closed()
  }
  switch (awaited) {
    case 'value':
    case 'value-or-end':
      if (kind === '{' || kind === '[') {
        open.push(kind)
        return kind === '{' ? 'name-or-end' : 'value-or-end'
      }
      if (kind === ']' && awaited === 'value-or-end') return close()
      return kind === 'string' || kind === 'literal' ? closed() : undefined
    case 'name':
    case 'name-or-end':
      if (kind === '}' && awaited === 'name-or-end') return close()
      return kind === 'string' ? 'colon' : undefined
    case 'colon':
      return kind === ':' ? 'value' : undefined
    case 'more':
      if (kind === ',') return open.at(-1) === '{' ? 'name' : 'value'
      return kind === (open.at(-1) === '{' ? '}' : ']') ? close() : undefined
    case 'nothing':
      return undefined
  }
}
