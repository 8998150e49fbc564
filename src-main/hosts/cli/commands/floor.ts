import { writeFile } from 'node:fs/promises'
import { AppError } from '../../../kernel/errors.ts'
import { readText } from '../../compose-tools.ts'
import { wholeNumber, type Args, type Command } from '../arguments.ts'
import type { InputOf } from '../../../contract/operations.ts'

type Template = InputOf<'floor.template'>['template']
type Sides = InputOf<'floor.range'>['range']['sides']

/** Without what was not given: the usual numbers then count. */
const numbersOf = (args: Args, names: Readonly<Record<string, string>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(names).flatMap(([option, key]) => {
      const value = wholeNumber(args, option)
      return value === undefined ? [] : [[key, value]]
    }),
  )

function renamedOf(args: Args): readonly { readonly from: string; readonly to: string }[] {
  return (args.text('rename') ?? '')
    .split(',')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [from = '', to = ''] = pair.split('=')
      if (!from || !to)
        throw new AppError('ERR_INPUT_INVALID', { path: '--rename', expected: 'OLD=NEW, parted by commas' })
      return { from, to }
    })
}

const confirmed = { type: 'boolean', help: 'also when stock lies at places that are gone; it stays recorded there' } as const // prettier-ignore

/** The floor: drawn once, checked, tried out. */
export const floorCommands: readonly Command[] = [
  {
    name: 'import-floor',
    words: 'FILE.json',
    help: 'replaces the floor and its locations; stock of renamed places goes along',
    fewest: 1,
    most: 1,
    options: { confirmed, rename: { type: 'string', help: 'OLD=NEW, parted by commas' } },
    async run(context, args) {
      const json = await readText(context.path(args.words[0] ?? ''))
      const client = await context.client()
      const renamed = renamedOf(args)
      if (renamed.length === 0) return client.call('floor.import', { json, confirmed: args.flag('confirmed') })
      const { floor, locations } = await client.call('floor.read', { json })
      const input = plain({ floor, locations })
      return client.call('floor.save', { ...input, renamed: [...renamed], confirmed: args.flag('confirmed') })
    },
  },
  {
    name: 'export-floor',
    words: '[FILE.json]',
    help: 'writes the floor as a file that import-floor takes',
    fewest: 0,
    most: 1,
    async run(context, args) {
      const { json } = await (await context.client()).call('floor.export', {})
      const [file] = args.words
      if (file === undefined) return json
      await writeFile(context.path(file), json)
      return { written: file }
    },
  },
  {
    name: 'check-floor',
    words: '[FILE.json]',
    help: 'names places nobody can reach, and stock at places the floor does not have',
    fewest: 0,
    most: 1,
    async run(context, args) {
      const client = await context.client()
      const [file] = args.words
      const json =
        file === undefined ? (await client.call('floor.export', {})).json : await readText(context.path(file))
      return client.call('floor.check', plain(await client.call('floor.read', { json })))
    },
  },
  {
    name: 'floor-template',
    words: 'one-block|two-blocks|stockroom|u-shape',
    help: 'prints a floor to begin with, as a file that import-floor takes',
    fewest: 1,
    most: 1,
    options: {
      aisles: { type: 'string', help: 'how many' },
      length: { type: 'string', help: 'of an aisle, mm' },
      pitch: { type: 'string', help: 'from aisle to aisle, mm' },
      bay: { type: 'string', help: 'width of a bay, mm' },
      levels: { type: 'string', help: 'shelves above each other' },
    },
    async run(context, args) {
      const client = await context.client()
      const numbers = numbersOf(args, { aisles: 'aisles', length: 'aisleLengthMm', pitch: 'pitchMm', bay: 'bayMm', levels: 'levels' }) // prettier-ignore
      // The room checks the name like every input.
      const drawn = await client.call('floor.template', { template: args.words[0] as Template, numbers })
      return (await client.call('floor.export', { drawn: plain(drawn) })).json
    },
  },
  {
    name: 'floor-range',
    words: 'A-01..A-24',
    help: 'prints where the places of a range would stand on an aisle',
    fewest: 1,
    most: 1,
    options: {
      aisle: { type: 'string', help: 'number of the first aisle, from 1' },
      from: { type: 'string', help: 'where the shelf begins, mm along the aisle' },
      to: { type: 'string', help: 'where it ends' },
      sides: { type: 'string', help: 'left, right, zigzag (usual) or round' },
      levels: { type: 'string', help: 'shelves above each other (1)' },
    },
    async run(context, args) {
      const range = {
        codes: args.words[0] ?? '',
        aisle: (wholeNumber(args, 'aisle') ?? 1) - 1,
        fromMm: wholeNumber(args, 'from') ?? 0,
        toMm: wholeNumber(args, 'to') ?? 0,
        levels: wholeNumber(args, 'levels') ?? 1,
        // The room checks the name like every input.
        sides: args.text('sides') as Sides,
      }
      return (await context.client()).call('floor.range', { range })
    },
  },
  {
    name: 'floor-picks',
    words: '',
    help: 'counts how often each location was picked from',
    fewest: 0,
    most: 0,
    options: { days: { type: 'string', help: 'up to now (30)' } },
    async run(context, args) {
      return (await context.client()).call('floor.picks', { days: wholeNumber(args, 'days') })
    },
  },
  {
    name: 'test-tour',
    words: '[LOCATION ...]',
    help: 'plans the shortest walk past these locations, or past those of a wave, and keeps nothing of it',
    fewest: 0,
    most: 500,
    options: { wave: { type: 'string', help: 'the locations of this wave' } },
    async run(context, args) {
      const client = await context.client()
      const wave = args.text('wave')
      const stops = wave === undefined ? [] : (await client.call('waves.get', { wave })).tours.flatMap((tour) => tour.stops) // prettier-ignore
      const locations = [...new Set([...args.words, ...stops.map(({ location }) => location)])]
      if (locations.length === 0)
        throw new AppError('ERR_INPUT_INVALID', { path: 'LOCATION', expected: 'at least one location, or --wave' })
      return client.call('floor.test-tour', { locations })
    },
  },
]

/** Answers are readonly, inputs are not; what goes back in is a copy. */
function plain(drawn: {
  readonly floor: object
  readonly locations: readonly object[]
}): Pick<InputOf<'floor.save'>, 'floor' | 'locations'> {
  // The door that answered the floor checks the same shape coming in.
  return structuredClone(drawn) as Pick<InputOf<'floor.save'>, 'floor' | 'locations'>
}
