import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBurst, usualScanner, type ScannerSettings } from '../../../../src-renderer/devices/scanner/burst.ts'
import { calibrate, calibrationCode } from '../../../../src-renderer/devices/scanner/calibrate.ts'
import { codeOfCommand, commandOf, scanCommands } from '../../../../src-renderer/devices/scanner/commands.ts'
import type { KeyPress } from '../../../../src-renderer/devices/scanner/key-press.ts'
import { keysOf } from './keys.ts'

/** Every step of a burst, and what was scanned. */
function feed(keys: readonly KeyPress[], settings: ScannerSettings = usualScanner) {
  const burst = createBurst(settings)
  const steps = keys.map((key) => burst.press(key))
  return { burst, steps, scans: steps.flatMap((step) => (step.does === 'scan' ? [step.text] : [])) }
}

describe('a scanner that types', () => {
  test('is understood through another layout: keys count, not what is printed on them', () => {
    expect(feed(keysOf('AZ-2y/]C101+\n')).scans).toEqual(['AZ-2y/]C101+'])
    const asTyped = { ...usualScanner, reading: 'as-typed' } as const
    expect(feed(keysOf('ayz-12\n'), asTyped).scans).toEqual(['azyß12'])
  })

  test('lets three keys through, takes them back with the fourth, and holds the rest', () => {
    expect(feed(keysOf('12345\n')).steps.map(({ does }) => does)).toEqual([
      'watch',
      'watch',
      'watch',
      'begin',
      'hold',
      'scan',
    ])
  })

  test('is told from a person by its pace alone', () => {
    expect(feed(keysOf('4006381333931\n', 70)).steps.every(({ does }) => does === 'watch' || does === 'pass')).toBe(
      true,
    )
    expect(feed(keysOf('4006381333931\n', 30)).scans).toEqual(['4006381333931'])
  })

  test('that falls silent without its suffix has typed text; one calibrated to send none has scanned', () => {
    const typed = feed(keysOf('4006381'))
    expect(typed.burst.settle(1040)).toBeUndefined()
    expect(typed.burst.settle(5000)).toEqual({ isScan: false, text: '4006381' })
    expect(typed.burst.settle(9000)).toBeUndefined()
    const scanned = feed(keysOf('4006381'), { ...usualScanner, suffix: [] })
    expect(scanned.burst.settle(5000)).toEqual({ isScan: true, text: '4006381' })
  })

  test('sends ASCII 29 as Ctrl and bracket, as digits behind Alt, or as whatever calibration has found', () => {
    expect(feed(keysOf('10AB\u001d21X\n')).scans).toEqual(['10AB\u001d21X'])
    const alt = (code: string, at: number): KeyPress => ({ key: '', code, shift: false, ctrl: false, alt: true, at })
    const digits = [...keysOf('10AB'), alt('Numpad0', 1021), alt('Numpad2', 1022), alt('Numpad9', 1023)]
    expect(feed([...digits, ...keysOf('21X\n', 5, 1030)]).scans).toEqual(['10AB\u001d21X'])
    const f8: KeyPress = { key: 'F8', code: 'F8', shift: false, ctrl: false, alt: false, at: 1020 }
    const keys = [...keysOf('10AB'), f8, ...keysOf('21X\n', 5, 1025)]
    expect(feed(keys, { ...usualScanner, separator: '{F8}' }).scans).toEqual(['10AB\u001d21X'])
  })

  test('does not mind Caps Lock, and a prefix that was calibrated makes every code one, however short', () => {
    const locked = keysOf('Ab12\n').map((key) => ({ ...key, key: key.key.toLowerCase() }))
    expect(feed(locked).scans).toEqual(['Ab12'])
    const f9: KeyPress = { key: 'F9', code: 'F9', shift: false, ctrl: false, alt: false, at: 995 }
    const short = feed([f9, ...keysOf('7\n')], { ...usualScanner, prefix: ['{F9}'] })
    expect(short.steps[0]).toEqual({ does: 'begin', isFirst: true })
    expect(short.scans).toEqual(['7'])
  })

  test('reads back any code of letters, digits and signs, whatever its pace below the limit', () => {
    const codes = fc.string({ unit: fc.constantFrom(...'ABYZabyz0189-/.+]:()'), minLength: 4, maxLength: 40 })
    fc.assert(
      fc.property(codes, fc.integer({ min: 1, max: 34 }), (code, gapMs) => {
        expect(feed(keysOf(`${code}\n`, gapMs)).scans).toEqual([code])
      }),
      { seed: 5, numRuns: 200 },
    )
  })
})

describe('calibration', () => {
  const read = (keys: readonly KeyPress[]) => {
    const answer = calibrate(keys)
    if (!answer.isRead) throw new Error('not read')
    return answer
  }

  test('learns that a scanner speaks American, what it sends before and after, and that separators arrive', () => {
    const answer = read(keysOf(`]C0${calibrationCode}\n`))
    expect(answer).toEqual({
      isRead: true,
      passesSeparator: true,
      settings: { reading: 'us', prefix: [']', 'C', '0'], suffix: ['{Enter}'], gapMs: 35 },
    })
    expect(feed(keysOf(']C0TEA-1\n'), answer.settings).scans).toEqual(['TEA-1'])
  })

  test('learns another sign in place of the separator, a slow pace, and that nothing stands at the end', () => {
    const answer = read(keysOf(calibrationCode.replace('\u001d', '\t'), 38))
    expect(answer.settings).toEqual({ reading: 'us', prefix: [], suffix: [], gapMs: 76, separator: '{Tab}' })
    expect(read(keysOf(calibrationCode.replace('\u001d', ''))).passesSeparator).toBe(false)
  })

  test('learns that a scanner was set to the layout of the machine', () => {
    const keys = keysOf(`${calibrationCode}\n`).map((key, index) => ({
      ...key,
      key: `${calibrationCode}\n`[index] === '\n' ? 'Enter' : (`${calibrationCode}\n`[index] ?? ''),
      code: key.code === 'KeyY' ? 'KeyZ' : key.code === 'KeyZ' ? 'KeyY' : key.code,
    }))
    expect(read(keys).settings.reading).toBe('as-typed')
  })

  test('says so when the code was not among what was typed', () => {
    expect(calibrate(keysOf('4006381333931\n'))).toEqual({ isRead: false })
    expect(calibrate([])).toEqual({ isRead: false })
  })
})

test('each command of the sheet has a code that is read back as that command, and nothing else is one', () => {
  for (const command of scanCommands) expect(commandOf(codeOfCommand(command))).toBe(command)
  expect(commandOf('4006381333931')).toBeUndefined()
})
