import { seededRandom, type Random } from '../../../src-main/kernel/random.ts'
import type { Picture } from '../documents/printed-page.ts'

/** What happened to a label and to its photograph. Lengths in pixels of the photograph, angles in degrees. */
export interface Wear {
  readonly turn: number
  /** How much nearer one edge is than the other, as a part of its length. */
  readonly tiltX: number
  readonly tiltY: number
  /** Pixels of the photograph for one printer dot: a code's module is 4 dots or more. */
  readonly scale: number
  readonly blur: number
  /** Direction and length of a shaking hand. */
  readonly shake: number
  readonly creases: number
  /** Height of a crease's step, in printer dots. */
  readonly creaseDots: number
  /** Brightest and darkest ends of the light that falls on it, 0 to 1. */
  readonly light: readonly [bright: number, dark: number]
  readonly noise: number
}

type Point = readonly [x: number, y: number]

/** A label photographed on a brown box: bent, lit from one side, out of focus, with a sensor's noise. Same seed, same bytes. */
export function photograph(label: Picture, wear: Wear, seed: number): Picture {
  const random = seededRandom(seed)
  const frame = frameFor(label, wear)
  const creases = Array.from({ length: wear.creases }, () => creaseOf(label, wear.creaseDots, random))
  let grey = project(label, frame, { wear, creases })
  light(grey, frame, { ends: wear.light, direction: random.unit() * 2 * Math.PI })
  if (wear.shake > 0) grey = shake(grey, frame.width, { length: wear.shake, angle: random.unit() * Math.PI })
  grey = blurred(grey, frame.width, wear.blur)
  return toPicture(grey, frame, { noise: wear.noise, random })
}

/** The whole label is on the picture, as whoever takes it sees to. */
function frameFor(label: Size, { turn, scale, tiltX, tiltY }: Wear): Size {
  const [cos, sin] = [Math.abs(Math.cos((turn * Math.PI) / 180)), Math.abs(Math.sin((turn * Math.PI) / 180))]
  const room = scale * (1.04 + 0.6 * Math.max(Math.abs(tiltX), Math.abs(tiltY)))
  return {
    width: Math.round((label.width * cos + label.height * sin) * room),
    height: Math.round((label.width * sin + label.height * cos) * room),
  }
}

interface Size {
  readonly width: number
  readonly height: number
}
interface Crease {
  readonly at: Point
  readonly normal: Point
  readonly dots: number
  readonly shade: number
}

/** A fold through the middle third, at any angle: what lies beyond it is moved along, and the fold itself catches light. */
function creaseOf(label: Size, dots: number, random: Random): Crease {
  const angle = random.unit() * Math.PI
  return {
    at: [label.width * (0.3 + 0.4 * random.unit()), label.height * (0.3 + 0.4 * random.unit())],
    normal: [Math.cos(angle), Math.sin(angle)],
    dots: dots * (random.unit() < 0.5 ? -1 : 1),
    shade: (random.unit() < 0.5 ? -1 : 1) * (0.15 + 0.25 * random.unit()),
  }
}

const foldWidth = 7
const boxBrown = 118

/** Reads the label through the lens: two rays a pixel, so that edges are as soft as a lens makes them. */
function project(
  label: Picture,
  frame: Size,
  { wear, creases }: { wear: Wear; creases: readonly Crease[] },
): Float32Array {
  const { turn, tiltX, tiltY, scale } = wear
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)]
  const grey = new Float32Array(frame.width * frame.height)
  for (let y = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      const gain = { value: 1, u: 0, v: 0 }
      let sum = 0
      for (let ray = 0; ray < 2; ray++) {
        const dx = x + 0.25 + ray * 0.5 - frame.width / 2
        const dy = y + 0.25 + ray * 0.5 - frame.height / 2
        const w = (1 + (tiltX * dx) / frame.width + (tiltY * dy) / frame.height) * scale
        const u = label.width / 2 + (cos * dx + sin * dy) / w
        const v = label.height / 2 + (cos * dy - sin * dx) / w
        if (ray === 0) fold(gain, { u, v, creases })
        sum += inkAt(label, Math.floor(u + gain.u), Math.floor(v + gain.v))
      }
      grey[y * frame.width + x] = (sum / 2) * gain.value
    }
  }
  return grey
}

function fold(
  gain: { value: number; u: number; v: number },
  { u, v, creases }: { u: number; v: number; creases: readonly Crease[] },
): void {
  for (const { at, normal, dots, shade } of creases) {
    const away = (u - at[0]) * normal[0] + (v - at[1]) * normal[1]
    if (away < -6 * foldWidth) continue
    const beyond = away > 6 * foldWidth ? 1 : 1 / (1 + Math.exp(-away / foldWidth))
    gain.u += dots * beyond * normal[0]
    gain.v += dots * beyond * normal[1]
    if (away < 6 * foldWidth) gain.value *= 1 + shade * Math.exp(-((away / (2 * foldWidth)) ** 2))
  }
}

