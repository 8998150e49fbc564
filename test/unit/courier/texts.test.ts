import { describe, expect, test } from 'vitest'
import { AppError, type ErrorCode } from '../../../src-main/kernel/errors.ts'
import { sentenceFor } from '../../../src-courier/page/sentences.ts'
import { en, type TextKey } from '../../../src-courier/page/texts/en.ts'
import { chooseLanguage, languages, speak, t, wordFor, type Language } from '../../../src-courier/page/texts/texts.ts'

const gapsIn = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted()

describe('the opener’s words', () => {
  test.each(Object.keys(languages) as Language[])('in %s say everything, with the same gaps', (language) => {
    const texts = languages[language]
    expect(Object.keys(texts).toSorted()).toEqual(Object.keys(en).toSorted())
    for (const key of Object.keys(en) as TextKey[]) {
      expect([key, gapsIn(texts[key])]).toEqual([key, gapsIn(en[key])])
      expect([key, texts[key].trim().length > 0]).toEqual([key, true])
    }
  })

  test('are in the first language that the browser asks for and we speak', () => {
    expect(chooseLanguage([undefined, 'fr-FR', 'de-AT', 'en'])).toBe('de')
    expect(chooseLanguage(['ja'])).toBe('ja')
    expect(chooseLanguage(['tlh'])).toBe('en')
    speak('de')
    expect(t('tab.send')).toBe('Senden')
    expect(wordFor('handling', 'fragile')).toBe('Zerbrechlich')
    expect(wordFor('handling', 'of-tomorrow')).toBe('of-tomorrow')
    speak('en')
  })

  test('name what happened and leave no gap open', () => {
    const cases: [ErrorCode, Record<string, string | number>, string][] = [
      ['ERR_SEALED_BLOCK_INVALID', { reason: 'repeated-parcel', parcelNumber: 'C1' }, 'Parcel C1 is in this manifest twice'],
      ['ERR_SEALED_BLOCK_INVALID', { reason: 'cut' }, 'changed, cut off or damaged'],
      ['ERR_SEALED_BLOCK_MOVED', { sealedFor: 'C1', foundOn: 'C2' }, 'another parcel (C1, not C2)'],
      ['ERR_COURIER_KEY_INVALID', { reason: 'wait', seconds: 8 }, 'in 8 seconds'],
      ['ERR_COURIER_KEY_INVALID', { reason: 'not-json' }, 'no key file of yours (not-json)'],
      ['ERR_MANIFEST_CLOSED', { manifest: 'VAN-1' }, 'VAN-1'],
    ] // prettier-ignore
    for (const [code, details, words] of cases) {
      const sentence = sentenceFor(new AppError(code, details))
      expect(sentence).toContain(words)
      expect(gapsIn(sentence)).toEqual([])
    }
    expect(sentenceFor(new Error('Anna'))).not.toContain('Anna')
  })
})
