interface PostcodeRule {
  readonly pattern: RegExp
  readonly example: string
}

const digits = (count: number, example: string): PostcodeRule => ({
  pattern: new RegExp(`^\\d{${count}}$`),
  example,
})

/**
 * How postcodes look, for the countries that parcels mostly go to (Universal Postal Union, addressing systems). Only
 * the form: whether the number exists, the courier knows.
 */
const ruleByCountry: Readonly<Record<string, PostcodeRule>> = {
  AT: digits(4, '1010'),
  AU: digits(4, '2000'),
  BE: digits(4, '1000'),
  BG: digits(4, '1000'),
  CA: { pattern: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i, example: 'K1A 0B1' },
  CH: digits(4, '8001'),
  CZ: { pattern: /^\d{3} ?\d{2}$/, example: '110 00' },
  DE: digits(5, '10115'),
  DK: digits(4, '1050'),
  EE: digits(5, '10111'),
  ES: digits(5, '28001'),
  FI: digits(5, '00100'),
  FR: digits(5, '75001'),
  GB: { pattern: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i, example: 'SW1A 1AA' },
  GR: { pattern: /^\d{3} ?\d{2}$/, example: '105 57' },
  HR: digits(5, '10000'),
  HU: digits(4, '1051'),
  IT: digits(5, '00118'),
  JP: { pattern: /^\d{3}-?\d{4}$/, example: '100-0001' },
  KR: digits(5, '03051'),
  LI: digits(4, '9490'),
  LT: { pattern: /^(LT-)?\d{5}$/i, example: 'LT-01100' },
  LU: { pattern: /^(L-)?\d{4}$/i, example: '1111' },
  LV: { pattern: /^LV-\d{4}$/i, example: 'LV-1050' },
  MC: { pattern: /^980\d{2}$/, example: '98000' },
  MT: { pattern: /^[A-Z]{3} ?\d{4}$/i, example: 'VLT 1117' },
  NL: { pattern: /^\d{4} ?[A-Z]{2}$/i, example: '1012 JS' },
  NO: digits(4, '0010'),
  NZ: digits(4, '6011'),
  PL: { pattern: /^\d{2}-\d{3}$/, example: '00-001' },
  PT: { pattern: /^\d{4}-\d{3}$/, example: '1000-205' },
  RO: digits(6, '010011'),
  SE: { pattern: /^\d{3} ?\d{2}$/, example: '111 29' },
  SI: digits(4, '1000'),
  SK: { pattern: /^\d{3} ?\d{2}$/, example: '811 01' },
  UA: digits(5, '01001'),
  US: { pattern: /^\d{5}(-\d{4})?$/, example: '20500' },
}

/** True also where nothing is known of the country, and for no postcode at all. */
export const isPostcodeOf = (country: string, postcode: string | undefined): boolean =>
  postcode === undefined || (ruleByCountry[country]?.pattern.test(postcode.trim().normalize('NFKC')) ?? true)

/** What one looks like; undefined where nothing is known of the country, which may have none. */
export const postcodeExample = (country: string): string | undefined => ruleByCountry[country]?.example
