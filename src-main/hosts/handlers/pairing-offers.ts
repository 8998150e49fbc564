import { AppError } from '../../kernel/errors.ts'
import type { System } from '../../ports/system.ts'

/** Signs that are told apart when read aloud or typed from paper: no 0 O, 1 I L. */
const signs = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const codeLength = 8
const goodForMs = 5 * 60_000
/** Of 31^8 codes: who needs a sixth try is not reading it off the manager's screen. */
const mostTries = 5

export interface PairingOffer {
  readonly name: string
  readonly expiresAt: number
  readonly triesLeft: number
}

/** One code at a time, good once, for minutes and for a few tries; in memory alone, as its hash. */
export interface PairingOffers {
  make(name: string): { readonly code: string; readonly expiresAt: number }
  withdraw(): void
  current(): PairingOffer | undefined
  /** The name the terminal was given. Throws ERR_PAIRING_CODE { triesLeft }, without tries where nothing is offered. */
  redeem(code: string): string
}

export function pairingOffers({ clock, random, hasher }: System): PairingOffers {
  let offer: (PairingOffer & { readonly hash: string }) | undefined
  const living = (): typeof offer => {
    if (offer && (offer.expiresAt <= clock.now() || offer.triesLeft === 0)) offer = undefined
    return offer
  }
  const newCode = (): string => {
    let code = ''
    while (code.length < codeLength)
      for (const byte of random.bytes(codeLength)) {
        // Bytes beyond the last whole round of signs would make some signs likelier than others.
        if (byte < 256 - (256 % signs.length) && code.length < codeLength) code += signs[byte % signs.length]
      }
    return code
  }
  return {
    make(name) {
      const code = newCode()
      const expiresAt = clock.now() + goodForMs
      offer = { name, expiresAt, triesLeft: mostTries, hash: hasher.sha256(code) }
      return { code: `${code.slice(0, 4)}-${code.slice(4)}`, expiresAt }
    },
    withdraw: () => void (offer = undefined),
    current() {
      const known = living()
      return known && { name: known.name, expiresAt: known.expiresAt, triesLeft: known.triesLeft }
    },
    redeem(code) {
      const known = living()
      if (!known) throw new AppError('ERR_PAIRING_CODE', { triesLeft: 0 })
      const typed = code.toUpperCase().replaceAll(/[\s-]/g, '')
      if (hasher.sha256(typed) === known.hash) {
        offer = undefined
        return known.name
      }
      offer = { ...known, triesLeft: known.triesLeft - 1 }
      throw new AppError('ERR_PAIRING_CODE', { triesLeft: offer.triesLeft })
    },
  }
}
