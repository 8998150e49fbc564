import { saveFloor, type DrawnFloor, requireShape } from './save-floor.ts'
import type { Caller, Workshop } from './workshop.ts'

/**
 * Replaces the floor and its locations by a file. A location off the floor or without a way to it, a depot nobody can
 * stand at, or a code twice refuses the whole file: throws what `saveFloor` does, naming the place.
 */
export async function importFloor(
  deps: Pick<Workshop, 'store' | 'imports' | 'system'>,
  caller: Caller,
  file: { readonly json: Uint8Array; readonly confirmed?: boolean | undefined },
): Promise<{ readonly locations: number }> {
  const drawn = deps.imports.readFloor(file.json)
  const { locations } = await saveFloor(deps, caller, {
    ...drawn,
    renamed: [],
    confirmed: file.confirmed === true,
    action: 'import-floor',
  })
  return { locations }
}

/** A file as a drawing to go on with; what cannot be reached in it is for `checkFloor` to name. */
export function readFloorFile(deps: Pick<Workshop, 'imports'>, json: Uint8Array): DrawnFloor {
  const drawn = deps.imports.readFloor(json)
  requireShape(drawn.floor)
  return drawn
}
