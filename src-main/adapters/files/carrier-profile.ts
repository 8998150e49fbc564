import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'

/** What many shops share about a carrier: `resources/carriers/*.json`, described in the README there. */
const carrierProfile = z.strictObject({
  format: z.literal('backroom-carrier-1'),
  name: z.string().regex(/^[a-z0-9-]{1,40}$/),
  title: z.string().min(1).max(100),
  /** Year and month in which it was last compared with what the carrier publishes. */
  checked: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
  sortCode: z.strictObject({
    what: z.string().min(1).max(200),
    pattern: z.string().min(1).max(100),
    example: z.string().min(1).max(20),
  }),
  /** Fields of a courier; they are checked together with what the shop's own file says. */
  carrier: z.record(z.string(), z.json()),
})

export type CarrierProfile = z.infer<typeof carrierProfile>

/** Profiles by name. */
export interface CarrierProfiles {
  readonly names: () => readonly string[]
  readonly find: (name: string) => CarrierProfile | undefined
}

export const noProfiles: CarrierProfiles = { names: () => [], find: () => undefined }

/** The profiles of a folder, read when first asked for. Throws ERR_DISK naming a file that is none. */
export function carrierProfilesIn(folder: string): CarrierProfiles {
  let read: ReadonlyMap<string, CarrierProfile> | undefined
  const all = (): ReadonlyMap<string, CarrierProfile> => (read ??= readProfiles(folder))
  return { names: () => [...all().keys()], find: (name) => all().get(name) }
}

function readProfiles(folder: string): ReadonlyMap<string, CarrierProfile> {
  const profiles = new Map<string, CarrierProfile>()
  for (const file of filesOf(folder)) {
    try {
      const profile = carrierProfile.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
      profiles.set(profile.name, profile)
    } catch (cause) {
      throw new AppError('ERR_DISK', { doing: 'read-carrier-profile', file }, { cause })
    }
  }
  return profiles
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .toSorted()
  } catch (cause) {
    throw new AppError('ERR_DISK', { doing: 'read-carrier-profile', folder }, { cause })
  }
}
