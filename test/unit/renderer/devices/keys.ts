import type { KeyPress } from '../../../../src-renderer/devices/scanner/key-press.ts'

type Named = readonly [code: string, shift?: boolean]

const byCharacter: Readonly<Record<string, Named>> = {
  '-': ['Minus'],
  ']': ['BracketRight'],
  '/': ['Slash'],
  '+': ['Equal', true],
  '.': ['Period'],
  ':': ['Semicolon', true],
  '(': ['Digit9', true],
  ')': ['Digit0', true],
}

/** What a German keyboard makes of the keys of an American one. */
const german: Readonly<Record<string, string>> = { KeyY: 'z', KeyZ: 'y', Minus: 'ß', Slash: '-', BracketRight: '+', Equal: '´' } // prettier-ignore

/** The keys of a scanner that speaks American, on a machine set to German, `gapMs` apart. Enter is `\n`, GS `\u001d`. */
export function keysOf(text: string, gapMs = 5, from = 1000): readonly KeyPress[] {
  return [...text].map((character, index) => {
    const at = from + index * gapMs
    const none = { shift: false, ctrl: false, alt: false, at }
    if (character === '\n') return { ...none, key: 'Enter', code: 'Enter' }
    if (character === '\t') return { ...none, key: 'Tab', code: 'Tab' }
    if (character === '\u001d') return { ...none, key: '+', code: 'BracketRight', ctrl: true }
    const [code, shift = false] = named(character)
    const shown = german[code] ?? character.toLowerCase()
    return { ...none, key: shift ? shown.toUpperCase() : shown, code, shift }
  })
}

function named(character: string): Named {
  if (/[a-z]/i.test(character)) return [`Key${character.toUpperCase()}`, character === character.toUpperCase()]
  return /\d/.test(character) ? [`Digit${character}`] : (byCharacter[character] ?? ['Unidentified'])
}
