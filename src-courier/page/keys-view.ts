import { fingerprintWords } from '../../src-main/kernel/fingerprint.ts'
import { publicSet, renewKeys, withoutKey, type CourierKeys } from '../core/courier-keys.ts'
import { sealKeys } from '../core/passphrase.ts'
import { button, download, element, field, fileInput, folded, muted, row } from './elements.ts'
import { takeFile } from './hand-in.ts'
import { forgetButton } from './forget-button.ts'
import { handOut } from './hand-out.ts'
import type { Place } from './opener.ts'
import { qrView } from './qr-view.ts'
import { t } from './texts/texts.ts'
import { onEnter, openSlowly, passphraseInput, problemOf } from './passphrase-field.ts'

/** The courier's keys while they are open: hand over, keep, renew, forget; and whom the courier trusts. */
export function keysView(place: Place): readonly Node[] {
  const keys = place.session.keys()
  if (!keys) return []
  return [ownPart(place, keys), shopsPart(place), backupPart(place, keys), renewPart(place, keys), endPart(place)]
}

function ownPart(place: Place, keys: CourierKeys): HTMLElement {
  const { tell, session } = place
  const text = publicText(keys)
  const paper = { fileName: 'courier-keys.public.jwks.json', type: 'application/json', text: async () => text }
  return element('section', { id: 'own' }, [
    element('h2', {}, [t('keys.title')]),
    !session.memory.isLasting && element('p', { className: 'state failed' }, [t('keys.notKept')]),
    element('p', {}, [t('keys.ownWords')]),
    ...wordsOf(t('keys.opens'), { id: 'own-words', kid: keys.enc.kid }),
    ...wordsOf(t('keys.signs'), { id: 'own-sign-words', kid: keys.sig.kid }),
    row([button(t('keys.lock'), { id: 'lock', onPress: () => lock(place) })]),
    element('h3', {}, [t('keys.give')]),
    muted(t('keys.giveHint')),
    handOut(paper, { id: 'public-keys', save: t('keys.saveFile'), tell }),
    folded(t('keys.qr'), { id: 'own-code', children: [qrView(text, t('keys.qr'))] }),
    folded(t('keys.text'), { id: 'own-text', children: [publicTextBox(text)] }),
  ])
}

const wordsOf = (title: string, { id, kid }: { id: string; kid: string }): readonly HTMLElement[] => [
  muted(title),
  element('p', { className: 'words', id, lang: 'en' }, [fingerprintWords(kid).join(' ')]),
]

/** One text for file, clipboard and square code, so that the shop takes in the same whichever way it comes. */
export const publicText = (keys: CourierKeys): string => JSON.stringify(publicSet(keys))

function publicTextBox(text: string): HTMLElement {
  const box = element('textarea', { id: 'public-text', rows: 6, readOnly: true, value: text, spellcheck: false })
  box.setAttribute('aria-label', t('keys.text'))
  return box
}

function lock(place: Place): Promise<void> {
  place.scanner.stop()
  place.tell.quiet()
  return place.session.useKeys(undefined)
}

function shopsPart(place: Place): HTMLElement {
  const { session, tell } = place
  const shops = Object.entries(session.memory.trustedShops())
  const items = shops.map(([kid, name]) =>
    element('li', {}, [
      element('strong', { dir: 'auto' }, [name === '' ? t('keys.unnamed') : name]),
      element('p', { className: 'words', lang: 'en' }, [fingerprintWords(kid).join(' ')]),
      row([
        button(t('keys.distrust'), {
          id: `distrust-${kid}`,
          onPress: () => {
            session.memory.distrustShop(kid)
            if (session.work()?.manifest.shopKid === kid) session.close()
            tell.good(t('keys.distrusted'))
            place.draw()
          },
        }),
      ]),
    ]),
  )
  const file = fileInput({ id: 'shop-file', accept: '.json,.jwk,.jwks,application/json,image/*' }, (chosen) =>
    tell.trying(() => takeFile(place, chosen)),
  )
  return element('section', { id: 'shops' }, [
    element('h2', {}, [t('keys.shops')]),
    shops.length === 0 ? muted(t('keys.noShops')) : element('ul', { className: 'plain' }, items),
    field(t('keys.shopFile'), file, true),
  ])
}

function backupPart(place: Place, keys: CourierKeys): HTMLElement {
  const { session, tell } = place
  const first = passphraseInput('passphrase-export', 'new-password')
  const second = passphraseInput('passphrase-export-again', 'new-password')
  const sealing = (use: (sealed: string) => void) => (): Promise<void> =>
    tell.trying(async () => {
      const problem = problemOf(first.value, second.value)
      if (problem !== undefined) return tell.bad(problem)
      tell.good(t('working'))
      const sealed = await sealKeys(keys, first.value)
      tell.quiet()
      use(sealed)
    })
  const save = sealing((sealed) => download('courier-keys.private.jwe', sealed, 'application/jose'))
  const keep = sealing((sealed) => {
    session.memory.keepSealedKeys(sealed)
    tell.good(t('keys.keptHere'))
  })
  return element('section', { id: 'backup' }, [
    element('h2', {}, [t('keys.backup')]),
    muted(t('keys.backupHint')),
    field(t('keys.newPassphrase'), first),
    field(t('keys.again'), second),
    row([
      button(t('keys.saveKeyFile'), { id: 'save-key-file', onPress: save }),
      session.memory.isLasting && button(t('keys.keepHere'), { id: 'keep-here', onPress: keep }),
    ]),
  ])
}

function renewPart(place: Place, keys: CourierKeys): HTMLElement {
  const { tell } = place
  const passphrase = passphraseInput('passphrase-renew', 'current-password')
  const renew = (): Promise<void> =>
    tell.trying(async () => {
      await replaceKeys(place, await renewKeys(keys), passphrase.value)
      tell.good(t('keys.renewed'))
    })
  onEnter(passphrase, renew)
  const older = keys.older ?? []
  const items = older.map(({ enc }) =>
    element('li', {}, [
      element('p', { className: 'words', lang: 'en' }, [fingerprintWords(enc.kid).join(' ')]),
      row([
        button(t('keys.dropOlder'), {
          id: `drop-${enc.kid}`,
          onPress: () =>
            tell.trying(async () => {
              if (!confirm(t('keys.askDropOlder'))) return
              await replaceKeys(place, withoutKey(keys, enc.kid), passphrase.value)
              tell.good(t('keys.dropped'))
            }),
        }),
      ]),
    ]),
  )
  return folded(t('keys.renew'), {
    id: 'renew',
    children: [
      muted(t('keys.renewHint')),
      field(t('keys.passphrase'), passphrase),
      row([button(t('keys.renewNow'), { id: 'renew-keys', onPress: renew })]),
      ...(older.length === 0
        ? []
        : [element('p', {}, [t('keys.older')]), element('ul', { className: 'plain' }, items)]),
    ],
  })
}

/** Keys change only for whoever knows the passphrase: a telephone that was left open is not enough. */
async function replaceKeys(place: Place, next: CourierKeys, passphrase: string): Promise<void> {
  const { session } = place
  const sealed = session.memory.sealedKeys()
  if (sealed !== undefined) {
    await openSlowly(place, { sealed, passphrase })
    session.memory.keepSealedKeys(await sealKeys(next, passphrase))
  }
  await session.useKeys(next)
}

const endPart = (place: Place): HTMLElement => element('section', { id: 'end' }, [forgetButton(place)])
