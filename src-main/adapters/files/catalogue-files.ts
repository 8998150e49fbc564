import type { CatalogueFiles } from '../../ports/imports.ts'
import { carrierProfilesIn } from './carrier-profile.ts'
import { readCartons } from './carton-csv.ts'
import { readCarriers, readFloor } from './shop-json.ts'
import { tableFiles } from './table-files.ts'

/** The port CatalogueFiles: tables for products, orders and cartons, JSON for floor and couriers. */
export const catalogueFiles: CatalogueFiles = {
  ...tableFiles,
  readCartons,
  readFloor,
  readCarriers: (json) => readCarriers(json),
}

/** The same, where couriers may refer to the profiles of a folder (`resources/carriers`). */
export function catalogueFilesWith({ profilesFolder }: { readonly profilesFolder: string }): CatalogueFiles {
  const profiles = carrierProfilesIn(profilesFolder)
  return { ...catalogueFiles, readCarriers: (json) => readCarriers(json, profiles) }
}
