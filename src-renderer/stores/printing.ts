import { useToast } from '@nuxt/ui/composables'
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { InputOf, OutputOf } from '../../src-main/contract/operations.ts'
import { useBridge } from '../bridge/index.ts'
import { useJobs } from './jobs.ts'
import { useChanges } from './loaded.ts'

export type PrintInput = InputOf<'print.documents'>
export type PrintRun = OutputOf<'print.documents'>
export type PrintJob = PrintRun['jobs'][number]
export type PrintKind = OutputOf<'print.kinds'>[number]

/** Which kinds of documents have a printer where we are; read again when something was written. */
export const usePrintKinds = defineStore('print-kinds', () => {
  const bridge = useBridge()
  const kinds = ref<OutputOf<'print.kinds'>>([])
  // Without an answer there is no print button; whoever set printers up sees why on their screen.
  const load = async (): Promise<void> => void (kinds.value = await bridge.call('print.kinds', {}).catch(() => []))
  void load()
  useChanges(() => void load())
  return { kinds }
})

/** What is known of a job, in words: never more than the system or the printer has said. */
export function useJobWords() {
  const { t } = useI18n()
  const stateOf = (job: PrintJob): string => t(`printing.states.${job.state}`)
  const reasonOf = (job: PrintJob): string => (job.reason === undefined ? '' : t(`printing.reasons.${job.reason}`))
  const wordsOf = (job: PrintJob): string => [stateOf(job), reasonOf(job)].filter(Boolean).join(' ')
  return { stateOf, reasonOf, wordsOf }
}

const isTrouble = ({ state }: PrintJob): boolean => state === 'refused' || state === 'unclear' || state === 'waiting'

/** Prints and says how it went. Throws what the shop refuses before anything is sent. */
export function usePrint(): { print(input: PrintInput): Promise<void>; has(kind: string): boolean } {
  const { t } = useI18n()
  const toast = useToast()
  const jobs = useJobs()
  const { wordsOf } = useJobWords()
  const printable = usePrintKinds()

  async function print(input: PrintInput): Promise<void> {
    const run = await jobs.run('print.documents', input)
    const trouble = run.jobs.find(isTrouble)
    const [first] = run.jobs
    if (trouble)
      toast.add({
        title: t('printing.stopped', { document: trouble.title, printer: trouble.printerName }),
        description: wordsOf(trouble),
        icon: 'i-lucide-octagon-alert',
        color: 'error',
        duration: 15_000,
      })
    else if (!first) toast.add({ title: t('printing.allThere'), icon: 'i-lucide-info', color: 'neutral' })
    else toast.add({ title: summary(run.jobs, t), description: first.printerName, icon: 'i-lucide-printer', color: 'success' }) // prettier-ignore
  }
  return { print, has: (kind) => (printable.kinds as readonly string[]).includes(kind) }
}

type Translate = (key: string, facts: Record<string, number>) => string

function summary(jobs: readonly PrintJob[], t: Translate): string {
  const count = (state: PrintJob['state']): number => jobs.filter((job) => job.state === state).length
  return (['printed', 'handed-over', 'cancelled'] as const)
    .filter((state) => count(state) > 0)
    .map((state) => t(`printing.counts.${state}`, { n: count(state) }))
    .join(' · ')
}
