import { describe, expect, test } from 'vitest'
import { carrierFiles } from '../../../src-main/adapters/carrier-files/carrier-files.ts'
import { isKnownField } from '../../../src-main/adapters/carrier-files/fields.ts'
import { readProfiles } from '../../../src-main/adapters/carrier-files/profile.ts'
import { AppError } from '../../../src-main/kernel/errors.ts'
import type { LabelSender, LabelShipment } from '../../../src-main/ports/carrier-labels.ts'
import type { Recipient } from '../../../src-main/domain/recipient.ts'

const profilesFolder = 'resources/carrier-uploads'
const files = carrierFiles({ profilesFolder })

const shipment = (given: Partial<LabelShipment> = {}, recipient: Partial<Recipient> = {}): LabelShipment => ({
  number: 'C00000000017',
  parcelCode: '231-07A',
  grossG: 1234,
  outerMm: [200, 305, 101],
  service: 'standard',
  recipient: {
    name: 'Erika Müller',
    lines: ['Am Alten Markt 12 a', 'Hinterhaus, 3. Stock'],
    postcode: '10115',
    city: 'Berlin',
    country: 'DE',
    phone: '+49 30 1234',
    ...recipient,
  },
  ...given,
})

const asked: { readonly [profile: string]: LabelSender['values'] } = {
  'dhl-vls': {
    billingNumber: '22222222220101',
    billingNumberAbroad: '22222222225301',
    senderStreet: 'Ladenstraße',
    senderHouseNumber: '1',
    senderPostcode: '10117',
    senderCity: 'Berlin',
  },
  'usps-click-n-ship': {
    senderStreet: '1 Shop St',
    senderCity: 'Springfield',
    senderState: 'IL',
    senderZip: '62701',
  },
}

const sender = (profile: string, country = 'DE'): LabelSender => ({
  name: 'Corner Shop',
  country,
  day: '2026-11-23',
  values: asked[profile] ?? {},
})

async function written(profile: string, shipments: readonly LabelShipment[], country?: string) {
  const request = await files.request(shipments, { profile, sender: sender(profile, country) })
  if (request.kind !== 'file') throw new Error('not a file')
  const encoding = request.mediaType.includes('1252') ? 'windows-1252' : 'utf-8'
  return { ...request, text: new TextDecoder(encoding, { ignoreBOM: true }).decode(request.bytes) }
}

const lines = (text: string): readonly string[] => text.split('\r\n')

async function problemsOf(profile: string, shipments: readonly LabelShipment[]): Promise<unknown> {
  try {
    await written(profile, shipments)
  } catch (error) {
    if (error instanceof AppError && error.code === 'ERR_UPLOAD_INVALID') return error.details['problems']
    throw error
  }
  return []
}

