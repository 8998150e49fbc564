/**
 * Reads a demo folder with other people's programs: every label is rendered by poppler's pdftoppm as a 203 dpi label
 * printer sees it, its barcodes are decoded by zbarimg, and the sealed block is opened by Debian's `jose` with the
 * courier's key; pick sheets and slips are read by pdftotext, and the codes on them by zbarimg. Then the same with papers
 * of every size and kind, labels for ZPL printers among them. Prints one line a check, names programs that are missing,
 * ends with 1 only when a check fails.
 *
 *     node test/external/check-labels.ts [DEMO-OUT]     (without a folder the demo is played first, with six orders)
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import process from 'node:process'
import { writeSamplePapers } from './sample-papers.ts'

const programs = [
  ['pdftoppm', '-v', 'poppler-utils'],
  ['pdftotext', '-v', 'poppler-utils'],
  ['zbarimg', '--version', 'zbar-tools'],
  ['jose', 'alg', 'jose'],
] as const

interface Customer {
  readonly name: string
  readonly email: string
  readonly phone?: string
  readonly address: { readonly name: string; readonly lines: readonly string[] }
}

interface Summary {
  readonly labels: readonly { readonly parcel: string; readonly courier: string; readonly file: string }[]
  readonly sealing: string
}

const scratch = mkdtempSync(join(tmpdir(), 'backroom-labels-'))
let failures = 0

function check(name: string, isTrue: boolean): void {
  if (!isTrue) failures++
  console.log(`${isTrue ? 'ok  ' : 'FAIL'} ${name}`)
}

function run(program: string, args: readonly string[], input?: string): { ok: boolean; out: string } {
  const { status, stdout } = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return { ok: status === 0, out: stdout ?? '' }
}

const readJson = <Content>(path: string): Content => JSON.parse(readFileSync(path, 'utf8')) as Content // files of our own

function playDemo(): string {
  const out = join(scratch, 'demo-out')
  const main = resolve(import.meta.dirname, '../../src-main/hosts/demo/main.ts')
  const { status } = spawnSync(process.execPath, [main, '--out', out, '--orders', '6', '--json'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`the demo ended with ${status}`)
  return out
}

/** The barcodes of all pages of a PDF at 203 dpi, or of a picture, as `TYPE:content`, sorted. */
function codesOf(file: string): readonly string[] {
  const pages = file.endsWith('.png') ? [file] : pagesOf(file)
  const read = pages.flatMap((page) => run('zbarimg', ['--quiet', '--nodbus', page]).out.split('\n'))
  return read.filter((line) => line !== '').toSorted()
}

function pagesOf(file: string): readonly string[] {
  const folder = mkdtempSync(join(scratch, 'pages-'))
  if (!run('pdftoppm', ['-r', '203', '-gray', '-png', file, join(folder, 'page')]).ok) return []
  return readdirSync(folder).map((page) => join(folder, page))
}

const contentOf = (codes: readonly string[], type: RegExp): string =>
  codes.find((code) => type.test(code))?.replace(/^[^:]*:/, '') ?? ''

interface Checked {
  readonly out: string
  readonly customers: readonly Customer[]
  /** Without it labels carry the address in clear. */
  readonly isSealed: boolean
}

function checkLabel({ out, customers, isSealed }: Checked, label: Summary['labels'][number]): void {
  const { parcel, courier, file } = label
  const codes = codesOf(join(out, file))
  check(`${file}: zbarimg reads the parcel number at 203 dpi`, contentOf(codes, /^CODE-128:/).includes(parcel))
  if (!isSealed) return
  const key = join(out, 'courier-keys', `${courier}.private.jwks.json`)
  const block = contentOf(codes, /^QR-Code:/)
  const header = Buffer.from(block.split('.')[0] ?? '', 'base64url').toString('utf8')
  check(`${file}: the QR code was sealed for this parcel`, header.includes(`"pid":"${parcel}"`))
  const opened = run('jose', ['jwe', 'dec', '-i', '-', '-k', key], block)
  check(`${file}: jose opens the QR code with the key of ${courier}`, opened.ok && isCustomer(opened.out, customers))
}

/** What was opened is one of the sample customers with their own street; compared here and printed nowhere. */
function isCustomer(text: string, customers: readonly Customer[]): boolean {
  const { n, a } = JSON.parse(text) as { readonly n?: string; readonly a?: readonly string[] } // LABELS: name and lines
  return customers.some(({ address }) => address.name === n && address.lines.join('\n') === a?.join('\n'))
}

const closed = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, '')

function checkFloorPaper(out: string, customers: readonly Customer[]): void {
  const personal = customers.flatMap(({ name, email, phone, address }) =>
    [name, email, phone ?? name, address.name, ...address.lines].map(closed),
  )
  for (const kind of ['pick-sheets', 'slips', 'run-sheets']) {
    const files = readdirSync(join(out, kind))
    const readable = files.filter((file) => {
      const text = closed(run('pdftotext', ['-layout', join(out, kind, file), '-']).out)
      return text === '' || personal.some((one) => text.includes(one))
    })
    check(`${kind}: pdftotext finds text and no customer in ${files.length} files`, readable.length === 0)
  }
}

/** Every code on every sheet of the demo: its wave, its manifest, and nothing that nobody expects there. */
function checkSheetCodes(out: string): void {
  const filesIn = (kind: string): readonly string[] => readdirSync(join(out, kind)).map((file) => join(out, kind, file))
  const waves = filesIn('pick-sheets').filter(
    (file) => !codesOf(file).some((code) => /^(CODE-128|QR-Code):wave:/.test(code)),
  )
  check('pick-sheets: zbarimg reads the code of the wave on each', waves.length === 0)
  const manifests = filesIn('run-sheets').filter(
    (file) => !codesOf(file).includes(`CODE-128:${basename(file, '.pdf')}`),
  )
  check('run-sheets: zbarimg reads the number of the manifest on each', manifests.length === 0)
}

async function checkSamplePapers(): Promise<void> {
  const papers = await writeSamplePapers(scratch, resolve(import.meta.dirname, '../../resources/fonts'))
  for (const { name, file, codes, hasMore } of papers) {
    const read = codesOf(file)
    const isRead = codes.every((code) => read.includes(code)) && (hasMore || read.length === codes.length)
    check(`${name}: zbarimg reads every code`, isRead)
  }
}

const missing = programs.filter(([program, flag]) => !run(program, [flag]).ok)
for (const [program, , debian] of missing) console.log(`missing: ${program} (Debian: apt-get install ${debian})`)
try {
  if (missing.length === 0) {
    const out = process.argv[2] === undefined ? playDemo() : resolve(process.argv[2])
    if (!existsSync(join(out, 'summary.json'))) throw new Error(`${out} is no demo folder: summary.json is missing`)
    const customers = readJson<readonly Customer[]>(
      resolve(import.meta.dirname, '../../resources/sample-shop/customers.json'),
    )
    const { labels, sealing } = readJson<Summary>(join(out, 'summary.json'))
    check('the demo has labels', labels.length > 0)
    for (const label of labels) checkLabel({ out, customers, isSealed: sealing === 'delivery' }, label)
    checkFloorPaper(out, customers)
    checkSheetCodes(out)
    await checkSamplePapers()
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
// The ZPL renderer's own program never ends by itself.
process.exit(failures > 0 ? 1 : 0)
