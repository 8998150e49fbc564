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

/** UTF-8 JSON of the recipient, padded with spaces to the next multiple of 64 bytes. */
export function encodeRecipient(recipient: Recipient): Uint8Array {
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
  return {
    name: n,
    ...(c !== undefined && { company: c }),
    lines: a ?? [],
    postcode,
    city: t,
    ...(r !== undefined && { region: r }),
    country: k,
    ...(p !== undefined && { phone: p }),
    ...(i !== undefined && { instructions: i }),
  }
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
