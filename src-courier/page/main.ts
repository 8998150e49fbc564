import { sectionOf } from './elements.ts'
import { showKeys } from './keys-view.ts'
import { showLabel } from './label-view.ts'
import { showManifest } from './manifest-view.ts'
import { sentenceFor } from './sentences.ts'
import { startSession } from './session.ts'
import { showStops } from './stops-view.ts'
import type { Teller } from './teller.ts'

const message = sectionOf('message')

function say(sentence: string, kind: 'good' | 'bad'): void {
  message.hidden = sentence === ''
  message.className = kind
  message.textContent = sentence
}

const tell: Teller = {
  good: (sentence) => say(sentence, 'good'),
  bad: (sentence) => say(sentence, 'bad'),
  async trying(work) {
    try {
      say('', 'good')
      await work()
    } catch (error) {
      say(sentenceFor(error), 'bad')
    }
  },
}

const session = startSession()

/** The label section keeps what was typed into it, so it is drawn anew only when keys come or go. */
let shownKeys: unknown = null
function show(): void {
  showKeys(session, tell)
  showManifest(session, tell)
  showStops(session, tell)
  if (shownKeys !== session.keys()) showLabel(session, tell)
  shownKeys = session.keys()
}

session.onChange(show)
show()
