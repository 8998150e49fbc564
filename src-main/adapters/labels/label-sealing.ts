import type { Recipient } from '../../domain/recipient.ts'
import { AppError } from '../../kernel/errors.ts'
import type { LabelSealing, OpenedLabel } from '../../ports/labels.ts'
import type { Jwk } from '../../ports/vault.ts'
import { decodeRecipient, encodeRecipient, shorterInstructions } from './label-payload.ts'
import { openBlock, readHeader, sealBlock } from './sealed-block.ts'

const typOf = { label: 'backroom-label', counter: 'backroom-counter' } as const

/** About what a QR code of level M holds on a 4x6 label with modules that a 203 dpi printer prints well. */
const defaultMaxBlockLength = 1000

export interface LabelSealingOptions {
  /** Characters of a block that the label has room for; 1,000 by default. */
  readonly maxBlockLength?: number | undefined
}

/** The port `LabelSealing` on JOSE. Blocks for the counter are never printed as a code and have no limit of length. */
export function labelSealing(options: LabelSealingOptions = {}): LabelSealing {
  const limit = options.maxBlockLength ?? defaultMaxBlockLength
  return {
    async seal(recipient, { key, parcelNumber, expiresAt }) {
      const about = { typ: typOf.label, pid: parcelNumber, exp: Math.floor(expiresAt / 1000) }
      return sealFitting(recipient, { key: key.enc, about, limit })
    },
    async sealForCounter(recipient, { counterKey, orderCode, expiresAt }) {
      const about = { typ: typOf.counter, pid: orderCode, exp: Math.floor(expiresAt / 1000) }
      return sealBlock(encodeRecipient(recipient), counterKey, about)
    },
    peek(block) {
      try {
        const { kid, pid, exp } = readHeader(block.trim())
        return { kid, parcelNumber: pid, expiresAt: exp * 1000 }
      } catch {
        return undefined
      }
    },
    async open(block, { privateKeys, parcelNumber, now, kind = 'label' }) {
      const { header, content } = await openBlock(block.trim(), { privateKeys, typ: typOf[kind] })
      if (parcelNumber !== undefined && parcelNumber !== header.pid)
        throw new AppError('ERR_SEALED_BLOCK_MOVED', { sealedFor: header.pid, foundOn: parcelNumber })
      const expiresAt = header.exp * 1000
      if (now >= expiresAt) throw new AppError('ERR_SEALED_BLOCK_EXPIRED', { parcelNumber: header.pid, expiresAt })
      return { parcelNumber: header.pid, expiresAt, recipient: decodeRecipient(content) } satisfies OpenedLabel
    },
  }
}

async function sealFitting(
  recipient: Recipient,
  options: { key: Jwk; about: { typ: string; pid: string; exp: number }; limit: number },
): Promise<string> {
  let length = 0
  for (const instructions of shorterInstructions(recipient.instructions)) {
    const block = await sealBlock(encodeRecipient({ ...recipient, instructions }), options.key, options.about)
    if (block.length <= options.limit) return block
    length = block.length
  }
  throw new AppError('ERR_SEALED_TOO_LONG', { parcelNumber: options.about.pid, length, limit: options.limit })
}
