export interface ReadMail {
  readonly to: readonly string[]
  readonly isSecure: boolean
  readonly raw: string
  /** By name in lower case; encoded words decoded. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly html: string
}

interface Part {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Reads a mail as a reader's program does: RFC 5322 headers, RFC 2047 words, multipart/alternative. */
export function readMail(bytes: Buffer, session: Pick<ReadMail, 'to' | 'isSecure'>): ReadMail {
  const raw = bytes.toString('latin1')
  const whole = partOf(raw)
  const boundary = /boundary="?([^";]+)/.exec(whole.headers['content-type'] ?? '')?.[1]
  const parts =
    boundary === undefined
      ? [whole]
      : whole.body
          .split(`--${boundary}`)
          .slice(1, -1)
          .map((text) => partOf(text.replace(/^\r\n/, '')))
  const find = (type: string): string => {
    const part = parts.find(({ headers }) => headers['content-type']?.startsWith(type) === true)
    return part === undefined ? '' : decoded(part)
  }
  return { ...session, raw, headers: whole.headers, text: find('text/plain'), html: find('text/html') }
}

function partOf(raw: string): Part {
  const end = raw.indexOf('\r\n\r\n')
  const head = raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ')
  const headers: Record<string, string> = {}
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = decodedWords(line.slice(colon + 1).trim())
  }
  return { headers, body: raw.slice(end + 4) }
}

const decodedWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, word: string) =>
      how.toLowerCase() === 'b' ? `\u2400${word}\u2400` : quotedPrintable(word.replaceAll('_', ' ')).toString('utf8'),
    )
    .replace(/(?:\u2400[^\u2400]*\u2400)+/g, (words) =>
      Buffer.concat(words.split('\u2400').map((word) => Buffer.from(word, 'base64'))).toString('utf8'),
    )

function decoded({ headers, body }: Part): string {
  const how = headers['content-transfer-encoding']?.toLowerCase()
  if (how === 'base64') return Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n')
  const bytes = how === 'quoted-printable' ? quotedPrintable(body) : Buffer.from(body, 'latin1')
  return bytes.toString('utf8').replaceAll('\r\n', '\n')
}

const quotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  )
