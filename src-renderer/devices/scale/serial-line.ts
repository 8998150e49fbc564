import { gramsIn, weighed, type ScaleReading } from './reading.ts'

/** How a scale on a serial line talks: what asks it for a weight, if anything does. */
export interface SerialManner {
  readonly name: 'sics' | 'kern' | 'continuous'
  /** Sent every so often; undefined for a scale that talks by itself. */
  readonly ask: string | undefined
}

/** `sics`: Mettler Toledo MT-SICS, Sartorius, newer Kern, many others. `kern`: older Kern. `continuous`: A&D, CAS, Ohaus. */
export const serialManners: readonly SerialManner[] = [
  { name: 'sics', ask: 'SI\r\n' },
  { name: 'kern', ask: 'w' },
  { name: 'continuous', ask: undefined },
]

const amount = String.raw`([+-]?)\s*(\d+(?:[.,]\d+)?)\s*([a-zA-Z]*)`
/** `S S     1.234 kg`, `S D   1.230 kg`, `SI ...`; `S +` overload, `S -` underload, `S I` busy, `ES` not understood. */
const sics = new RegExp(`^SI?\\s+([SD])\\s+${amount}$`)
/** `ST,GS,+  1.234kg`, `US,NT, 1.2 kg`, `ST,+00012.34  g`, `OL,...`: A&D, CAS, Ohaus. */
const headed = new RegExp(`^(ST|US|QT)\\s*,\\s*(?:(?:GS|NT|TR)\\s*,?\\s*)?${amount}$`)
/** `      1.234 kg`: with unit it stands still, without it moves (Kern, older Sartorius). */
const bare = new RegExp(`^${amount}$`)

/** Reads one line of a scale; undefined for one that tells no weight. */
export function readSerialLine(line: string): ScaleReading | undefined {
  const text = line.trim()
  if (/^(SI?\s+\+|OL\b|\+OL|[Hh]{2,}$|.*[Ee]rr?\s*[+]?[Hh]$)/.test(text)) return { state: 'overload' }
  if (/^(SI?\s+-$|UL\b|-OL|[Ll]{3,}$)/.test(text)) return { state: 'underload' }
  const inSics = sics.exec(text)
  if (inSics) return reading(inSics.slice(2), inSics[1] === 'S')
  const inHeaded = headed.exec(text)
  if (inHeaded) return reading(inHeaded.slice(2), inHeaded[1] !== 'US')
  const inBare = bare.exec(text)
  if (!inBare) return undefined
  const [, sign = '', digits = '', unit = ''] = inBare
  return unit === '' ? moving(sign, digits) : reading([sign, digits, unit], true)
}

function reading([sign = '', digits = '', unit = '']: readonly string[], isStable: boolean): ScaleReading | undefined {
  const perUnit = gramsIn(unit)
  if (perUnit === undefined) return undefined
  return weighed(Number(`${sign}${digits.replace(',', '.')}`) * perUnit, isStable)
}

/** Without its unit nobody knows how much it is; it will say so once it stands still. */
const moving = (sign: string, digits: string): ScaleReading =>
  sign === '-' && Number(digits.replace(',', '.')) > 0 ? { state: 'underload' } : { state: 'moving', grams: 0 }

/** Longer than any line of a scale: noise, or another baud rate. */
const longestLine = 80

/** Puts lines together from bytes as they come, whatever ends them (CR, LF, both). */
export function lineReader(onLine: (line: string) => void): (bytes: Uint8Array) => void {
  let text = ''
  return (bytes) => {
    for (const byte of bytes) {
      // Some scales send seven bits and a parity bit.
      const sign = byte & 0x7f
      if (sign !== 0x0d && sign !== 0x0a) {
        if (sign >= 0x20 && text.length < longestLine) text += String.fromCharCode(sign)
      } else if (text !== '') {
        onLine(text)
        text = ''
      }
    }
  }
}
