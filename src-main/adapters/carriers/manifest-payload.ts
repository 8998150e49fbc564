import { createHash } from 'node:crypto'
import { decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import type { ManifestLine, ManifestPayload } from '../../ports/carriers.ts'
import { publicEcKey } from './ec-keys.ts'

const epochMs = z.int().nonnegative()
const place = z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)])

const line = z.object({
  pid: z.string().min(1).max(40),
  seq: z.string().max(20),
  stop: z.int(),
  routing: z.string(),
  n: z.int().positive(),
  of: z.int().positive(),
  grossG: z.int().nonnegative(),
  handling: z.array(z.string()),
  window: z.object({ from: epochMs, to: epochMs }).optional(),
  labelSha256: z.string().regex(/^[0-9a-f]{64}$/),
  label: z.string(),
  at: place.optional(),
}) satisfies z.ZodType<ManifestLine>

/** Only these members: a private half handed in by mistake is left behind. */
const shopKey = publicEcKey.extend({
  kid: z.string().optional(),
  use: z.string().optional(),
  alg: z.string().optional(),
})

const manifest = z.object({
  number: z.string().min(1).max(60),
  closedAt: epochMs,
  carrier: z.object({ code: z.string(), name: z.string() }),
  shop: z.object({ name: z.string(), at: place }),
  shopKey,
  parcels: z.array(line).max(100_000),
  csv: z.string(),
}) satisfies z.ZodType<ManifestPayload>

/** What is wrong with a list of parcels, and with which of them. */
export interface LineProblem {
  readonly reason: 'repeated-parcel' | 'label-hash' | 'label-moved'
  readonly parcelNumber: string
}

/** Undefined when it has not the shape of a manifest. Members it does not know are dropped. */
export function parseManifest(content: unknown): ManifestPayload | undefined {
  return manifest.safeParse(content).data
}

/** Each parcel once, each with the block that was sealed for it and the hash of exactly that block. */
export function findLineProblem(parcels: readonly ManifestLine[]): LineProblem | undefined {
  const seen = new Set<string>()
  for (const { pid, label, labelSha256 } of parcels) {
    if (seen.has(pid)) return { reason: 'repeated-parcel', parcelNumber: pid }
    seen.add(pid)
    if (createHash('sha256').update(label).digest('hex') !== labelSha256)
      return { reason: 'label-hash', parcelNumber: pid }
    if (parcelOf(label) !== pid) return { reason: 'label-moved', parcelNumber: pid }
  }
  return undefined
}

function parcelOf(label: string): unknown {
  try {
    return decodeProtectedHeader(label)['pid']
  } catch {
    return undefined
  }
}
