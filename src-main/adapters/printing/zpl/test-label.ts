import { mediaSizes, type MediaName } from '../../../domain/print-media.ts'
import type { Dpi } from '../../../domain/print-printer.ts'

/** A frame 3 mm inside the label, a line of 50 mm, a barcode: size, offset and sharpness at one look. */
export function testLabel(media: MediaName, dpi: Dpi): string {
  const dots = (tenthsOfMm: number): number => Math.round((tenthsOfMm * dpi) / 254)
  const [width, height] = mediaSizes[media].map((side) => dots(side))
  const inset = dots(30)
  const line = dots(5)
  return [
    '^XA^CI28',
    `^PW${width}^LL${height}^LH0,0`,
    `^FO${inset},${inset}^GB${(width ?? 0) - 2 * inset},${(height ?? 0) - 2 * inset},${line}^FS`,
    `^FO${dots(100)},${dots(100)}^A0N,${dots(60)},${dots(55)}^FDBackroom test^FS`,
    `^FO${dots(100)},${dots(200)}^A0N,${dots(40)},${dots(36)}^FD${media}, ${dpi} dpi^FS`,
    `^FO${dots(100)},${dots(280)}^GB${dots(500)},${line},${line}^FS`,
    `^FO${dots(100)},${dots(310)}^A0N,${dots(35)},${dots(32)}^FDthis line: 50 mm^FS`,
    `^FO${dots(100)},${dots(400)}^BY${Math.round(dpi / 75)}^BCN,${dots(150)},Y,N,N^FDTEST-${dpi}^FS`,
    '^XZ',
  ].join('\n')
}
