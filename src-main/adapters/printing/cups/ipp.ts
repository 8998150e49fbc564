import { Buffer } from 'node:buffer'
import { request } from 'node:http'

/**
 * The few bytes of the Internet Printing Protocol (RFC 8010, RFC 8011) that ask the local CUPS about a job or a printer.
 * `lpstat` cannot tell a job that came out from one that was aborted: both are "completed" to it.
 */
export interface IppAnswer {
  readonly status: number
  /** Attribute -> its values, as numbers, booleans and texts. */
  readonly values: ReadonlyMap<string, readonly (number | boolean | string)[]>
}

export const ippNotFound = 0x0406
const operations = { 'get-job-attributes': 0x0009, 'get-printer-attributes': 0x000b } as const

export interface IppQuestion {
  readonly operation: keyof typeof operations
  /** `/jobs/12`, `/printers/Label_1`. */
  readonly path: string
  readonly wanted: readonly string[]
}

/** Where the local CUPS listens: a socket's path or `host:port`, as `lpstat -H` says it. */
export function ippAddress(said: string): { socketPath: string } | { host: string; port: number } | undefined {
  const text = said.trim()
  if (text.startsWith('/')) return { socketPath: text }
  const [, host, port] = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(text) ?? []
  return host === undefined ? undefined : { host: host.replaceAll(/[[\]]/g, ''), port: Number(port ?? 631) }
}

/** Undefined when nobody answers in time, or not in this protocol. */
export async function askIpp(server: string, question: IppQuestion, timeoutMs: number): Promise<IppAnswer | undefined> {
  const address = ippAddress(server)
  if (!address) return undefined
  const body = encodeQuestion(question)
  return new Promise((resolve) => {
    const ask = request(
      {
        ...address,
        path: encodeURI(question.path),
        method: 'POST',
        headers: { host: 'localhost', 'content-type': 'application/ipp', 'content-length': body.length },
        timeout: timeoutMs,
        agent: false,
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => resolve(decodeAnswer(Buffer.concat(chunks))))
        answer.on('error', () => resolve(undefined))
      },
    )
    ask.on('timeout', () => ask.destroy())
    ask.on('error', () => resolve(undefined))
    ask.end(body)
  })
}

const tags = { operationGroup: 1, end: 3, integer: 0x21, boolean: 0x22, enum: 0x23 } as const
const texts = { charset: 0x47, language: 0x48, uri: 0x45, keyword: 0x44 } as const

export function encodeQuestion({ operation, path, wanted }: IppQuestion): Buffer {
  const uriName = operation === 'get-job-attributes' ? 'job-uri' : 'printer-uri'
  return Buffer.concat([
    Buffer.from([2, 0, 0, operations[operation], 0, 0, 0, 1, tags.operationGroup]),
    attribute(texts.charset, 'attributes-charset', 'utf-8'),
    attribute(texts.language, 'attributes-natural-language', 'en'),
    attribute(texts.uri, uriName, `ipp://localhost${encodeURI(path)}`),
    // Further values of an attribute have no name.
    ...wanted.map((name, at) => attribute(texts.keyword, at === 0 ? 'requested-attributes' : '', name)),
    Buffer.from([tags.end]),
  ])
}

function attribute(tag: number, name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([tag]), withLength(name), withLength(value)])
}

function withLength(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** Undefined for bytes that are no answer or end too early. */
export function decodeAnswer(bytes: Buffer): IppAnswer | undefined {
  if (bytes.length < 9) return undefined
  const values = new Map<string, (number | boolean | string)[]>()
  let at = 8
  let last = ''
  try {
    for (;;) {
      const tag = bytes.readUInt8(at++)
      if (tag === tags.end) return { status: bytes.readUInt16BE(2), values }
      if (tag < 0x10) continue // the next group begins
      const name = textAt(bytes, at)
      at += 2 + name.length
      const length = bytes.readUInt16BE(at)
      const value = bytes.subarray(at + 2, at + 2 + length)
      if (value.length < length) return undefined
      at += 2 + length
      last = name.length > 0 ? name.toString('utf8') : last
      values.set(last, [...(values.get(last) ?? []), valueOf(tag, value)])
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const textAt = (bytes: Buffer, at: number): Buffer => bytes.subarray(at + 2, at + 2 + bytes.readUInt16BE(at))

function valueOf(tag: number, value: Buffer): number | boolean | string {
  if (tag === tags.integer || tag === tags.enum) return value.readInt32BE(0)
  return tag === tags.boolean ? value.readUInt8(0) === 1 : value.toString('utf8')
}
