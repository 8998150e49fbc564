import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import { readPrivateFile, writePrivateFile } from './private-files.ts'

export const slotsFileName = 'shop-key.slots.json'

const slot = z.object({
  kind: z.enum(['key-file', 'passphrase', 'recovery-key', 'keychain']),
  wrapped: z.string(),
  salt: z.string().optional(),
  /** What the system's keychain made of the slot's own secret. */
  held: z.string().optional(),
})
const shape = z.object({
  format: z.literal('backroom-shop-key-1'),
  slots: z.array(slot),
  /** The key ring (key-ring.ts), sealed under the shop key: one file, so that a new key and a new ring appear together. */
  ring: z.string().optional(),
})

export type Slot = z.infer<typeof slot>
export type Slots = z.infer<typeof shape>

/** The wrapped shop key of a keys folder. Throws ERR_SHOP_KEY_MISSING when there is none or its file is damaged. */
export function readSlots(folder: string): Slots {
  const text = readPrivateFile(join(folder, slotsFileName))
  if (text === undefined)
    throw new AppError('ERR_SHOP_KEY_MISSING', { reason: 'no-shop-key', file: slotsFileName, otherWays: [] })
  return parseSlots(text)
}

export function parseSlots(text: string): Slots {
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    throw new AppError('ERR_SHOP_KEY_MISSING', { reason: 'damaged', file: slotsFileName, otherWays: [] })
  }
}

export const slotsText = (slots: Slots): string => JSON.stringify(slots, null, 2) + '\n'

export const writeSlots = (folder: string, slots: Slots): void =>
  writePrivateFile(join(folder, slotsFileName), slotsText(slots))
