import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/**
 * The attacks that Backroom must survive: which test proves it, and the code whose sentence a person is shown. Kept true
 * by itself: a test that is renamed or gone, or a code without a sentence in every language, fails here.
 */
const attacks: readonly (readonly [attack: string, file: string, title: string, code?: string])[] = [
  // Label blocks
  ['a tampered block', 'unit/labels/attacked-blocks', 'is refused whatever sign of it was replaced', 'ERR_SEALED_BLOCK_INVALID'],
  ['a truncated block', 'unit/labels/attacked-blocks', 'is refused cut anywhere', 'ERR_SEALED_BLOCK_INVALID'],
  ['a replayed block', 'unit/labels/attacked-blocks', 'opens again and again: a copy of a label is known by its parcel'],
  ['a block moved to another parcel', 'unit/labels/label-sealing', 'is named moved', 'ERR_SEALED_BLOCK_MOVED'],
  ['an expired block', 'unit/labels/label-sealing', 'is named expired', 'ERR_SEALED_BLOCK_EXPIRED'],
  ['a foreign block', 'unit/labels/label-sealing', 'is named foreign', 'ERR_SEALED_BLOCK_FOREIGN'],
  ['another algorithm, curve or key in the header', 'unit/labels/attacked-blocks', 'another curve', 'ERR_SEALED_BLOCK_INVALID'],
  ['a 500-character name', 'unit/labels/label-sealing', 'is refused with its length and the limit when a name of 500', 'ERR_SEALED_TOO_LONG'],
  ['the same, in another implementation', 'unit/security/vectors', 'a label: $name'],
  // Manifests
  ['a manifest with a changed line', 'unit/carriers/manifest-sealing', "is refused when a line was changed without the shop's signature", 'ERR_SEALED_BLOCK_INVALID'],
  ['a manifest under a number of another', 'unit/carriers/attacked-manifests', 'is refused when an old one is passed off under a new number', 'ERR_SEALED_BLOCK_INVALID'],
  ['a parcel twice', 'unit/carriers/manifest-sealing', 'is refused when a parcel is in it twice', 'ERR_SEALED_BLOCK_INVALID'],
  ['a manifest by another shop', 'unit/carriers/attacked-manifests', 'is refused under the signature of another key', 'ERR_NOT_ALLOWED'],
  ['a manifest for another courier', 'unit/carriers/manifest-sealing', 'is named foreign', 'ERR_SEALED_BLOCK_FOREIGN'],
  // Keys
  ['a private key, a wrong curve, a point off the curve, one key for both uses', 'unit/security/vectors', 'a key set: $name', 'ERR_COURIER_KEY_INVALID'],
  ['a private key at the command line', 'integration/command-line/couriers', 'a private key is refused in words', 'ERR_COURIER_KEY_INVALID'],
  ['a wrong passphrase', 'integration/command-line/keys', 'says when it is wrong', 'ERR_SHOP_KEY_MISSING'],
  ['a wrong passphrase, again and again', 'unit/courier/handed-in', 'cost nothing twice, then twice as long each time'],
  // What couriers hand in
  ['a forged or changed status file', 'unit/carriers/courier-files', 'is refused with the reason when it is changed, foreign', 'ERR_STATUS_FILE_INVALID'],
  ['a receipt for something else', 'unit/carriers/courier-files', 'is refused for another manifest, another content or another signer', 'ERR_RECEIPT_INVALID'],
  // Injection through a name or an address
  ['ZPL (^XZ) in a name', 'integration/documents/zpl', 'can never be a command, whichever field it stands in'],
  ['a printer’s or queue’s name as a command', 'integration/printing/cups', 'is given nothing'],
  ['a formula (=cmd) in a manifest’s list', 'unit/carriers/manifest-sealing', 'takes the sting out of formulas'],
  ['a formula in a carrier’s upload file', 'unit/carrier-files/uploads', 'never becomes a formula, a second line or a further column'],
  ['a formula in an exported table', 'property/adapters/files/tables', 'no cell that is written runs as a formula'],
  ['overrides of direction, escapes and line ends in a name', 'unit/labels/attacked-blocks', 'loses overrides of direction, line ends, escapes'],
  ['markup in what one person is handed', 'integration/backup/looks', 'escaped, and nothing of others'],
  ['log lines and crash reports that quote what was typed', 'property/security/crash-reports', 'is told by its class and place'],
  ['an error nobody caught', 'property/security/crash-reports', 'ends the program with a sentence, and without its message', 'ERR_INTERNAL'],
  ['a refusal that repeats what was typed', 'integration/security/nothing-personal', 'no refusal repeats what somebody typed'],
  // Pictures
  ['a drawing with a program, a page or another file as a photo', 'unit/domain/product-photo', 'is not %s', 'ERR_PHOTO_NOT_USABLE'],
  ['a picture that unfolds into a large one', 'unit/domain/product-photo', 'a bomb: many pixels in few bytes', 'ERR_PHOTO_NOT_USABLE'],
  ['the place where a photo was taken', 'unit/domain/product-photo', 'place and camera', 'ERR_PHOTO_NOT_USABLE'],
  // Doors, backups, guesses
  ['guessing a PIN over many terminals', 'integration/security/station', 'does not get better with more terminals', 'ERR_TOO_MANY_TRIES'],
  ['guessing one PIN with patience', 'unit/hosts/stations', 'is locked out after fifteen wrong PINs', 'ERR_NOT_ALLOWED'],
  // Stations on the network
  ['a wrong or used pairing code', 'integration/security/network-station', 'takes the code on the manager’s screen, once', 'ERR_PAIRING_CODE'],
  ['a pairing code that is guessed at', 'integration/security/network-station', 'gives a guesser five tries', 'ERR_PAIRING_CODE'],
  ['a pairing code of an hour ago', 'unit/hosts/stations', 'runs out after five minutes', 'ERR_PAIRING_CODE'],
  ['a session stolen from a terminal that was revoked', 'integration/security/network-station', 'is outside the moment it is revoked', 'ERR_NOT_PAIRED'],
  ['a name or a page pointed at the shop’s machine', 'integration/security/network-station', 'answers to its own addresses and names only', 'ERR_NOT_ALLOWED'],
  ['plain HTTP and old TLS on the network', 'integration/security/network-station', 'speaks TLS 1.2 and newer, and not a word of plain HTTP'],
  ['this machine’s own tokens used from the network', 'integration/security/network-station', 'own tokens in nowhere', 'ERR_NOT_PAIRED'],
  ['a tablet left lying', 'unit/hosts/stations', 'is nobody after the minutes of rest', 'ERR_SIGN_IN_NEEDED'],
  ['a picker who calls what is not theirs', 'unit/hosts/audience', 'is kept by the room for %s', 'ERR_NOT_ALLOWED'],
  ['the shop’s authority stolen and used against other sites', 'unit/certificates/shop-certificates', 'names what it may speak for'],
  ['a piece confirmed at two stations at once', 'integration/security/network-station', 'confirms each piece once', 'ERR_PICK_TOO_MANY'],
  ['a label in clear fetched by the floor', 'integration/security/station', 'printed in clear is not for the floor', 'ERR_NOT_ALLOWED'],
  ['a backup that was cut, changed or is another’s', 'integration/backup/backups', 'a wrong key, a file cut short, one that was changed', 'ERR_BACKUP_INVALID'],
  // The whole
  ['somebody who reads every byte', 'e2e/mission/nothing-readable', 'no byte tells anything of a customer but what the table allows'],
] // prettier-ignore

const languages = ['en', 'de', 'ja'].map(
  (language) => JSON.parse(readFileSync(`resources/translations/${language}.json`, 'utf8')) as { errors: Record<string, string> }, // files of ours
) // prettier-ignore

const sourceOf = (file: string): string => {
  for (const end of ['.test.ts', '.ts'])
    try {
      return readFileSync(`test/${file}${end}`, 'utf8')
    } catch {
      // The other ending, or no such test.
    }
  return ''
}

describe('an attack has a test, and a sentence for whoever meets it', () => {
  test.each(attacks)('%s', (_, ...[file = '', title = '', code]) => {
    expect(title).not.toBe('')
    expect(sourceOf(file)).toContain(title)
    if (code !== undefined) for (const { errors } of languages) expect(errors[code]?.length).toBeGreaterThan(20)
  })
})
