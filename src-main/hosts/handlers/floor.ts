import { checkFloor } from '../../application/check-floor.ts'
import { importFloor, readFloorFile } from '../../application/import-floor.ts'
import { revisionOf, saveFloor, type DrawnFloor } from '../../application/save-floor.ts'
import { testTour } from '../../application/test-tour.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { floorOperations } from '../../contract/operations/floor.ts'
import { floorFromTemplate, usualNumbers } from '../../domain/floor-templates.ts'
import { placeRange } from '../../domain/location-range.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Handlers } from '../handlers.ts'

type FloorHandlers = Pick<Handlers, keyof typeof floorOperations>

const dayMs = 86_400_000

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

export function floorHandlers(workshop: Workshop): FloorHandlers {
  const { store, system } = workshop
  const getFloor = async (): Promise<DrawnFloor> => {
    const floor = await store.findFloor()
    if (!floor) throw new AppError('ERR_SHOP_NOT_INITIALISED', { missing: 'floor' })
    return floor
  }
  return {
    async 'floor.get'() {
      const floor = await store.findFloor()
      return floor ? { ...floor, revision: revisionOf(workshop, floor) } : null
    },
    'floor.import': ({ json, confirmed }, caller) => importFloor(workshop, caller, { json: bytesOf(json), confirmed }),
    'floor.read': async ({ json }) => readFloorFile(workshop, bytesOf(json)),
    'floor.export': async ({ drawn }) => ({ json: fileOf(drawn ?? (await getFloor())) }),
    'floor.save': (input, caller) => saveFloor(workshop, caller, { ...input, action: 'save-floor' }),
    'floor.check': (input) => checkFloor(workshop, input),
    async 'floor.template'({ template, numbers }) {
      const given = Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined))
      return floorFromTemplate(template, { ...usualNumbers[template], ...given })
    },
    async 'floor.range'({ range, floor }) {
      return { locations: placeRange(floor ?? (await getFloor()).floor, range) }
    },
    async 'floor.picks'({ from, to = system.clock.now() + 1, days }) {
      const rows = await store.countPicks({ from: from ?? to - days * dayMs, to })
      const sum = (of: 'picks' | 'pieces'): number => rows.reduce((total, row) => total + row[of], 0)
      return { rows, picks: sum('picks'), pieces: sum('pieces') }
    },
    'floor.test-tour': (input) => testTour(workshop, input),
  }
}

/** A line a location, so that two versions of the file can be compared by eye. */
function fileOf({ floor, locations }: DrawnFloor): string {
  const head = JSON.stringify({ units: 'mm', kind: 'aisles', ...floor }, null, 2).replace(/\n\}$/, '')
  const lines = locations.map((location) => `    ${JSON.stringify(location)}`).join(',\n')
  return `${head},\n  "locations": [${lines === '' ? '' : `\n${lines}\n  `}]\n}\n`
}
