import { inflateRawSync, inflateSync, gunzipSync } from 'node:zlib'
import type { SampleCustomer } from './customers.ts'

/** Everything of one customer that the floor must never see, in the forms in which it could be written. */
export function personalTextsOf(customer: SampleCustomer): readonly string[] {
  const { name, email, phone, address } = customer
  const parts = name.split(/[\s]+/).filter((part) => [...part].length >= 4)
  return [
    name,
    address.name,
    ...parts,
    ...address.lines,
    email,
    ...(phone === undefined ? [] : [phone, phone.replaceAll(/\D/g, '')]),
    ...(customer.instructions === undefined ? [] : [customer.instructions]),
  ]
}

/** Case and white space do not hide a name, and neither do composed letters. */
const plain = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ')

/** What of these customers stands in a text; empty when nothing does. */
export function personalIn(text: string, customers: readonly SampleCustomer[]): readonly string[] {
  const searched = [plain(text), plain(text).replaceAll(' ', '')]
  return customers
    .flatMap(personalTextsOf)
    .filter((personal) =>
      searched.some((one) => one.includes(plain(personal)) || one.includes(plain(personal).replaceAll(' ', ''))),
    )
}

/**
 * What a curious person can make of a barcode's content without a key: the content, its dot-separated parts, what these
 * are in base64 and in hex, and all of that inflated by every method of zlib.
 */
export function everyReadingOf(content: string): readonly string[] {
  const parts = [content, ...content.split(/[.\s:;,|]/)].filter((part) => part.length >= 4)
  const bytes = parts.flatMap((part) => [
    Buffer.from(part, 'latin1'),
    Buffer.from(part, 'base64'),
    Buffer.from(part, 'base64url'),
    Buffer.from(part, 'hex'),
  ])
  const inflated = bytes.flatMap((one) =>
    [inflateSync, inflateRawSync, gunzipSync].flatMap((open) => opened(open, one)),
  )
  return [content, ...[...bytes, ...inflated].flatMap((one) => [one.toString('utf8'), one.toString('utf16le')])]
}

function opened(open: (bytes: Buffer) => Buffer, bytes: Buffer): readonly Buffer[] {
  try {
    return [open(bytes)]
  } catch {
    // Not compressed this way: nothing to read.
    return []
  }
}
