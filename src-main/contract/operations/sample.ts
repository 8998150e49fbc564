import { z } from 'zod'
import { command, managers } from '../operation.ts'

/** The end of the sample shop. */
export const sampleOperations = {
  /** Removes the sample shop with everything done in it, backups and keys included; refused for any other shop. */
  'shop.remove-sample': command<null>()(managers, z.object({ confirmed: z.boolean().default(false) })),
}
