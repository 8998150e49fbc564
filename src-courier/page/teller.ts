import { button, element } from './elements.ts'
import { sentenceFor } from './sentences.ts'
import { t } from './texts/texts.ts'

/** How views speak to the person; `trying` turns what is thrown into a sentence. */
export interface Teller {
  good(sentence: string, undo?: () => void): void
  bad(sentence: string): void
  quiet(): void
  trying(work: () => Promise<void> | void): Promise<void>
}

/** Speaks through one bar above the thumb: the last sentence, and what takes it back. */
export function tellerIn(bar: HTMLElement): Teller {
  const words = element('p', { id: 'message-text' })
  const acts = element('div', { className: 'acts' })
  bar.append(words, acts)
  const say = (sentence: string, options: { kind: 'good' | 'bad'; undo?: (() => void) | undefined }): void => {
    bar.hidden = sentence === ''
    bar.className = options.kind
    words.textContent = sentence
    const { undo } = options
    acts.replaceChildren(
      ...(undo ? [button(t('undo'), { id: 'undo', onPress: undo })] : []),
      closeButton(() => say('', { kind: 'good' })),
    )
  }
  const teller: Teller = {
    good: (sentence, undo) => say(sentence, { kind: 'good', undo }),
    bad: (sentence) => say(sentence, { kind: 'bad' }),
    quiet: () => say('', { kind: 'good' }),
    async trying(work) {
      try {
        await work()
      } catch (error) {
        teller.bad(sentenceFor(error))
      }
    },
  }
  return teller
}

function closeButton(onPress: () => void): HTMLButtonElement {
  const made = button('×', { id: 'dismiss', onPress })
  made.setAttribute('aria-label', t('dismiss'))
  return made
}
