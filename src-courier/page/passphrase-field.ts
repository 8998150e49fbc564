import { AppError } from '../../src-main/kernel/errors.ts'
import { systemClock } from '../core/clock.ts'
import { openKeys } from '../core/passphrase.ts'
import { noTries, waitMs } from '../core/tries.ts'
import { element } from './elements.ts'
import type { Place } from './opener.ts'
import { t } from './texts/texts.ts'

/** Against a thief of the file there is only the passphrase and its 600,000 rounds; ten signs are the least. */
const minPassphrase = 10

export function passphraseInput(id: string, autocomplete: AutoFill): HTMLInputElement {
  return element('input', { id, type: 'password', autocomplete, minLength: minPassphrase, required: true })
}

/** Why this will not do as a new passphrase; undefined when it will. */
export function problemOf(passphrase: string, again: string): string | undefined {
  if ([...passphrase.trim()].length < minPassphrase) return t('keys.tooShort', { count: minPassphrase })
  return passphrase === again ? undefined : t('keys.differ')
}

/** Opens keys, but after some wrong passphrases only once a wait is over. Throws what `openKeys` throws. */
export async function openSlowly(
  { session: { memory }, tell }: Place,
  { sealed, passphrase }: { sealed: string; passphrase: string },
): ReturnType<typeof openKeys> {
  const tries = memory.tries()
  const wait = waitMs(tries, systemClock.now())
  if (wait > 0) throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'wait', seconds: Math.ceil(wait / 1000) })
  tell.good(t('working'))
  try {
    const keys = await openKeys(sealed, passphrase)
    memory.keepTries(noTries)
    return keys
  } catch (error) {
    memory.keepTries({ wrong: tries.wrong + 1, lastAt: systemClock.now() })
    throw error
  }
}

export function onEnter(input: HTMLElement, act: () => Promise<void>): void {
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    void act()
  })
}
