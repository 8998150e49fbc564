import { makeKeys, parsePrivateSet } from '../core/courier-keys.ts'
import { sealKeys } from '../core/passphrase.ts'
import { button, element, field, folded, muted, row } from './elements.ts'
import { forgetButton } from './forget-button.ts'
import type { Place } from './opener.ts'
import { onEnter, openSlowly, passphraseInput, problemOf } from './passphrase-field.ts'
import { t } from './texts/texts.ts'

/** Before the keys are open: make them, unlock them, or bring them as a file. */
export function unlockView(place: Place): readonly Node[] {
  const { memory } = place.session
  const sealed = memory.sealedKeys()
  const children = sealed === undefined ? emptyView(place) : lockedView(place, sealed)
  return [element('section', { id: 'keys' }, [element('h2', {}, [t('keys.title')]), ...children])]
}

function emptyView(place: Place): readonly HTMLElement[] {
  const { session, tell } = place
  const first = passphraseInput('passphrase-new', 'new-password')
  const second = passphraseInput('passphrase-again', 'new-password')
  const make = (): Promise<void> =>
    tell.trying(async () => {
      const problem = problemOf(first.value, second.value)
      if (problem !== undefined) return tell.bad(problem)
      tell.good(t('working'))
      const keys = await makeKeys()
      session.memory.keepSealedKeys(await sealKeys(keys, first.value))
      await session.useKeys(keys)
      place.go('keys')
      tell.good(t('keys.made'))
    })
  onEnter(second, make)
  return [
    element('p', {}, [t('keys.none')]),
    muted(t(session.memory.isLasting ? 'keys.kept' : 'keys.notKept')),
    field(t('keys.passphrase'), first),
    field(t('keys.again'), second),
    row([button(t('keys.make'), { id: 'make-keys', isFirst: true, onPress: make })]),
    folded(t('keys.other'), { id: 'other-ways', children: keyFileRow(place) }),
  ]
}

function lockedView(place: Place, sealed: string): readonly HTMLElement[] {
  const { session, tell } = place
  const passphrase = passphraseInput('passphrase', 'current-password')
  const unlock = (): Promise<void> =>
    tell
      .trying(async () => {
        await session.useKeys(await openSlowly(place, { sealed, passphrase: passphrase.value }))
        place.go('run')
        tell.good(t('keys.unlocked'))
        const [latest, ...more] = session.kept()
        if (latest && more.length === 0 && session.work() === undefined) await session.reopen(latest.id)
      })
      .finally(() => passphrase.select())
  onEnter(passphrase, unlock)
  return [
    element('p', {}, [t('keys.locked')]),
    field(t('keys.passphrase'), passphrase),
    row([button(t('keys.unlock'), { id: 'unlock', isFirst: true, onPress: unlock })]),
    folded(t('keys.other'), { id: 'other-ways', children: [...keyFileRow(place), forgetButton(place)] }),
  ]
}

/** A key file is either sealed under a passphrase, or a plain JWK set from the courier's own programs. */
function keyFileRow(place: Place): readonly HTMLElement[] {
  const { session, tell } = place
  const passphrase = element('input', { id: 'passphrase-file', type: 'password', autocomplete: 'current-password' })
  let chosen: File | undefined
  const file = element('input', {
    id: 'key-file',
    type: 'file',
    accept: '.jwe,.json,.jwks,application/json,application/jose',
  })
  file.addEventListener('change', () => {
    chosen = file.files?.[0]
  })
  const use = (): Promise<void> =>
    tell.trying(async () => {
      const text = (await chosen?.text())?.trim()
      if (text === undefined) return tell.bad(t('keys.chooseFile'))
      // A plain set is used and not kept: it is kept once a passphrase was chosen for it.
      if (text.startsWith('{')) await session.useKeys(await parsePrivateSet(text))
      else {
        const keys = await openSlowly(place, { sealed: text, passphrase: passphrase.value })
        session.memory.keepSealedKeys(text)
        await session.useKeys(keys)
      }
      place.go('run')
      tell.good(t('keys.unlocked'))
    })
  onEnter(passphrase, use)
  return [
    field(t('keys.file'), file),
    field(t('keys.filePassphrase'), passphrase),
    row([button(t('keys.useFile'), { id: 'use-key-file', onPress: use })]),
  ]
}
