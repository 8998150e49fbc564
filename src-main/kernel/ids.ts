import { AppError } from './errors.ts'
import type { Clock } from './time.ts'

/** Unpredictable bytes; the adapter gives the system's, a test gives a seeded stream. */
export interface RandomBytes {
  bytes(count: number): Uint8Array
}

/**
 * A UUID version 7 (RFC 9562): 48 bits of the clock, then random bits, as lower-case text.
 * Ids made later sort later, to the millisecond.
 */
export function uuidV7(clock: Clock, random: RandomBytes): string {
  const bytes = random.bytes(16)
  let ms = clock.now()
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256
    ms = Math.floor(ms / 256)
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The GS1 check digit (weights 3 and 1 from the right) of a string of digits without it. */
export function gs1CheckDigit(digits: string): string {
  let sum = 0
  for (let i = 0; i < digits.length; i++) sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1)
  return String((10 - (sum % 10)) % 10)
}

/** True for 8, 12, 13 or 14 digits whose last one is the right check digit. */
export function isGtin(text: string): boolean {
  return /^(\d{8}|\d{12,14})$/.test(text) && gs1CheckDigit(text.slice(0, -1)) === text.at(-1)
}

/**
 * Serial Shipping Container Code: extension digit, company prefix, serial filling 17 digits, check digit. A prefix of
 * 7 digits leaves 9 for the serial, one of 12 leaves 4. Throws ERR_PARCEL_NUMBERS_USED_UP for a serial that does not fit.
 */
export function sscc(prefix: string, extension: number, serial: number): string {
  const body = `${extension}${prefix}${String(serial).padStart(16 - prefix.length, '0')}`
  if (body.length !== 17) throw new AppError('ERR_PARCEL_NUMBERS_USED_UP', { prefix, serial })
  return body + gs1CheckDigit(body)
}

const firstExtension = 3

/**
 * The shop's parcel `count` (from 0) as SSCC: serials in order under extension digit 3, then under 4 and so on round to
 * 2, so that a prefix lasts ten times as long and no number comes twice, in a year or ever.
 * Throws ERR_PARCEL_NUMBERS_USED_UP { prefix, serial } when all are given out.
 */
export function ssccOf(prefix: string, count: number): string {
  const perExtension = 10 ** (16 - prefix.length)
  const round = Math.floor(count / perExtension)
  if (round > 9) throw new AppError('ERR_PARCEL_NUMBERS_USED_UP', { prefix, serial: count })
  return sscc(prefix, (firstExtension + round) % 10, count % perExtension)
}

/**
 * The shop's own parcel number for shops without a GS1 prefix: a letter, ten digits, check digit.
 * The letter keeps it visibly apart from any GS1 number. Throws ERR_PARCEL_NUMBERS_USED_UP past ten digits.
 */
export function ownParcelNumber(letter: string, serial: number): string {
  const digits = String(serial).padStart(10, '0')
  if (digits.length !== 10) throw new AppError('ERR_PARCEL_NUMBERS_USED_UP', { prefix: letter, serial })
  return letter + digits + gs1CheckDigit(digits)
}

/** True when the text is a parcel number of either kind with the right check digit. */
export function isParcelNumber(text: string): boolean {
  const digits = /^[A-Z]?(\d{11})$|^(\d{18})$/.exec(text)
  const body = digits?.[1] ?? digits?.[2]
  return body !== undefined && gs1CheckDigit(body.slice(0, -1)) === body.at(-1)
}

/** Parcel letters of an order: A to Z, then AA, AB ... in spreadsheet order. `index` counts from 0. */
export function parcelLetter(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest > 0 ? parcelLetter(rest - 1) : '') + String.fromCharCode(65 + (index % 26))
}
