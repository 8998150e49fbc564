import type { PrintReason } from '../../../domain/print-job.ts'
import type { MediaName } from '../../../domain/print-media.ts'
import type { JobWord, PrinterLook } from '../../../ports/printing.ts'
import { ippNotFound, type IppAnswer } from './ipp.ts'

/** PWG 5101.1 self-describing names: CUPS finds the driver's own name by the size in them. */
export const cupsMedia: { readonly [name in MediaName]: string } = {
  '4x6': 'na_index-4x6_4x6in',
  '100x150': 'om_100x150mm_100x150mm',
  A6: 'iso_a6_105x148mm',
  A5: 'iso_a5_148x210mm',
  A4: 'iso_a4_210x297mm',
  letter: 'na_letter_8.5x11in',
}

/** No blank, slash, hash or quote can be in a queue's name, and none that begins with a dash is ever used. */
export const isQueueName = (name: string): boolean => /^[^\s/#'"\\<>&?%-][^\s/#'"\\<>&?%]{0,126}$/u.test(name)

/** The lines of `lpstat -e`, with the default one marked by what `lpstat -d` says. */
export function readQueues(listed: string, said: string): readonly { name: string; isDefault: boolean }[] {
  const usual = /^system default destination:\s*(\S+)/m.exec(said)?.[1]
  return listed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(isQueueName)
    .map((name) => ({ name, isDefault: name === usual }))
}

/** The job's name in what `lp` says, `Label_1-12`: it stands in the sentence in whichever language that is. */
export function readJobName(queue: string, said: string): string | undefined {
  const words = said.split(/\s+/)
  return words.find((word) => word.startsWith(`${queue}-`) && /^\d{1,9}$/.test(word.slice(queue.length + 1)))
}

/** What `lp` complains of. */
export function refusalOf(said: string): PrintReason {
  if (/does not exist|unknown destination/i.test(said)) return 'no-such-queue'
  if (/not accepting/i.test(said)) return 'queue-rejects'
  if (/unable to connect|scheduler is not running|bad file descriptor|connection refused/i.test(said))
    return 'spooler-off'
  return 'spooler-refused'
}

/** IPP keywords (RFC 8011, PWG 5100.9) that keep a printer from printing. Those ending in -warning or -report do not. */
const reasonByKeyword: readonly (readonly [RegExp, PrintReason])[] = [
  [/^media-(empty|needed)/, 'paper-out'],
  [/^(door|cover|interlock)-open/, 'head-open'],
  [/^(toner|marker-supply|marker-ink|developer)-empty/, 'toner-out'],
  [/^(paused|moving-to-paused|stopped|printer-stopped|resources-are-not-ready)/, 'queue-stopped'],
  [/^(offline|connecting-to-device|timed-out|shutdown)/, 'not-answering'],
  [/^job-held|^job-hold/, 'held'],
  [/jam|full|missing|life-over|failure|error/, 'needs-attention'],
]

export function reasonsOf(keywords: readonly unknown[]): readonly PrintReason[] {
  const found = keywords.flatMap((keyword) => {
    const text = String(keyword)
    if (text.endsWith('-warning') || (text.endsWith('-report') && !text.startsWith('offline'))) return []
    return reasonByKeyword.find(([pattern]) => pattern.test(text))?.[1] ?? []
  })
  return [...new Set(found)]
}

const stopped = 5

/** `answer` is undefined when CUPS could not be asked, or does not know the queue before it is used the first time. */
export function lookOf(answer: IppAnswer): PrinterLook {
  const reasons = reasonsOf(answer.values.get('printer-state-reasons') ?? [])
  const isStopped = answer.values.get('printer-state')?.[0] === stopped
  const rejects = answer.values.get('printer-is-accepting-jobs')?.[0] === false
  const waiting = answer.values.get('queued-job-count')?.[0]
  const all = new Set([
    ...(rejects ? (['queue-rejects'] as const) : []),
    ...(isStopped ? (['queue-stopped'] as const) : []),
    ...reasons,
  ])
  return { isReady: all.size === 0, reasons: [...all], waiting: typeof waiting === 'number' ? waiting : undefined }
}

/** Job states of RFC 8011, 5.3.7. Only 9 is "completed"; 8 is aborted, which other programs also call completed. */
export function jobWordOf(answer: IppAnswer): JobWord {
  if (answer.status === ippNotFound) return { state: 'unclear', reason: 'forgotten' }
  const [reason] = reasonsOf([
    ...(answer.values.get('job-printer-state-reasons') ?? []),
    ...(answer.values.get('job-state-reasons') ?? []),
  ])
  switch (answer.values.get('job-state')?.[0]) {
    case 9:
      return { state: 'printed' }
    case 8:
      return { state: 'refused', reason: 'aborted' }
    case 7:
      return { state: 'cancelled', reason: 'cancelled-there' }
    case 6:
      return { state: 'handed-over', reason: reason ?? 'queue-stopped' }
    case 4:
      return { state: 'handed-over', reason: reason ?? 'held' }
    default:
      return { state: 'handed-over', reason }
  }
}
