import { useI18n } from 'vue-i18n'
import { useToast } from '@nuxt/ui/composables'
import type { InputOf, OperationName, OutputOf } from '../../src-main/contract/operations.ts'
import { isCancelled, problemOf } from '../format/failure.ts'
import { useJobs } from './jobs.ts'

/** What a button does: call, say how it went. Answers undefined when it failed, which has been said by then. */
export function useActions() {
  const { t } = useI18n()
  const toast = useToast()
  const jobs = useJobs()

  async function perform<Name extends OperationName>(
    operation: Name,
    input: InputOf<Name>,
    done?: string,
  ): Promise<OutputOf<Name> | undefined> {
    try {
      const answer = await jobs.run(operation, input)
      if (done) toast.add({ title: done, icon: 'i-lucide-check', color: 'success' })
      return answer
    } catch (error) {
      if (isCancelled(error)) toast.add({ title: t('jobs.cancelled'), icon: 'i-lucide-ban', color: 'neutral' })
      else complain(error)
      return undefined
    }
  }

  function complain(error: unknown): void {
    const problem = problemOf(error, t)
    const description = [problem.advice, problem.facts.join(' · ')].filter(Boolean).join('\n')
    toast.add({ title: problem.what, description, icon: 'i-lucide-octagon-alert', color: 'error', duration: 12_000 })
  }

  return { perform, complain }
}
