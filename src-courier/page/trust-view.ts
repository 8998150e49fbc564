import { fingerprintWords } from '../../src-main/kernel/fingerprint.ts'
import { button, element, row } from './elements.ts'
import type { Place } from './opener.ts'
import { t } from './texts/texts.ts'

/** A shop's key that is new here: the courier compares its words by telephone before anything of it is shown. */
export function trustView(place: Place): readonly Node[] {
  const { session, tell } = place
  const waiting = session.waiting()
  if (!waiting) return []
  const trust = (): Promise<void> =>
    tell.trying(async () => {
      await session.trust()
      tell.good(t('shop.trusted'))
    })
  const refuse = (): void => {
    session.waitFor(undefined)
    tell.bad(t('shop.refused'))
  }
  const intro = waiting.shopName === undefined ? t('shop.key') : t('shop.first', { shop: waiting.shopName })
  return [
    element('section', { id: 'trust' }, [
      element('p', {}, [intro]),
      element('p', { className: 'words', id: 'shop-words', lang: 'en' }, [fingerprintWords(waiting.shopKid).join(' ')]),
      row([
        button(t('shop.trust'), { id: 'trust-shop', isFirst: true, onPress: trust }),
        button(t('shop.refuse'), { id: 'refuse-shop', onPress: refuse }),
      ]),
    ]),
  ]
}
