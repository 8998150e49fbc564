import { pairMs } from '../../stores/letter-keys.ts'
import { createBurst, type ScannerSettings } from './burst.ts'
import type { KeyPress } from './key-press.ts'

/** Where scans go, and fast typing that was none. */
export interface ScanSink {
  /** `isContinued`: it was begun by slower keys just before, which are still in the field (a machine that stutters). */
  scan(text: string, isContinued: boolean): void
  /** Nobody had the focus when it was typed. */
  typed(text: string): void
  /** Takes what is typed while nothing else asks for text. */
  focus(): void
  /** Every key while somebody calibrates; true = it is nobody else's. */
  spy?(press: KeyPress): boolean
}

/** What stands in the field for longer than this was left behind and is no part of the next scan. */
const freshMs = 1_500

type TextField = HTMLInputElement | HTMLTextAreaElement

const textField = (element: Element | null): TextField | undefined =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file', 'range'].includes(element.type))
    ? element
    : undefined

/**
 * Listens to every key of the window before anybody else does. A scan never lands in a field, on a button or in a
 * shortcut: what went through before it was known as one is taken back. Answers how to stop.
 */
export function listenForScans(settings: ScannerSettings, sink: ScanSink): () => void {
  const burst = createBurst(settings)
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The field that the first keys went into, what it held before, and whether that was typed just now. */
  let taken: { readonly field: TextField; readonly value: string; readonly isFresh: boolean } | undefined
  let lastAt = -Infinity
  let goneAt = -Infinity

  const write = (field: TextField, value: string): void => {
    field.value = value
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  function settle(at: number): void {
    const settled = burst.settle(at)
    if (!settled) return
    if (settled.isScan) sink.scan(settled.text, taken?.isFresh === true)
    else if (taken) write(taken.field, taken.field.value + settled.text)
    else sink.typed(settled.text)
  }
  function hold(event: KeyboardEvent): void {
    event.preventDefault()
    event.stopImmediatePropagation()
    clearTimeout(timer)
    timer = setTimeout(() => settle(Infinity), burst.quietMs)
  }

  /** Where nothing asks for text, `g` and the letter after it lead to another screen and are no beginning of a code. */
  function leadsAway({ key, at }: KeyPress): boolean {
    if (key === 'g') goneAt = at
    return at - goneAt < pairMs
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing || event.metaKey) return
    const press: KeyPress = {
      key: event.key,
      code: event.code,
      shift: event.shiftKey,
      ctrl: event.ctrlKey,
      alt: event.altKey,
      // When the key was pressed, not when a busy page comes to it.
      at: event.timeStamp,
    }
    if (sink.spy?.(press) === true) {
      event.preventDefault()
      return event.stopImmediatePropagation()
    }
    settle(press.at)
    const step = burst.press(press)
    switch (step.does) {
      case 'pass':
        return
      case 'watch':
        if (!textField(document.activeElement) && press.key !== ' ' && !press.ctrl && !leadsAway(press)) sink.focus()
        if (step.isFirst) taken = snapshot(press.at)
        lastAt = press.at
        return
      case 'begin':
        if (step.isFirst) taken = snapshot(press.at)
        else if (taken) write(taken.field, taken.value)
        return hold(event)
      case 'hold':
        return hold(event)
      case 'scan':
        hold(event)
        clearTimeout(timer)
        return sink.scan(step.text, taken?.isFresh === true)
    }
  }
  function snapshot(at: number): typeof taken {
    const field = textField(document.activeElement)
    return field && { field, value: field.value, isFresh: at - lastAt < freshMs }
  }
  const onKeyUp = (event: KeyboardEvent): void => void (event.key === 'Alt' && burst.altUp())

  window.addEventListener('keydown', onKeyDown, { capture: true })
  window.addEventListener('keyup', onKeyUp, { capture: true })
  return () => {
    clearTimeout(timer)
    window.removeEventListener('keydown', onKeyDown, { capture: true })
    window.removeEventListener('keyup', onKeyUp, { capture: true })
  }
}
