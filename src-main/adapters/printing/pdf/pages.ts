import { mediaSizes, type MediaName, type PaperSize } from '../../../domain/print-media.ts'
import { AppError } from '../../../kernel/errors.ts'

const tenthsPerPoint = 254 / 72

/** Loaded with the first page that is looked at: four hundred modules. */
const pdfLibrary = () => import('@cantoo/pdf-lib')

/** Sizes of all pages as they are seen: cropped and turned. Throws ERR_INPUT_INVALID for what is no PDF. */
export async function pageSizesOf(pdf: Uint8Array): Promise<readonly PaperSize[]> {
  const { PDFDocument } = await pdfLibrary()
  const document = await PDFDocument.load(pdf, { updateMetadata: false, ignoreEncryption: true }).catch(
    (cause: unknown) => {
      throw new AppError('ERR_INPUT_INVALID', { path: 'document', expected: 'a PDF' }, { cause })
    },
  )
  return document.getPages().map((page) => {
    const { width, height } = page.getCropBox()
    const size = [Math.round(width * tenthsPerPoint), Math.round(height * tenthsPerPoint)] as const
    return page.getRotation().angle % 180 === 0 ? size : [size[1], size[0]]
  })
}

/** A frame 3 mm inside the paper and a line of 50 mm: size, scaling and offset at one look. Equal for equal paper. */
export async function testPagePdf(media: MediaName): Promise<Uint8Array> {
  const { PDFDocument, StandardFonts } = await pdfLibrary()
  const document = await PDFDocument.create({ updateMetadata: false })
  document.setTitle('test')
  const font = await document.embedFont(StandardFonts.Helvetica)
  const [width, height] = mediaSizes[media].map((tenths) => tenths / tenthsPerPoint)
  const page = document.addPage([width ?? 0, height ?? 0])
  const mm = 72 / 25.4
  const top = page.getHeight()
  const frame = { x: 3 * mm, y: 3 * mm, width: page.getWidth() - 6 * mm, height: top - 6 * mm, borderWidth: 1 }
  page.drawRectangle(frame)
  const say = (text: string, fromTopMm: number, size: number): void =>
    page.drawText(text, { x: 10 * mm, y: top - fromTopMm * mm, size, font })
  say('Backroom test page', 18, 16)
  say(media, 26, 12)
  page.drawLine({ start: { x: 10 * mm, y: top - 36 * mm }, end: { x: 60 * mm, y: top - 36 * mm }, thickness: 1 })
  say('This line is 50 mm long.', 42, 9)
  say('The frame is whole on all four sides.', 47, 9)
  return document.save({ useObjectStreams: false })
}
