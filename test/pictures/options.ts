import { parseArgs } from 'node:util'
import { resolve } from 'node:path'
import process from 'node:process'

export const languages = ['en', 'de', 'ja'] as const
export const themes = ['light', 'dark'] as const
/** What SCREENS asks for; a 10-inch tablet held upright. */
export const sizes = {
  '1366x768': { width: 1366, height: 768 },
  '1920x1080': { width: 1920, height: 1080 },
  '800x1280': { width: 800, height: 1280 },
} as const
/** `little`: a shop of one's own on its first day; `much`: the sample shop in the middle of a busy one. */
export const fillings = ['little', 'much'] as const

export type Language = (typeof languages)[number]
export type Theme = (typeof themes)[number]
export type Size = keyof typeof sizes
export type Filling = (typeof fillings)[number]

export interface PictureOptions {
  readonly out: string
  readonly languages: readonly Language[]
  readonly themes: readonly Theme[]
  readonly sizes: readonly Size[]
  readonly fillings: readonly Filling[]
  /** Names of routes; empty = every one. */
  readonly screens: readonly string[]
  readonly orders: number
  /** Only the pictures of docs/guide, in their place there. */
  readonly isGuide: boolean
}

export const usage = `npm run pictures -- [--screen NAME]... [--language ${languages.join('|')}]... [--theme ${themes.join('|')}]...
  [--size ${Object.keys(sizes).join('|')}]... [--data ${fillings.join('|')}]... [--orders N] [--out DIR]
  npm run pictures -- --guide    those of docs/guide anew, in their place`

/** Throws an Error whose message names the option that is no good. */
export function readOptions(argv: readonly string[]): PictureOptions {
  const many = { type: 'string', multiple: true } as const
  const { values } = parseArgs({
    args: [...argv],
    options: {
      screen: many,
      language: many,
      theme: many,
      size: many,
      data: many,
      orders: { type: 'string', default: '48' },
      out: { type: 'string', default: 'out-pictures' },
      guide: { type: 'boolean', default: false },
    },
  })
  return {
    out: resolve(process.env['INIT_CWD'] ?? process.cwd(), values.out),
    screens: values.screen ?? [],
    languages: chosen('--language', languages, values.language),
    themes: chosen('--theme', themes, values.theme),
    // Object.keys gives the keys that were written above.
    sizes: chosen('--size', Object.keys(sizes) as Size[], values.size),
    fillings: chosen('--data', fillings, values.data),
    orders: Number(values.orders),
    isGuide: values.guide,
  }
}

function chosen<Value extends string>(
  option: string,
  known: readonly Value[],
  asked: readonly string[] | undefined,
): readonly Value[] {
  const unknown = asked?.find((word) => !known.some((one) => one === word))
  if (unknown !== undefined) throw new Error(`${option} ${unknown}: expected ${known.join(', ')}`)
  return asked ? known.filter((one) => asked.includes(one)) : known
}
