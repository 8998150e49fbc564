import { photoLimits } from '../../../src-main/kernel/photo-limits.ts'

/** Larger files are hardly photos; a telephone's are a fifth of it. */
const largestFile = 40_000_000

/** One after the other until the picture is light enough; most are with the first. */
const tries = [
  { side: photoLimits.sidePx, quality: 0.82 },
  { side: photoLimits.sidePx, quality: 0.66 },
  { side: photoLimits.sidePx, quality: 0.5 },
  { side: 480, quality: 0.5 },
  { side: 320, quality: 0.4 },
] as const

/**
 * A picture made small: drawn anew, so that place, camera and remarks stay behind. Base64 of a WebP, of a JPEG where the
 * browser writes no WebP; undefined for what is no picture. The file itself never leaves the page.
 */
export async function smallPhoto(source: Blob | HTMLVideoElement): Promise<string | undefined> {
  if (source instanceof Blob && source.size > largestFile) return undefined
  const picture = await createImageBitmap(source).catch(() => undefined)
  if (!picture) return undefined
  try {
    for (const { side, quality } of tries) {
      const blob = await drawn(picture, side, quality)
      if (blob && blob.size <= photoLimits.bytes) return await base64Of(blob)
    }
    return undefined
  } finally {
    picture.close()
  }
}

async function drawn(picture: ImageBitmap, side: number, quality: number): Promise<Blob | undefined> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height, 1))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const context = canvas.getContext('2d')
  if (!context) return undefined
  // JPEG knows no transparency: what is cut out stands on white.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const written = (type: string): Promise<Blob | null> =>
    new Promise((resolve) => canvas.toBlob(resolve, type, quality))
  const webp = await written('image/webp')
  return (webp?.type === 'image/webp' ? webp : await written('image/jpeg')) ?? undefined
}

const base64Of = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'))
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : ''
      resolve(url.slice(url.indexOf(',') + 1))
    }
    reader.readAsDataURL(blob)
  })
