import { z } from 'zod'
import type { Recipient } from '../../domain/recipient.ts'
import type { Json } from '../../kernel/json.ts'
import { invalidBlock } from './sealed-block.ts'

/** Payloads end on a multiple of this, so that a block's length does not tell how long a name is. */
const paddingBytes = 64

/** The keys of LABELS: one letter each, because every byte makes the QR code larger. */
const payload = z.object({
  n: z.string(),
  c: z.string().optional(),
  a: z.array(z.string()).optional(),
  z: z.string(),
  t: z.string(),
  r: z.string().optional(),
  k: z.string(),
  p: z.string().optional(),
  i: z.string().optional(),
})

/** Overrides and isolates of reading direction: a name with them can read as another one, on paper and on screen. */
const directions = /[\u202A-\u202E\u2066-\u2069\uFEFF]/gu
/** Control signs and other line ends; never part of a name. */
const controls = /[\p{Cc}\u2028\u2029]+/gu

/** Text without signs that steer whoever shows it; what joins letters (as Persian and Hindi need) stays. */
const harmless = (text: string): string => text.toWellFormed().replace(directions, '').replace(controls, ' ')

/** Instructions are the only text of several lines. */
const harmlessLines = (text: string): string =>
  text
    .split(/\r\n|\r|\n/u)
    .map(harmless)
    .join('\n')

function withoutControls(recipient: Recipient): Recipient {
  const { company, region, phone, instructions } = recipient
  return {
    name: harmless(recipient.name),
    ...(company !== undefined && { company: harmless(company) }),
    lines: recipient.lines.map(harmless),
    postcode: harmless(recipient.postcode),
    city: harmless(recipient.city),
    ...(region !== undefined && { region: harmless(region) }),
    country: harmless(recipient.country),
    ...(phone !== undefined && { phone: harmless(phone) }),
    ...(instructions !== undefined && { instructions: harmlessLines(instructions) }),
  }
}

/** UTF-8 JSON of the recipient without control signs, padded with spaces to the next multiple of 64 bytes. */
export function encodeRecipient(whole: Recipient): Uint8Array {
  const recipient = withoutControls(whole)
  const text = JSON.stringify({
    n: recipient.name,
    c: recipient.company,
    a: recipient.lines.length > 0 ? recipient.lines : undefined,
    z: recipient.postcode,
    t: recipient.city,
    r: recipient.region,
    k: recipient.country,
    p: recipient.phone,
    i: recipient.instructions,
  })
  const bytes = new TextEncoder().encode(text)
  const padded = new Uint8Array(Math.ceil(bytes.length / paddingBytes) * paddingBytes).fill(0x20)
  padded.set(bytes)
  return padded
}

/** The recipient a payload stands for. Keys it does not know are ignored: a newer shop may add some. */
export function decodeRecipient(content: Json): Recipient {
  const parsed = payload.safeParse(content)
  if (!parsed.success) throw invalidBlock('payload')
  const { n, c, a, z: postcode, t, r, k, p, i } = parsed.data
  return withoutControls({
    name: n,
    ...(c !== undefined && { company: c }),
    lines: a ?? [],
    postcode,
    city: t,
    ...(r !== undefined && { region: r }),
    country: k,
    ...(p !== undefined && { phone: p }),
    ...(i !== undefined && { instructions: i }),
  })
}

/**
 * Ever shorter instructions: whole, then without the last sentence, the last two ..., at last none. What was cut
 * ends in an ellipsis, so that the courier sees that more was said. Sentences go from the end because a
 * later one often only makes sense after the earlier.
 */
export function shorterInstructions(instructions: string | undefined): (string | undefined)[] {
  if (instructions === undefined) return [undefined]
  const sentences = instructions.split(/(?<=[.!?;。！？])\s*|\n+/u).filter((sentence) => sentence.trim() !== '')
  const cut = sentences.map((_, index) => `${sentences.slice(0, index).join(' ')} …`).slice(1)
  return [instructions, ...cut.reverse(), undefined]
}
