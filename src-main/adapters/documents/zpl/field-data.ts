/**
 * Signs that every label printer's own font has: printable ASCII and Latin-1 without its invisible ones. A backslash is
 * left out, because a field block reads it as a command.
 */
const printerSigns = /^[ -[\]-~¡-¬®-ÿ]*$/

export const isPrinterText = (text: string): boolean => printerSigns.test(text)

const plain = /^[A-Za-z0-9 .,:;()/+-]$/

/**
 * The text as ZPL field data, to be sent with `^FH_`: every sign but letters, figures and harmless stops as the hex of its
 * UTF-8 bytes, so that no text can end the field or begin a command (`^`, `~`), nor pass for such hex itself (`_`).
 */
export function fieldData(text: string): string {
  return Array.from(text, (sign) => (plain.test(sign) ? sign : hexOf(sign))).join('')
}

const hexOf = (sign: string): string =>
  Array.from(new TextEncoder().encode(sign), (byte) => `_${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
