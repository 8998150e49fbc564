import { PDFDocument, PDFName } from '@cantoo/pdf-lib'

/** A page alone, and what on it may be a number. */
export interface SplitPage {
  readonly page: number
  readonly words: readonly string[]
  readonly pdf: Uint8Array
}

export type SplitProblem = 'encrypted' | 'broken' | 'too-many-pages'

/** A label has a few dozen; what has more is no label. */
const mostWords = 2000

/** What pdf.js expects of a browser and never uses to read text. Named here, it looks for no drawing library. */
function standIns(): void {
  const scope: { [name: string]: unknown } = globalThis
  scope['DOMMatrix'] ??= class {}
  scope['ImageData'] ??= class {}
  scope['Path2D'] ??= class {}
}

/**
 * Each page as a PDF of its own, made by copying nothing but what the page draws: no scripts, attachments, links, forms,
 * comments or metadata come along. The text is read by pdf.js without running anything. For worker threads only: a
 * stranger's file may be made to take all there is.
 */
export async function splitPages(
  bytes: Uint8Array,
  mostPages: number,
): Promise<{ readonly pages: readonly SplitPage[] } | { readonly problem: SplitProblem }> {
  const words = await wordsOfPages(bytes, mostPages)
  if ('problem' in words) return words
  try {
    // Carriers lock files against changes with an empty password for reading.
    const source = await PDFDocument.load(bytes, { password: '', updateMetadata: false, throwOnInvalidObject: true })
    const pages: SplitPage[] = []
    for (const [at, found] of words.pages.entries())
      pages.push({ page: at + 1, words: found, pdf: await pageAlone(source, at) })
    return { pages }
  } catch (error) {
    return { problem: error instanceof Error && /encrypt|password/i.test(error.message) ? 'encrypted' : 'broken' }
  }
}

const dropped = [
  'Annots',
  'AA',
  'Metadata',
  'PieceInfo',
  'Thumb',
  'B',
  'AF',
  'StructParents',
  'Tabs',
  'Trans',
  'PresSteps',
]

async function pageAlone(source: PDFDocument, at: number): Promise<Uint8Array> {
  // Before the copy: what a page points to is copied with it.
  const original = source.getPage(at)
  for (const name of dropped) original.node.delete(PDFName.of(name))
  const alone = await PDFDocument.create({ updateMetadata: false })
  const [page] = await alone.copyPages(source, [at])
  if (!page) throw new Error('no page')
  alone.addPage(page)
  return alone.save({ useObjectStreams: true })
}

async function wordsOfPages(
  bytes: Uint8Array,
  mostPages: number,
): Promise<{ readonly pages: readonly (readonly string[])[] } | { readonly problem: SplitProblem }> {
  standIns()
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({
    data: bytes.slice(),
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    stopAtErrors: true,
    maxImageSize: 1,
    verbosity: VerbosityLevel.ERRORS,
  })
  try {
    const document = await task.promise
    if (document.numPages > mostPages) return { problem: 'too-many-pages' }
    const pages: (readonly string[])[] = []
    for (let number = 1; number <= document.numPages; number++) {
      const { items } = await (await document.getPage(number)).getTextContent()
      pages.push(wordsOf(items.filter((item) => 'str' in item)))
    }
    return { pages }
  } catch (error) {
    return { problem: error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'broken' }
  } finally {
    await task.destroy()
  }
}

interface TextRun {
  readonly str: string
  readonly hasEOL: boolean
}

/** Each run of text, each line and neighbouring runs together without blanks: numbers are often printed in groups. */
function wordsOf(items: readonly TextRun[]): readonly string[] {
  const words = new Set<string>()
  const lines: string[] = ['']
  for (const item of items) {
    lines[lines.length - 1] += item.str
    if (item.hasEOL) lines.push('')
    for (const word of item.str.split(/\s+/)) add(words, word)
    add(words, item.str)
  }
  for (const line of lines) {
    add(words, line)
    // `Ref: C000 0000 0017` names its number after a colon.
    for (const part of line.split(/[:;,]/)) add(words, part)
  }
  return [...words].slice(0, mostWords)
}

function add(words: Set<string>, text: string): void {
  const word = text.replace(/[\s()]+/g, '')
  if (/^[A-Za-z0-9./-]{4,60}$/.test(word) && /\d/.test(word)) words.add(word.toUpperCase())
}