describe('upload profiles', () => {
  test('fill every column from something that is known, and ask for what they need', async () => {
    const profiles = await readProfiles(profilesFolder)
    expect([...profiles.keys()]).toEqual([
      'dhl-vls',
      'generic',
      'royal-mail-click-and-drop',
      'ups-batch-us',
      'ups-batch',
      'usps-click-n-ship',
    ])
    for (const profile of profiles.values()) {
      const places = [
        ...Object.values(profile.services).flatMap(Object.values),
        ...Object.values(profile.accounts ?? {}),
      ]
      const used = [
        ...profile.columns.flatMap(({ from }) => (from === undefined ? [] : [from])),
        ...(places as string[]),
      ]
      for (const from of used) expect(isKnownField(from, profile), `${profile.name}: ${from}`).toBe(true)
      expect(used, profile.name).toContain('reference')
    }
  })

  test('DHL: semicolons, Windows letters, three-letter countries, house numbers of their own, decimal commas', async () => {
    const { text, bytes } = await written('dhl-vls', [
      shipment(),
      shipment(
        { number: 'C00000000024', service: 'express' },
        {
          name: 'Łukasz Żak',
          company: 'Żak; Söhne',
          lines: ['Rynek Główny 1'],
          city: 'Kraków',
          country: 'PL',
          postcode: '31-042',
        },
      ),
    ])
    const [header = '', first, second] = lines(text)
    expect(header.split(';').slice(0, 4)).toEqual([
      'Sendungsreferenz',
      'Sendungsdatum',
      'Absender Name 1',
      'Absender Name 2',
    ])
    expect(header.split(';')).toHaveLength(32)
    expect(first).toBe(
      'C00000000017;23.11.2026;Corner Shop;;;Ladenstraße;1;10117;Berlin;;DEU;;;;Erika Müller;;Hinterhaus, 3. Stock;' +
        'Am Alten Markt;12 a;10115;Berlin;;DEU;231-07A;;0049 30 1234;1,234;31;20;11;V01PAK;22222222220101',
    )
    expect(second).toBe(
      'C00000000024;23.11.2026;Corner Shop;;;Ladenstraße;1;10117;Berlin;;DEU;;;;"Zak; Söhne";Lukasz Zak;;' +
        'Rynek Glówny;1;31-042;Kraków;;POL;231-07A;;0049 30 1234;1,234;31;20;11;V53WPAK;22222222225301',
    )
    expect(bytes.includes(0xfc)).toBe(true)
  })

  test('UPS: no heading, every column in its place, kilograms or pounds', async () => {
    const { text } = await written('ups-batch', [shipment({}, { company: 'Müller AG' })])
    const [row = '', end] = lines(text)
    expect(end).toBe('')
    const cells = row.split(',')
    expect(row.startsWith('Erika Müller,Müller AG,DE,Am Alten Markt 12 a,"Hinterhaus, 3. Stock",,Berlin,,10115,0049 30 1234,,0,,2,,')).toBe(true) // prettier-ignore
    // One comma stands in the quoted cell.
    expect(cells).toHaveLength(68 + 1)
    expect(cells.slice(16, 21)).toEqual(['1.3', '31', '20', '11', 'KG'])
    expect(cells.slice(25, 26)).toEqual(['11'])
    expect(cells.slice(33, 35)).toEqual(['C00000000017', '231-07A'])
    const us = lines(
      (await written('ups-batch-us', [shipment({}, { country: 'US', lines: ['1 Main St'] })], 'US')).text,
    )
    expect(us[0]?.split(',').slice(15, 20)).toEqual(['2.8', '13', '8', '4', 'LB'])
    expect(us[0]?.split(',')[24]).toBe('03')
  })

  test('Royal Mail: its own headings, whole country names, a reference that is never a bare number', async () => {
    const { text } = await written(
      'royal-mail-click-and-drop',
      [shipment({ number: '395212340000000175' }, { country: 'GB', postcode: 'SW1A 1AA', city: 'London' })],
      'GB',
    )
    const [header, row] = lines(text)
    expect(header).toBe(
      'Order reference,Special instructions,Date,Weight,Package Size,Service code,Full name,Company Name,Address Line 1,' +
        'Address Line 2,Address Line 3,City,County,Postcode,Country,Phone',
    )
    expect(row).toBe(
      'P-395212340000000175,,23/11/26,1.234,Parcel,TRN48,Erika Müller,,Am Alten Markt 12 a,"Hinterhaus, 3. Stock",,' +
        'London,,SW1A 1AA,United Kingdom,0049301234',
    )
  })

  test('USPS: first and last names, states, pounds and ounces, inches', async () => {
    const { text } = await written(
      'usps-click-n-ship',
      [shipment({}, { name: 'Mary Ann Doe', country: 'US', region: 'NY', lines: ['1 Main St'], postcode: '10001' })],
      'US',
    )
    const [header = '', row = ''] = lines(text)
    const cell = (name: string): string | undefined => row.split(',')[header.split(',').indexOf(name)]
    expect(header.split(',')).toHaveLength(56)
    expect(['Reference ID', 'Shipping Date', 'Recipient First Name', 'Recipient Last Name', 'Recipient State', 'Recipient Province'].map(cell)).toEqual(['C00000000017', '11/23/2026', 'Mary Ann', 'Doe', 'NY', '']) // prettier-ignore
    expect(['Package Weight (lb)', 'Package Weight (oz)', 'Length', 'Width', 'Height', 'Service Type'].map(cell)).toEqual(['2', '11.6', '12.1', '7.9', '4.0', 'USPS Ground Advantage']) // prettier-ignore
  })

  test('any other courier: a plain table in Unicode', async () => {
    const { text } = await written('generic', [shipment({}, { name: '山田 太郎', country: 'JP' })])
    expect(text.startsWith('\uFEFFreference,parcel,date')).toBe(true)
    expect(lines(text)[1]).toBe(
      'C00000000017,231-07A,2026-11-23,,standard,山田 太郎,,Am Alten Markt 12 a,"Hinterhaus, 3. Stock",,10115,Berlin,,JP,' +
        '0049 30 1234,,1.234,30.5,20.0,10.1',
    )
  })
})

