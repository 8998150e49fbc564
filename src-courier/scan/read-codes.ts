import type { ReaderOptions } from 'zxing-wasm/reader'
import {
  boxBlurred,
  colourOf,
  evened,
  greyOf,
  scaled,
  sharpened,
  turned,
  type ColourPicture,
  type GreyPicture,
} from './picture.ts'

/** A code as it was read: the square one of a label, or bars. */
export interface FoundCode {
  readonly kind: 'square' | 'bars'
  readonly text: string
}

type Corner = { readonly x: number; readonly y: number }
/** What ZXing tells of a code; the corners are those of the code's own top edge. */
export interface DecodedCode {
  readonly format: string
  readonly text: string
  readonly position?: { readonly topLeft: Corner; readonly topRight: Corner } | undefined
}

/** ZXing, wherever it runs: in a worker, on the page, in a test. */
export type Decode = (picture: ColourPicture, options: ReaderOptions) => Promise<readonly DecodedCode[]>

/** A frame of a video gets one or two tries, there is another one soon; a photograph gets all of them. */
export type Effort = { readonly kind: 'frame'; readonly count: number } | { readonly kind: 'photo' }

/** Pictures of telephones are larger than any code needs; past this a try costs seconds. Longer side, pixels. */
const longestSide = 2200

const options: ReaderOptions = {
  formats: ['QRCode', 'Code128'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  maxNumberOfSymbols: 8,
}
const onlyBars: ReaderOptions = { ...options, formats: ['Code128'], tryRotate: false, binarizer: 'FixedThreshold' }
const withFixedThreshold: ReaderOptions = { ...options, binarizer: 'FixedThreshold' }

type Try = (picture: GreyPicture) => readonly [GreyPicture, ReaderOptions]

/**
 * In the order of what each adds for its time, measured on pictures of worn labels (test/integration/courier): our
 * codes are dense, so that a sensor's noise costs more of them than a lens does. A soft blur takes noise away;
 * sharpening after it brings back a shaken or unfocused picture; evening out the light, a shadow across the code;
 * another size, squares of an awkward number of pixels.
 */
const tries = {
  plain: (grey) => [grey, options],
  soft: (grey) => [boxBlurred(grey, 1), options],
  smaller: (grey) => [scaled(grey, 0.7), options],
  sharp: (grey) => [sharpened(boxBlurred(grey, 1), { reach: 3, strength: 2 }), options],
  sharpAndEven: (grey) => [evened(sharpened(boxBlurred(grey, 1), { reach: 3, strength: 2 }), 30), withFixedThreshold],
  larger: (grey) => [sharpened(scaled(grey, 1.6), { reach: 3, strength: 1.5 }), options],
} satisfies Record<string, Try>

const forPhoto: readonly Try[] = [tries.plain, tries.soft, tries.smaller, tries.sharp, tries.sharpAndEven, tries.larger]
const forFrames: readonly Try[] = [tries.soft, tries.plain, tries.sharp]

/**
 * Every code on a picture. Of a photograph it tries harder and harder until `isEnough` says that nothing is missing;
 * what the tries found is put together. Cost: 0.05 s for a clear picture of a megapixel, some two seconds for one
 * with no code on it.
 */
export async function readCodes(
  picture: ColourPicture,
  task: {
    readonly decode: Decode
    readonly effort: Effort
    readonly isEnough: (found: readonly FoundCode[], tries: number) => boolean
  },
): Promise<readonly FoundCode[]> {
  const { decode, effort, isEnough } = task
  const found = new Map<string, FoundCode>()
  const keep = ({ format, text }: DecodedCode): void =>
    void found.set(text, { kind: format === 'QRCode' ? 'square' : 'bars', text })
  let tries = 0
  for (const [grey, wanted] of waysToLook(greyOf(picture), effort)) {
    const codes = await decode(colourOf(grey), wanted)
    for (const code of codes) keep(code)
    const slant = effort.kind === 'photo' ? slantOf(codes) : undefined
    if (slant !== undefined) for (const code of await decode(colourOf(upright(grey, slant)), onlyBars)) keep(code)
    tries++
    if (isEnough([...found.values()], tries)) break
  }
  return [...found.values()]
}

/**
 * How far a label is turned, when its square was read and its bars were not: bars are read along straight lines, and
 * find none on a slanted picture. Undefined when there is nothing to turn for.
 */
function slantOf(codes: readonly DecodedCode[]): number | undefined {
  const square = codes.find(({ format }) => format === 'QRCode')?.position
  if (!square || codes.some(({ format }) => format !== 'QRCode')) return undefined
  const { topLeft, topRight } = square
  return Math.atan2(topRight.y - topLeft.y, topRight.x - topLeft.x)
}

/** Turned back, and evened: a shadow along the bars costs them more than it costs the square. */
const upright = (grey: GreyPicture, slant: number): GreyPicture => evened(turned(boxBlurred(grey, 1), -slant), 40)

function* waysToLook(whole: GreyPicture, effort: Effort): Generator<readonly [GreyPicture, ReaderOptions]> {
  const shrink = longestSide / Math.max(whole.width, whole.height)
  const grey = shrink < 1 ? scaled(whole, shrink) : whole
  if (effort.kind === 'frame') {
    const look = forFrames[effort.count % forFrames.length]
    if (look) yield look(grey)
    return
  }
  for (const look of forPhoto) yield look(grey)
  // A label that is small on a large picture lost its detail above; people hold what they mean in the middle.
  if (shrink < 0.8) for (const look of [tries.plain, tries.soft, tries.sharp]) yield look(middleOf(whole))
}

function middleOf({ width: row, height: rows, grey: from }: GreyPicture): GreyPicture {
  const [width, height] = [Math.min(row, longestSide), Math.min(rows, longestSide)]
  const [left, top] = [(row - width) >> 1, (rows - height) >> 1]
  const grey = new Uint8ClampedArray(width * height)
  for (let y = 0; y < height; y++) {
    const start = (top + y) * row + left
    grey.set(from.subarray(start, start + width), y * width)
  }
  return { width, height, grey }
}
