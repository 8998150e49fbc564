import type { Recipient, Stanza } from 'age-encryption'
import { AppError } from '../../kernel/errors.ts'
import { age } from './age-key.ts'

/**
 * A line of the age header that carries the wrapped shop key, so that one file is all a new machine needs. Other age
 * programs pass over lines they do not know; with the identity alone they open the file too. The header's code binds it:
 * a changed line makes the file refuse to open.
 */
const kind = 'backroom.example/slots'
const version = 1

export interface SlotsLine {
  readonly slots: string
  /** Bytes of the archive inside, so that a file cut short is told from one that was changed. */
  readonly plainBytes: number
}

export async function slotsRecipient({ slots, plainBytes }: SlotsLine): Promise<Recipient> {
  const { Stanza } = await age()
  return {
    wrapFileKey: () => [new Stanza([kind, String(version), String(plainBytes)], new TextEncoder().encode(slots))],
  }
}

/**
 * The line in the header at the beginning of a file. Throws ERR_BACKUP_INVALID for what is no backup of ours,
 * ERR_STORE_NEWER for one in a later form.
 */
export async function readSlotsLine(beginning: Uint8Array): Promise<SlotsLine> {
  let stanzas: readonly Stanza[] = []
  const { Decrypter } = await age()
  const reader = new Decrypter()
  reader.addIdentity({
    unwrapFileKey(found: Stanza[]) {
      stanzas = found
      return null
    },
  })
  // Nothing is opened here: it always ends with "no identity matched", or says that this is no age file.
  await reader.decryptHeader(beginning).catch(() => undefined)
  const line = stanzas.find((stanza) => stanza.args[0] === kind)
  if (!line) throw new AppError('ERR_BACKUP_INVALID', { what: 'not-a-backup' })
  const found = Number(line.args[1])
  if (found > version) throw new AppError('ERR_STORE_NEWER', { version: found, known: version })
  return { slots: new TextDecoder().decode(line.body), plainBytes: Number(line.args[2]) }
}
