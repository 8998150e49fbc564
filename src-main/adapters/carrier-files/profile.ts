import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'

const text = z.string().min(1).max(200)
const place = z.object({ home: text, abroad: text })

/** One column: `from` names what stands in it (see fields.ts), `text` is the same in every line, neither = empty. */
const column = z.strictObject({
  name: text,
  from: text.optional(),
  text: z.string().max(200).optional(),
  /** Signs; more is a problem that is named, never cut off. */
  most: z.int().positive().optional(),
  required: z.boolean().optional(),
})

/** A carrier's upload format as data: `resources/carrier-uploads/*.json`. */
export const uploadProfile = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  title: text,
  encoding: z.enum(['utf-8', 'windows-1252']),
  hasByteOrderMark: z.boolean().optional(),
  delimiter: z.enum([',', ';', '\t']),
  hasHeader: z.boolean(),
  decimal: z.enum(['.', ',']),
  dateOrder: z.enum(['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YY', 'MM/DD/YYYY']),
  weight: z.strictObject({ unit: z.enum(['kg', 'lb']), decimals: z.int().min(0).max(4) }),
  length: z.strictObject({ unit: z.enum(['cm', 'in']), decimals: z.int().min(0).max(2) }),
  /** Put before our parcel number, where a long number alone would be mangled. */
  referencePrefix: z.string().max(10).optional(),
  /** A sign that must not stand first in a line. */
  refuses: z.string().length(1).optional(),
  mostRows: z.int().positive().optional(),
  ask: z.array(
    z.strictObject({
      name: z.string().regex(/^\w+$/),
      label: text,
      usual: z.string().max(200).optional(),
      pattern: z.string().max(200).optional(),
    }),
  ),
  columns: z.array(column).min(1).max(200),
  /** Where a service's code comes from, by whether the parcel stays in the shop's country. */
  services: z.strictObject({ standard: place, express: place }),
  accounts: place.optional(),
  /** Column names of the carrier's answer, in any case, the first that is there. */
  answer: z.strictObject({ reference: z.array(text).min(1), tracking: z.array(text).min(1) }),
})

export type UploadProfile = z.infer<typeof uploadProfile>
export type UploadColumn = UploadProfile['columns'][number]

/** All profiles of a folder, by name. Throws ERR_DISK for a file that cannot be read or is none. */
export async function readProfiles(folder: string): Promise<ReadonlyMap<string, UploadProfile>> {
  const profiles = new Map<string, UploadProfile>()
  for (const file of await filesOf(folder)) {
    try {
      const profile = uploadProfile.parse(JSON.parse(await readFile(join(folder, file), 'utf8')))
      profiles.set(profile.name, profile)
    } catch (cause) {
      throw new AppError('ERR_DISK', { doing: 'read-upload-profile', file }, { cause })
    }
  }
  return profiles
}

async function filesOf(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  } catch (cause) {
    throw new AppError('ERR_DISK', { doing: 'read-upload-profiles' }, { cause })
  }
}
