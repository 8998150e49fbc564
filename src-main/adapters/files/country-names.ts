let codeByName: ReadonlyMap<string, string> | undefined

/** The ISO code of a country, by code or by its English, German or Japanese name; undefined = unknown. */
export function countryCode(text: string): string | undefined {
  codeByName ??= namesOfCountries()
  return codeByName.get(text.normalize('NFKC').trim().toLowerCase())
}

const isNoCountry = (code: string): boolean =>
  /^(X[A-JL-Z]|ZZ|EU|UN|EZ)$/.test(code) || Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`

function namesOfCountries(): ReadonlyMap<string, string> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  const names = new Map<string, string>()
  for (const language of ['en', 'de', 'ja']) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const code of codes) {
      const name = display.of(code)
      // The codes of countries that are no more (DD) have the names of those that followed them.
      if (name === undefined || isNoCountry(code)) continue
      names.set(code.toLowerCase(), code)
      if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), code)
    }
  }
  return names
}
