import { deflateSync } from 'node:zlib'
import { PDFDocument, PDFName, PDFString, StandardFonts } from '@cantoo/pdf-lib'

export interface StrangerPage {
  readonly lines: readonly string[]
}

/** A carrier's PDF as sites make them: a page a label, with a link, a script and an attachment thrown in where wanted. */
export async function strangerPdf(
  pages: readonly StrangerPage[],
  { isNasty = false, password }: { readonly isNasty?: boolean; readonly password?: string } = {},
): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (const { lines } of pages) {
    const page = document.addPage([288, 432])
    lines.forEach((line, at) => page.drawText(line, { x: 20, y: 400 - at * 18, size: 12, font }))
    if (isNasty) {
      const action = document.context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert("gotcha-script")') })
      const link = { Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 99, 99], A: { S: 'URI', URI: PDFString.of('http://evil.example/gotcha-link') } } // prettier-ignore
      page.node.set(PDFName.of('Annots'), document.context.obj([link]))
      page.node.set(PDFName.of('AA'), document.context.obj({ O: action }))
    }
  }
  if (isNasty) {
    document.addJavaScript('start', 'app.alert("gotcha-start")')
    await document.attach(new TextEncoder().encode('gotcha-attachment'), 'gotcha.txt', { mimeType: 'text/plain' })
    document.setTitle('gotcha-title')
  }
  if (password !== undefined) document.encrypt({ userPassword: password, ownerPassword: `${password}-owner` })
  return document.save({ useObjectStreams: false })
}

/** A page whose content unpacks to `megabytes` of blanks. */
export function bombPdf(megabytes: number): Uint8Array {
  const content = deflateSync(Buffer.alloc(megabytes * 1024 * 1024, 0x20), { level: 9 })
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << >> >>',
  ]
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  const offsets: number[] = []
  const length = (): number => parts.reduce((sum, part) => sum + part.length, 0)
  const add = (number: number, ...body: readonly Buffer[]): void => {
    offsets.push(length())
    parts.push(Buffer.from(`${number} 0 obj\n`), ...body, Buffer.from('\nendobj\n'))
  }
  objects.forEach((body, at) => add(at + 1, Buffer.from(body)))
  const head = `<< /Length ${content.length} /Filter /FlateDecode >>\nstream\n`
  add(4, Buffer.from(head), content, Buffer.from('\nendstream'))
  const xref = length()
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(`xref\n0 5\n0000000000 65535 f \n${rows}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF`),
  )
  return new Uint8Array(Buffer.concat(parts))
}
