import { AppError } from '../kernel/errors.ts'
import type { Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'keys' | 'geocoder'>

/**
 * Takes the sample shop away with everything that was done in it: rows, files, backups, keys. Afterwards the place is
 * empty, ready for a shop of one's own. Throws ERR_SHOP_NOT_INITIALISED, ERR_SHOP_NOT_SAMPLE for a real shop, which nothing
 * removes but its owner's own hands, and ERR_CONFIRMATION_NEEDED. `clearFiles` removes all files but the open database.
 */
export async function removeSample(
  { store, keys, geocoder }: Deps,
  { isConfirmed, clearFiles }: { readonly isConfirmed: boolean; readonly clearFiles: () => void },
): Promise<void> {
  const settings = await store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  if (!settings.isSample) throw new AppError('ERR_SHOP_NOT_SAMPLE', {})
  if (!isConfirmed) throw new AppError('ERR_CONFIRMATION_NEEDED', { what: 'remove-sample' })
  await store.removeEverything()
  // Its table is also in memory. Only the head of one is left: it knows no place.
  await geocoder.replaceTable(Uint8Array.from('postcode,lat,lon\n', (sign) => sign.codePointAt(0) ?? 0))
  keys.forget()
  clearFiles()
}