/** Ink is not black and paper not white. */
function inkAt({ width, height, data }: Picture, x: number, y: number): number {
  if (x < 0 || y < 0 || x >= width || y >= height) return boxBrown
  return 28 + ((data[(y * width + x) * 4 + 1] ?? 255) / 255) * 200
}

function light(
  grey: Float32Array,
  { width, height }: Size,
  { ends, direction }: { ends: readonly [number, number]; direction: number },
): void {
  const [bright, dark] = ends
  const [cx, cy] = [Math.cos(direction), Math.sin(direction)]
  for (let y = 0, index = 0; y < height; y++) {
    for (let x = 0; x < width; x++, index++) {
      const part = 0.5 + (x / width - 0.5) * cx + (y / height - 0.5) * cy
      grey[index] = (grey[index] ?? 0) * (dark + (bright - dark) * Math.min(1, Math.max(0, part)))
    }
  }
}

/** Each pixel becomes the weighted sum of others; beyond the picture's ends the last pixel goes on. */
function spread(grey: Float32Array, taps: readonly { by: number; weight: number }[]): Float32Array {
  const out = new Float32Array(grey.length)
  for (const { by, weight } of taps) {
    for (let index = 0; index < grey.length; index++) {
      const from = index + by
      out[index] = (out[index] ?? 0) + weight * (grey[from < 0 || from >= grey.length ? index : from] ?? 0)
    }
  }
  return out
}

function shake(grey: Float32Array, width: number, { length, angle }: { length: number; angle: number }): Float32Array {
  const steps = Math.max(2, Math.ceil(length * 2))
  const taps = Array.from({ length: steps }, (_, i) => {
    const along = (i / (steps - 1) - 0.5) * length
    return { by: Math.round(Math.cos(angle) * along) + Math.round(Math.sin(angle) * along) * width, weight: 1 / steps }
  })
  return spread(grey, taps)
}

function blurred(grey: Float32Array, width: number, sigma: number): Float32Array {
  const reach = Math.ceil(sigma * 3)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const taps = (step: number): { by: number; weight: number }[] =>
    weights.map((weight, i) => ({ by: (i - reach) * step, weight: weight / total }))
  return spread(spread(grey, taps(1)), taps(width))
}

function toPicture(
  grey: Float32Array,
  { width, height }: Size,
  { noise, random }: { noise: number; random: Random },
): Picture {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let index = 0; index < grey.length; index++) {
    // Two throws are near enough to a bell curve for a sensor.
    const seen = (grey[index] ?? 0) + (random.unit() + random.unit() - 1) * noise * 2.4
    for (let part = 0; part < 3; part++) data[index * 4 + part] = seen
    data[index * 4 + 3] = 255
  }
  return { width, height, data }
}

const between = (random: Random, low: number, high: number): number => low + random.unit() * (high - low)

/** A label as couriers meet it: any way up, a little out of focus, handled. Scale 1 is what fills a telephone's screen. */
export function everydayWear(index: number): Wear {
  const random = seededRandom(1000 + index)
  return {
    turn: (index % 4) * 90 + between(random, -30, 30),
    tiltX: between(random, -0.25, 0.25),
    tiltY: between(random, -0.25, 0.25),
    scale: between(random, 0.9, 1.2),
    blur: between(random, 0.4, 1.2),
    shake: index % 5 === 4 ? between(random, 1, 2.5) : 0,
    creases: index % 3 === 2 ? 2 : index % 3,
    creaseDots: between(random, 0.5, 3),
    light: index % 6 === 5 ? [0.3, 0.12] : [between(random, 0.7, 1), between(random, 0.35, 0.7)],
    noise: between(random, 2, 8),
  }
}

/** Worse than that: far away, shaken, in the dark, folded more than once. */
export function hardWear(index: number): Wear {
  const random = seededRandom(5000 + index)
  return {
    turn: between(random, -180, 180),
    tiltX: between(random, -0.5, 0.5),
    tiltY: between(random, -0.5, 0.5),
    scale: between(random, 0.6, 1.4),
    blur: between(random, 0.3, 2.2),
    shake: random.unit() < 0.3 ? between(random, 1, 4) : 0,
    creases: random.below(4),
    creaseDots: between(random, 1, 7),
    light: [between(random, 0.3, 1), between(random, 0.06, 0.5)],
    noise: between(random, 2, 14),
  }
}
