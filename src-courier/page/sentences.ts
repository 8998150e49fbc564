import { AppError } from '../../src-main/kernel/errors.ts'
import type { DeliveryStatus, FailureReason } from '../core/run.ts'

export const statusWords: Readonly<Record<DeliveryStatus, string>> = {
  'out-for-delivery': 'Out for delivery',
  delivered: 'Delivered',
  failed: 'Not delivered',
  returned: 'Returned',
}

export const reasonWords: Readonly<Record<FailureReason, string>> = {
  'nobody-home': 'Nobody home',
  refused: 'Refused',
  'address-wrong': 'Address wrong',
  'no-access': 'No access',
  damaged: 'Damaged',
  lost: 'Lost',
  'out-of-time': 'Out of time',
  other: 'Other reason',
}

const invalidWords: Readonly<Record<string, string>> = {
  'not-sealed':
    'This is not a sealed file or label. Choose a file that ends in .manifest.jwe, or scan the square code.',
  type: 'This is sealed, but it is not the kind that was asked for here. Manifests are files, labels are scanned.',
  signature: 'The signature of the shop does not fit. Do not use this file; ask the shop to send it again.',
  tampered: 'This was changed or damaged on its way. Ask the shop to send or print it again.',
}

/** What happened and what to do, in words; never a part of what was sealed. */
export function sentenceFor(error: unknown): string {
  if (!(error instanceof AppError)) return 'Something went wrong in this page. Load it again; nothing was lost.'
  const reason = String(error.details['reason'] ?? '')
  switch (error.code) {
    case 'ERR_SEALED_BLOCK_INVALID':
      return invalidWords[reason] ?? `This cannot be opened (${reason}). Ask the shop to send or print it again.`
    case 'ERR_SEALED_BLOCK_FOREIGN':
      return 'This was sealed for another key. Unlock that key, or give the shop your public keys and ask for it again.'
    case 'ERR_SEALED_BLOCK_MOVED':
      return 'This label belongs to another parcel. Do not deliver by it; ask the shop.'
    case 'ERR_SEALED_BLOCK_EXPIRED':
      return 'This label is past its time. Ask the shop for a new one.'
    case 'ERR_NOT_ALLOWED':
      return 'Another shop than the one you trust signed this file. Do not use it; call the shop.'
    case 'ERR_COURIER_KEY_INVALID':
      return reason === 'passphrase-wrong'
        ? 'The passphrase is wrong, or the key file is damaged.'
        : `This is no key file of yours (${reason}).`
    case 'ERR_STATUS_NOT_ALLOWED':
      return reason === 'already-reported'
        ? 'A status file has told the shop already; mark the parcel anew instead.'
        : 'This cannot follow what is marked already.'
    default:
      return `This did not work (${error.code}).`
  }
}
