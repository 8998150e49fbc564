import { AppError } from '../../kernel/errors.ts'
import type { AnswerFile, CarrierLabels, LabelAnswer } from '../../ports/carrier-labels.ts'
import { readProfiles, type UploadProfile } from './profile.ts'
import { readTable } from './read-table.ts'
import { splitInThread, usualLimits, type SplitLimits } from './split-in-thread.ts'
import { writeUpload } from './write-upload.ts'

/** One file of a carrier's site: a day's labels are far smaller. */
const mostBytes = 25 * 1024 * 1024

export interface CarrierFilesOptions {
  /** Where the profiles lie: `resources/carrier-uploads`. */
  readonly profilesFolder: string
  readonly limits?: SplitLimits | undefined
}

/** The port `CarrierLabels` for carriers' web sites: files that a person uploads, and files that a person fetches. */
export function carrierFiles({ profilesFolder, limits = usualLimits }: CarrierFilesOptions): CarrierLabels {
  let reading: Promise<ReadonlyMap<string, UploadProfile>> | undefined
  const profiles = (): Promise<ReadonlyMap<string, UploadProfile>> => (reading ??= readProfiles(profilesFolder))
  const profileOf = async (name: string): Promise<UploadProfile> => {
    const known = await profiles()
    const profile = known.get(name)
    if (!profile) throw new AppError('ERR_UPLOAD_PROFILE_UNKNOWN', { profile: name, known: [...known.keys()] })
    return profile
  }
  return {
    async profiles() {
      return [...(await profiles()).values()].map(({ name, title, ask }) => ({ name, title, ask }))
    },
    async request(shipments, { profile, sender }) {
      return writeUpload(await profileOf(profile), shipments, sender)
    },
    async readAnswer(files, { profile }) {
      const format = await profileOf(profile)
      const answers: LabelAnswer[] = []
      // One after the other: each may take much.
      for (const file of files) answers.push(await readFile(file, format, limits))
      return {
        rows: answers.flatMap(({ rows }) => rows),
        pages: answers.flatMap(({ pages }) => pages),
        problems: answers.flatMap(({ problems }) => problems),
      }
    },
  }
}

const none: LabelAnswer = { rows: [], pages: [], problems: [] }

async function readFile(file: AnswerFile, profile: UploadProfile, limits: SplitLimits): Promise<LabelAnswer> {
  const refused = (problem: string): LabelAnswer => ({ ...none, problems: [{ file: file.name, problem }] })
  if (file.bytes.byteLength > mostBytes) return refused('too-large')
  if (isPdf(file.bytes)) return readPdf(file, profile, limits)
  const table = readTable(file, profile)
  return table ? { ...none, ...table } : refused('not-a-table')
}

/** `%PDF-` within the first kilobyte, as PDF readers have it. */
const isPdf = (bytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes('%PDF-')

async function readPdf(
  file: AnswerFile,
  { referencePrefix = '' }: UploadProfile,
  limits: SplitLimits,
): Promise<LabelAnswer> {
  const split = await splitInThread(file.bytes, limits)
  if ('problem' in split) return { ...none, problems: [{ file: file.name, problem: split.problem }] }
  const named = wordsOfName(file.name)
  return {
    ...none,
    pages: split.pages.map(({ page, words, pdf }) => ({
      file: file.name,
      page,
      words: [...named, ...words].map((word) =>
        word.startsWith(referencePrefix) ? word.slice(referencePrefix.length) : word,
      ),
      pdf,
    })),
  }
}

/** A file named by our number, `C00000000017.pdf` or `label_C00000000017 (2).pdf`, says whose label it is. */
const wordsOfName = (name: string): readonly string[] =>
  name
    .replace(/\.[^.]*$/, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word.length >= 4 && /\d/.test(word))
    .map((word) => word.toUpperCase())
