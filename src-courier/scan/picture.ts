/** A picture in shades of grey, 0 black to 255 white, row by row from the top left corner. */
export interface GreyPicture {
  readonly width: number
  readonly height: number
  readonly grey: Uint8ClampedArray
}

/** Red, green, blue, opacity: what canvases hand out and ZXing takes in. */
export interface ColourPicture {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

/** Brightness as Rec. 601 weighs the colours. */
export function greyOf({ width, height, data }: ColourPicture): GreyPicture {
  const grey = new Uint8ClampedArray(width * height)
  for (let i = 0, at = 0; i < grey.length; i++, at += 4)
    grey[i] = (306 * (data[at] ?? 0) + 601 * (data[at + 1] ?? 0) + 117 * (data[at + 2] ?? 0)) >> 10
  return { width, height, grey }
}

export function colourOf({ width, height, grey }: GreyPicture): ColourPicture {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0, at = 0; i < grey.length; i++, at += 4) {
    data[at] = data[at + 1] = data[at + 2] = grey[i] ?? 0
    data[at + 3] = 255
  }
  return { width, height, data }
}

/** The picture at another size: bilinear, after averaging whole blocks where it shrinks by two or more. */
export function scaled(picture: GreyPicture, factor: number): GreyPicture {
  if (factor <= 0.5) return scaled(halved(picture), factor * 2)
  const [width, height] = [Math.round(picture.width * factor), Math.round(picture.height * factor)]
  const { grey: from, width: row } = picture
  const grey = new Uint8ClampedArray(width * height)
  for (let y = 0, at = 0; y < height; y++) {
    const v = Math.min(picture.height - 1.001, Math.max(0, (y + 0.5) / factor - 0.5))
    const [top, down] = [Math.floor(v) * row, v - Math.floor(v)]
    for (let x = 0; x < width; x++, at++) {
      const u = Math.min(row - 1.001, Math.max(0, (x + 0.5) / factor - 0.5))
      const [left, right] = [Math.floor(u), u - Math.floor(u)]
      const i = top + left
      const above = (from[i] ?? 0) * (1 - right) + (from[i + 1] ?? 0) * right
      const below = (from[i + row] ?? 0) * (1 - right) + (from[i + row + 1] ?? 0) * right
      grey[at] = above * (1 - down) + below * down
    }
  }
  return { width, height, grey }
}

function halved({ width: row, height: rows, grey: from }: GreyPicture): GreyPicture {
  const [width, height] = [row >> 1, rows >> 1]
  const grey = new Uint8ClampedArray(width * height)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const i = 2 * y * row + 2 * x
      grey[at] = ((from[i] ?? 0) + (from[i + 1] ?? 0) + (from[i + row] ?? 0) + (from[i + row + 1] ?? 0)) >> 2
    }
  }
  return { width, height, grey }
}

/** The picture turned by an angle (radians, clockwise) so large that nothing is cut off; what was outside is white. */
export function turned({ width: row, height: rows, grey: from }: GreyPicture, angle: number): GreyPicture {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const width = Math.ceil(row * Math.abs(cos) + rows * Math.abs(sin))
  const height = Math.ceil(row * Math.abs(sin) + rows * Math.abs(cos))
  const grey = new Uint8ClampedArray(width * height)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const [dx, dy] = [x - width / 2, y - height / 2]
      const u = Math.round(row / 2 + cos * dx + sin * dy)
      const v = Math.round(rows / 2 - sin * dx + cos * dy)
      grey[at] = u < 0 || v < 0 || u >= row || v >= rows ? 255 : (from[v * row + u] ?? 255)
    }
  }
  return { width, height, grey }
}

/** Sums of everything above and left of each place, one row and column more than the picture. */
function summed({ width, height, grey }: GreyPicture, of: (value: number) => number): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y++) {
    let line = 0
    for (let x = 0; x < width; x++) {
      line += of(grey[y * width + x] ?? 0)
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + line
    }
  }
  return sums
}

/**
 * The picture with light and shadow taken out: each place against the mean and the spread of what surrounds it
 * (a square of 2 `reach` + 1), so that a dim corner has the same black and white as a bright one.
 */
export function evened(picture: GreyPicture, reach: number): GreyPicture {
  const { width, height, grey: from } = picture
  const [sums, squares] = [summed(picture, (value) => value), summed(picture, (value) => value * value)]
  const grey = new Uint8ClampedArray(width * height)
  for (let y = 0, at = 0; y < height; y++) {
    const top = Math.max(0, y - reach) * (width + 1)
    const bottom = Math.min(height, y + reach + 1) * (width + 1)
    for (let x = 0; x < width; x++, at++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)]
      const count = ((bottom - top) / (width + 1)) * (right - left)
      const over = (all: Float64Array): number =>
        ((all[bottom + right] ?? 0) - (all[top + right] ?? 0) - (all[bottom + left] ?? 0) + (all[top + left] ?? 0)) /
        count
      const mean = over(sums)
      const spread = Math.sqrt(Math.max(0, over(squares) - mean * mean))
      // Below this spread there is only noise, which must not become black and white.
      grey[at] = 128 + (((from[at] ?? 0) - mean) / Math.max(spread, 6)) * 80
    }
  }
  return { width, height, grey }
}

/** Edges made steeper by `strength` times what a blur over 2 `reach` + 1 would take from them. */
export function sharpened(picture: GreyPicture, { reach, strength }: { reach: number; strength: number }): GreyPicture {
  const { width, height, grey: from } = picture
  const soft = boxBlurred(boxBlurred(picture, reach), reach).grey
  const grey = new Uint8ClampedArray(width * height)
  for (let i = 0; i < grey.length; i++) grey[i] = (from[i] ?? 0) + strength * ((from[i] ?? 0) - (soft[i] ?? 0))
  return { width, height, grey }
}

export function boxBlurred(picture: GreyPicture, reach: number): GreyPicture {
  const { width, height } = picture
  const sums = summed(picture, (value) => value)
  const grey = new Uint8ClampedArray(width * height)
  for (let y = 0, at = 0; y < height; y++) {
    const top = Math.max(0, y - reach) * (width + 1)
    const bottom = Math.min(height, y + reach + 1) * (width + 1)
    for (let x = 0; x < width; x++, at++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)]
      const count = ((bottom - top) / (width + 1)) * (right - left)
      grey[at] =
        ((sums[bottom + right] ?? 0) -
          (sums[top + right] ?? 0) -
          (sums[bottom + left] ?? 0) +
          (sums[top + left] ?? 0)) /
        count
    }
  }
  return { width, height, grey }
}
