import { button, element, fill, part } from './elements.ts'
import { takeFile, takeText, type Desk, type ScanMode } from './hand-in.ts'
import { idleMinutes, watchIdle } from './idle.ts'
import { keysView } from './keys-view.ts'
import type { OpenedLabel } from '../core/label.ts'
import { runView } from './run-view.ts'
import { scanView, type Scanner } from './scan-view.ts'
import { sendView } from './send-view.ts'
import type { Session } from './session.ts'
import { nextStop } from './stop-order.ts'
import { tellerIn, type Teller } from './teller.ts'
import { chooseLanguage, language, languageNames, languages, speak, t, type Language } from './texts/texts.ts'
import { trustView } from './trust-view.ts'
import { unlockView } from './unlock-view.ts'

const tabs = ['run', 'scan', 'send', 'keys'] as const
type Tab = (typeof tabs)[number]

/** Everything a view needs: the courier's work, how to speak, and what is shown just now. */
export interface Place extends Desk {
  readonly scanner: Scanner
  label(): OpenedLabel | undefined
  /** The stop that was chosen; undefined for whichever is next. */
  chosen(): number | undefined
  choose(stop: number | undefined): void
  setMode(mode: ScanMode): void
  go(tab: Tab): void
  draw(): void
}

/** Puts the opener on the page and keeps it in step with the session. */
export function startOpener(session: Session): void {
  speak(chooseLanguage([session.memory.language(), ...navigator.languages]))
  const tell = tellerIn(part('message'))
  const place = placeOf(session, tell)
  session.onChange(() => place.draw())
  takeFromPage(place)
  addEventListener('storage', () => session.refresh())
  watchIdle(() => {
    if (!session.keys()) return
    place.scanner.stop()
    void session.useKeys(undefined)
    tell.bad(t('keys.idle', { minutes: idleMinutes }))
  })
  place.draw()
}

function placeOf(session: Session, tell: Teller): Place {
  const shown: { tab: Tab; mode: ScanMode; stop?: number | undefined; label?: OpenedLabel | undefined } = {
    tab: 'run',
    mode: 'find',
  }
  const scanner: Scanner = { camera: undefined, stop: () => undefined }
  const place: Place = {
    session,
    tell,
    scanner,
    mode: () => shown.mode,
    setMode(mode) {
      shown.mode = mode
      place.draw()
    },
    chosen: () => shown.stop,
    choose(stop) {
      shown.stop = stop
      place.draw()
    },
    label: () => shown.label,
    showLabel(label) {
      shown.label = label
      if (shown.tab === 'scan') place.draw()
    },
    showStop(stop) {
      scanner.stop()
      shown.stop = stop === nextStop(session.work())?.stop ? undefined : stop
      place.go('run')
    },
    go(tab) {
      if (tab !== 'scan') scanner.stop()
      const isNew = tab !== shown.tab
      shown.tab = tab
      place.draw()
      if (isNew) scrollTo(0, 0)
    },
    draw() {
      if (!session.keys()) [shown.tab, shown.stop, shown.label] = ['run', undefined, undefined]
      drawAll(place, shown.tab)
    },
  }
  return place
}

function drawAll(place: Place, tab: Tab): void {
  document.documentElement.lang = language()
  fill(part('heading'), [heading(place)])
  part('tabs').hidden = !place.session.keys()
  fill(
    part('tabs'),
    tabs.map((one) => tabButton(place, one, one === tab)),
  )
  part('tabs').setAttribute('aria-label', t('title'))
  fill(part('page'), viewOf(place, tab))
}

function viewOf(place: Place, tab: Tab): readonly Node[] {
  const { session } = place
  if (!session.keys()) return unlockView(place)
  if (session.waiting() && tab !== 'keys') return trustView(place)
  switch (tab) {
    case 'run':
      return runView(place)
    case 'scan':
      return scanView(place)
    case 'send':
      return sendView(place)
    case 'keys':
      return session.waiting() ? trustView(place) : keysView(place)
  }
}

function heading(place: Place): HTMLElement {
  const select = element('select', { id: 'language' })
  select.setAttribute('aria-label', t('language'))
  for (const code of Object.keys(languages) as Language[])
    // its own keys
    select.append(element('option', { value: code, lang: code }, [languageNames[code]]))
  select.value = language()
  select.addEventListener('change', () => {
    const next = chooseLanguage([select.value])
    speak(next)
    place.session.memory.keepLanguage(next)
    place.draw()
  })
  return element('div', { className: 'heading' }, [
    element('div', {}, [
      element('h1', {}, [t('title')]),
      !place.session.keys() && element('p', { className: 'muted' }, [t('subtitle')]),
    ]),
    select,
  ])
}

function tabButton(place: Place, tab: Tab, isHere: boolean): HTMLElement {
  const press = (): void => {
    place.tell.quiet()
    place.go(tab)
  }
  const made = button(t(`tab.${tab}`), { id: `tab-${tab}`, onPress: press })
  if (isHere) made.setAttribute('aria-current', 'page')
  return made
}

/** Files and texts may be dropped or pasted anywhere on the page. */
function takeFromPage(place: Place): void {
  const { tell } = place
  addEventListener('dragover', (event) => event.preventDefault())
  addEventListener('drop', (event) => {
    event.preventDefault()
    const [file] = event.dataTransfer?.files ?? []
    const text = event.dataTransfer?.getData('text/plain') ?? ''
    if (file) void tell.trying(() => takeFile(place, file))
    else if (text !== '') void tell.trying(() => takeText(place, text))
  })
  addEventListener('paste', (event) => {
    const [file] = event.clipboardData?.files ?? []
    const isInField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (file) void tell.trying(() => takeFile(place, file))
    else if (!isInField && text !== '') void tell.trying(() => takeText(place, text))
  })
}
