import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { carrierProfilesIn } from '../../../src-main/adapters/files/carrier-profile.ts'
import { catalogueFilesWith } from '../../../src-main/adapters/files/catalogue-files.ts'

const folder = 'resources/carriers'
const profiles = carrierProfilesIn(folder)
const { readCarriers } = catalogueFilesWith({ profilesFolder: folder })
const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const entry = { code: 'mine', name: 'Mine', collection: '16:30' }
const refusal = (value: unknown): unknown => {
  try {
    return readCarriers(json(value))
  } catch (error) {
    return error
  }
}

describe.each(readdirSync(folder).filter((file) => file.endsWith('.json')))('%s', (file) => {
  const name = file.slice(0, -5)

  test('is a profile under its own name, and makes a courier out of three words', () => {
    expect(profiles.names()).toContain(name)
    const [courier] = readCarriers(json([{ ...entry, profile: name }]))
    expect(courier).toMatchObject({ code: 'mine', name: 'Mine', keys: [], channel: { kind: 'pick-up' } })
    expect(courier?.services.length).toBeGreaterThan(0)
    expect(courier?.limits.maxGrossG).toBeGreaterThan(0)
  })

  test('has an example that its own pattern takes, and claims no check without a month', () => {
    const profile = profiles.find(name)
    expect(profile?.sortCode.example).toMatch(new RegExp(profile?.sortCode.pattern ?? '^$'))
    expect(profile?.checked ?? '2026-11').toMatch(/^20\d\d-(0[1-9]|1[0-2])$/)
    const keys = Object.keys(profile?.carrier ?? {})
    const told = ['name', 'kind', 'service', 'serviceNames', 'countries', 'postcodePrefixes', 'routing', 'limits', 'labelSize', 'plansOwnRoute', 'numbers'] // prettier-ignore
    expect(keys.filter((key) => !told.includes(key))).toEqual([])
  })
})

describe('a courier that refers to a profile', () => {
  test('takes over what it leaves out, and keeps what it says itself', () => {
    const own = { ...entry, profile: 'dhl-de', labelSize: 'A6', limits: { maxGrossG: 20_000 } }
    expect(readCarriers(json([own]))[0]).toMatchObject({
      kind: 'parcel-carrier',
      labelSize: 'A6',
      serviceNames: { standard: 'DHL Paket' },
      numbers: 'sscc',
      limits: { maxGrossG: 20_000, maxLengthMm: 1200, maxGirthMm: 2400 },
    })
    expect(readCarriers(json([own]))[0]).not.toHaveProperty('profile')
  })

  test('is refused where nobody knows the profile, with the names of those there are', () => {
    expect(refusal([entry, { ...entry, profile: 'nobody' }])).toMatchObject({
      code: 'ERR_INPUT_INVALID',
      details: { path: '1.profile', expected: expect.stringContaining('dhl-de') },
    })
  })

  test('is refused with a sort code that is none of the carrier’s, with the place', () => {
    const routing = [
      { prefix: '43', code: 'N-43' },
      { prefix: '44', code: 'north 44' },
    ]
    expect(refusal([{ ...entry, profile: 'own-van', routing }])).toMatchObject({
      code: 'ERR_INPUT_INVALID',
      details: { path: '0.routing.1.code', expected: 'a sort code such as N-43' },
    })
  })
})

test('the README names every field that a profile has', () => {
  const text = readFileSync(`${folder}/README.md`, 'utf8')
  for (const field of ['format', 'name', 'title', 'checked', 'sortCode', 'carrier', 'serviceNames', 'numbers'])
    expect(text).toContain(`\`${field}\``)
})
