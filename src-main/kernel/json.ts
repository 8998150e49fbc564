/** A value that crosses every door unchanged: no Map, Date, BigInt or class instance. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * JSON with the keys of every object in code-unit order and undefined left out, so that equal
 * values give equal texts. Used for fingerprints and content hashes.
 */
export function canonicalJson(value: Json | undefined): string {
  return JSON.stringify(sorted(value))
}

function sorted(value: Json | undefined): Json | undefined {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((entry: Json) => sorted(entry) ?? null)
  const record = value as { readonly [key: string]: Json | undefined } // arrays left above; what remains is a record
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .filter((key) => record[key] !== undefined)
      .map((key) => [key, sorted(record[key])]),
  )
}

/** A value that is JSON-safe by design, as the type that says so; undefined is left out. Throws nothing for such values. */
export const toJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json // what JSON has written, JSON reads back
