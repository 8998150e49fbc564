import { AppError } from '../../src-main/kernel/errors.ts'
import { t, type TextKey } from './texts/texts.ts'

const invalidSentences: Readonly<Record<string, TextKey>> = {
  'not-sealed': 'error.notSealed',
  header: 'error.notSealed',
  type: 'error.type',
  signature: 'error.signature',
  'not-signed': 'error.signature',
  tampered: 'error.tampered',
  cut: 'error.tampered',
  'repeated-parcel': 'error.repeated',
  'label-hash': 'error.labelChanged',
  'label-moved': 'error.labelChanged',
}

const keySentences: Readonly<Record<string, TextKey>> = {
  'passphrase-wrong': 'error.passphrase',
  wait: 'error.wait',
}

const sentences: Readonly<Record<string, TextKey>> = {
  ERR_SEALED_BLOCK_FOREIGN: 'error.foreign',
  ERR_SEALED_BLOCK_MOVED: 'error.moved',
  ERR_SEALED_BLOCK_EXPIRED: 'error.expired',
  ERR_NOT_ALLOWED: 'error.otherShop',
  ERR_MANIFEST_CLOSED: 'error.otherContent',
  ERR_PARCEL_NOT_FOUND: 'error.unknownParcel',
  ERR_COURIER_KEY_MISSING: 'error.locked',
}

/** What happened and what to do, in words; never a part of what was sealed. */
export function sentenceFor(error: unknown): string {
  if (!(error instanceof AppError)) return t('error.page')
  const reason = String(error.details['reason'] ?? '')
  const gaps = {
    reason,
    code: error.code,
    seconds: String(error.details['seconds'] ?? ''),
    pid: String(error.details['parcelNumber'] ?? ''),
    sealedFor: String(error.details['sealedFor'] ?? ''),
    foundOn: String(error.details['foundOn'] ?? ''),
    number: String(error.details['manifest'] ?? ''),
  }
  return t(keyFor(error.code, reason), gaps)
}

function keyFor(code: string, reason: string): TextKey {
  if (code === 'ERR_SEALED_BLOCK_INVALID') return invalidSentences[reason] ?? 'error.invalid'
  if (code === 'ERR_COURIER_KEY_INVALID') return keySentences[reason] ?? 'error.keyFile'
  if (code === 'ERR_STATUS_NOT_ALLOWED') return reason === 'already-reported' ? 'error.told' : 'error.order'
  return sentences[code] ?? 'error.code'
}
