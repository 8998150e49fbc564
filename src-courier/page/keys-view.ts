import { fingerprintWords } from '../../src-main/kernel/fingerprint.ts'
import { makeKeys, parsePrivateSet, publicSet, type CourierKeys } from '../core/courier-keys.ts'
import { openKeys, sealKeys } from '../core/passphrase.ts'
import { button, download, element, field, fill, sectionOf } from './elements.ts'
import type { Teller } from './teller.ts'
import type { Session } from './session.ts'

const minPassphrase = 10

/** Make, unlock, hand over, keep and forget the courier's keys. */
export function showKeys(session: Session, tell: Teller): void {
  const keys = session.keys()
  const title = element('h2', { id: 'keys-title' }, ['Your keys'])
  if (keys) fill(sectionOf('keys'), [title, ...unlockedView(session, keys, tell)])
  else if (session.memory.sealedKeys() === undefined) fill(sectionOf('keys'), [title, ...emptyView(session, tell)])
  else fill(sectionOf('keys'), [title, ...lockedView(session, tell)])
}

function passphraseInput(id: string, autocomplete: AutoFill): HTMLInputElement {
  return element('input', { id, type: 'password', autocomplete, minLength: minPassphrase, required: true })
}

function emptyView(session: Session, tell: Teller): HTMLElement[] {
  const first = passphraseInput('passphrase-new', 'new-password')
  const second = passphraseInput('passphrase-again', 'new-password')
  const make = button('Make keys', {
    id: 'make-keys',
    isFirst: true,
    onPress: () =>
      tell.trying(async () => {
        if (first.value.length < minPassphrase)
          return tell.bad(`Choose a passphrase of at least ${minPassphrase} signs.`)
        if (first.value !== second.value) return tell.bad('The two passphrases are not the same.')
        const keys = await makeKeys()
        session.memory.keepSealedKeys(await sealKeys(keys, first.value))
        session.useKeys(keys)
        tell.good('Keys made. Save a key file now, and give your public keys to the shop.')
      }),
  })
  const note = session.memory.isLasting
    ? 'Keys are kept in this browser under your passphrase.'
    : 'This browser keeps nothing for this page: save a key file and choose it again next time.'
  return [
    element('p', { className: 'muted' }, [`${note} Nobody can restore a lost passphrase.`]),
    element('div', { className: 'row' }, [field('Passphrase', first), field('The same again', second), make]),
    keyFileRow(session, tell),
  ]
}

/** A key file is either sealed under a passphrase, or a plain JWK set from the courier's own programs. */
function keyFileRow(session: Session, tell: Teller): HTMLElement {
  const passphrase = element('input', { id: 'passphrase-file', type: 'password', autocomplete: 'current-password' })
  const file = element('input', { id: 'key-file', type: 'file', accept: '.jwe,.json,.jwks,application/json' })
  const use = button('Use key file', {
    id: 'use-key-file',
    onPress: () =>
      tell.trying(async () => {
        const text = await file.files?.[0]?.text()
        if (text === undefined) return tell.bad('Choose a key file first.')
        if (text.trimStart().startsWith('{')) session.useKeys(await parsePrivateSet(text))
        else {
          session.useKeys(await openKeys(text, passphrase.value))
          session.memory.keepSealedKeys(text.trim())
        }
        tell.good('Keys are unlocked.')
      }),
  })
  return element('div', { className: 'row' }, [field('Or a key file', file), field('Its passphrase', passphrase), use])
}

function lockedView(session: Session, tell: Teller): HTMLElement[] {
  const passphrase = passphraseInput('passphrase', 'current-password')
  const unlock = button('Unlock', {
    id: 'unlock',
    isFirst: true,
    onPress: () =>
      tell.trying(async () => {
        session.useKeys(await openKeys(session.memory.sealedKeys() ?? '', passphrase.value))
        tell.good('Keys are unlocked. Open a manifest.')
      }),
  })
  passphrase.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') unlock.click()
  })
  return [
    element('div', { className: 'row' }, [field('Passphrase', passphrase), unlock]),
    element('details', {}, [
      element('summary', {}, ['Other keys']),
      keyFileRow(session, tell),
      forgetButton(session, tell),
    ]),
  ]
}

function unlockedView(session: Session, keys: CourierKeys, tell: Teller): HTMLElement[] {
  const words = fingerprintWords(keys.enc.kid).join(' ')
  const passphrase = passphraseInput('passphrase-export', 'new-password')
  const save = button('Save key file', {
    id: 'save-key-file',
    onPress: () =>
      tell.trying(async () => {
        if (passphrase.value.length < minPassphrase)
          return tell.bad(`Choose a passphrase of at least ${minPassphrase} signs for the key file.`)
        download('courier-keys.private.jwe', await sealKeys(keys, passphrase.value), 'application/jose')
      }),
  })
  const hand = button('Save public keys for the shop', {
    id: 'save-public-keys',
    isFirst: true,
    onPress: () =>
      download('courier-keys.public.jwks.json', JSON.stringify(publicSet(keys), null, 2), 'application/json'),
  })
  const lock = button('Lock', { id: 'lock', onPress: () => session.useKeys(undefined) })
  return [
    element('p', {}, ['Unlocked. Your fingerprint, to compare with the shop by telephone:']),
    element('p', { className: 'words', id: 'own-words' }, [words]),
    element('div', { className: 'row' }, [hand, lock]),
    element('details', {}, [
      element('summary', {}, ['Keep a copy']),
      element('div', { className: 'row' }, [field('Passphrase for the key file', passphrase), save]),
      forgetButton(session, tell),
    ]),
  ]
}

function forgetButton(session: Session, tell: Teller): HTMLElement {
  const press = button('Forget keys and runs in this browser', {
    id: 'forget',
    onPress: () => {
      if (!confirm('Forget everything? Without a key file, what was sealed for these keys can never be opened again.'))
        return
      session.memory.forgetAll()
      session.useKeys(undefined)
      tell.good('This browser has forgotten everything.')
    },
  })
  return element('div', { className: 'row' }, [press])
}
