import type { InputOf } from '../../../src-main/contract/operations.ts'
import type { Drawing } from './floor-parts.ts'

type Drawn = Pick<InputOf<'floor.check'>, 'floor' | 'locations'>

const pair = ([aisle, y]: readonly [number, number]): [number, number] => [aisle, y]

/** A drawing as the door takes it: copies of its own, and nothing that only the screen knows. */
export const toWire = ({ floor, locations }: Drawing): Drawn => ({
  floor: {
    aisleX: [...floor.aisleX],
    crossY: [...floor.crossY],
    missing: floor.missing.map((gap) => ({ ...gap })),
    depot: pair(floor.depot),
    packingTable: pair(floor.packingTable),
  },
  locations: locations.map(({ code, place, side, shelf }) => ({ code, place: pair(place), side, shelf })),
})
