import { groupSeparator } from '../../../src-main/kernel/scanned-code.ts'

/** One key as the browser tells it. `at` in milliseconds, of any beginning. */
export interface KeyPress {
  /** What this machine's layout makes of it. */
  readonly key: string
  /** Which key it was, whatever is printed on it: `KeyZ`, `Digit1`. */
  readonly code: string
  readonly shift: boolean
  readonly ctrl: boolean
  readonly alt: boolean
  readonly at: number
}

/**
 * Which signs a scanner's keys stand for. `us`: those of the American keyboard, which scanners speak when nobody has told
 * them otherwise; read off `code`, so that this machine's own layout does not matter. `as-typed`: what the machine makes of
 * them, for scanners that were set to its layout.
 */
export type KeyReading = 'us' | 'as-typed'

const shiftedDigits = ')!@#$%^&*('
const others: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
}

/** Keys that write nothing and still tell something: before or after a code. */
const signs: ReadonlySet<string> = new Set(['Enter', 'NumpadEnter', 'Tab'])

/**
 * What a key stands for: one sign, or its name in braces (`{Enter}`, `{F9}`); undefined for keys that stand for nothing,
 * such as Shift alone and shortcuts. Ctrl and the closing bracket is ASCII 29, which scanners send between GS1 fields.
 */
export function signOf(press: KeyPress, reading: KeyReading): string | undefined {
  const { code, key } = press
  if (press.ctrl) return !press.alt && code === 'BracketRight' ? groupSeparator : withAltGr(press, reading)
  if (signs.has(code) || key === 'Enter' || key === 'Tab') return key === 'Tab' || code === 'Tab' ? '{Tab}' : '{Enter}'
  if (/^F\d{1,2}$/.test(code)) return `{${code}}`
  if (press.alt) return undefined
  const asTyped = [...key].length === 1 ? key : undefined
  return reading === 'us' ? (onUsKeyboard(press) ?? asTyped) : asTyped
}

/** AltGr comes as Ctrl and Alt together where the layout has it; American keyboards have none. */
const withAltGr = ({ alt, key }: KeyPress, reading: KeyReading): string | undefined =>
  alt && reading === 'as-typed' && [...key].length === 1 ? key : undefined

function onUsKeyboard({ code, shift }: KeyPress): string | undefined {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  // Not the machine's Caps Lock decides, but whether the scanner held Shift.
  if (letter !== undefined) return shift ? letter : letter.toLowerCase()
  const digit = /^(Digit|Numpad)(\d)$/.exec(code)
  if (digit) return shift && digit[1] === 'Digit' ? shiftedDigits[Number(digit[2])] : digit[2]
  return others[code]?.[shift ? 1 : 0]
}

/** A digit of Alt and the numeric keypad, by which scanners on Windows write signs that have no key. */
export const altDigitOf = ({ alt, ctrl, code }: KeyPress): string | undefined =>
  alt && !ctrl ? /^Numpad(\d)$/.exec(code)?.[1] : undefined

export const isModifier = (key: string): boolean =>
  ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Dead'].includes(key)