describe('what customers write', () => {
  test('never becomes a formula, a second line or a further column', async () => {
    const nasty = shipment({}, {
      name: '=cmd|\' /C calc\'!A0',
      company: '@SUM(A1:A9)',
      lines: ['Line one\r\nC999,evil', '-2+3', '\u202Etxt.exe', '"quoted", and more'],
      city: '+HYPERLINK("http://evil.example")',
      phone: '+1;2',
      instructions: '\t=1+1',
    }) // prettier-ignore
    const { text } = await written('generic', [nasty])
    expect(lines(text)).toHaveLength(3)
    const row = lines(text)[1] ?? ''
    expect(row).toContain(",'=cmd|' /C calc'!A0,'@SUM(A1:A9),\"Line one C999,evil\",'-2+3,")
    expect(row).toContain(`"'+HYPERLINK(""http://evil.example"")"`)
    expect(row).toContain(",'=1+1,")
    expect(row).not.toMatch(/[\u202e\t]/)
    expect(row).not.toMatch(/(^|,)"?[=+@-][^,]*[A-Za-z(]/)
  })

  test('is never cut off: what is too long, missing or in other letters is named by line and column', async () => {
    const long = shipment({ number: 'C00000000024' }, { name: 'N'.repeat(500) })
    const greek = shipment({ number: 'C00000000031' }, { city: 'Αθήνα' })
    const bare = shipment({ number: 'C00000000048' }, { lines: [] })
    expect(await problemsOf('dhl-vls', [shipment(), long, greek, bare])).toEqual([
      { line: 2, number: 'C00000000024', column: 'Empfänger Name 1', problem: 'too-long', most: 50 },
      { line: 3, number: 'C00000000031', column: 'Empfänger Ort', problem: 'letters', most: 40 },
      { line: 4, number: 'C00000000048', column: 'Empfänger Straße', problem: 'missing', most: 50 },
    ])
    expect(JSON.stringify(await problemsOf('dhl-vls', [long]))).not.toContain('NNN')
  })

  test('in letters that the format lacks is written in the nearest ones, and that is said', async () => {
    const { changed } = await written('dhl-vls', [shipment({}, { city: 'Łódź' })])
    expect(changed).toEqual([{ number: 'C00000000017', column: 'Empfänger Ort' }])
  })

  test('cannot make a line a comment where the courier has comments', async () => {
    expect((await written('ups-batch', [shipment({}, { name: '#1 Fan' })])).text.startsWith('1 Fan,')).toBe(true)
  })
})

describe('what the shop was asked for', () => {
  test('is named when it is missing or not of the kind', async () => {
    const request = files.request([shipment()], {
      profile: 'dhl-vls',
      sender: { ...sender('generic'), values: { ...asked['dhl-vls'], billingNumber: '12', senderCity: '' } },
    })
    await expect(request).rejects.toMatchObject({
      code: 'ERR_UPLOAD_INVALID',
      details: {
        problems: [
          { line: 0, column: 'billingNumber', problem: 'value' },
          { line: 1, column: 'Absender Ort', problem: 'missing' },
        ],
      },
    })
  })

  test('more lines than the courier takes at once are refused as a whole', async () => {
    const many = Array.from({ length: 251 }, () => shipment())
    expect(await problemsOf('ups-batch', many)).toMatchObject([{ line: 251, problem: 'too-many-lines', most: 250 }])
  })
})
