import { computed, reactive, ref } from 'vue'
import type { OutputOf } from '../../../src-main/contract/operations.ts'
import { problemOf, type Problem } from '../../format/failure.ts'
import { useActions } from '../../stores/actions.ts'
import { useJobs } from '../../stores/jobs.ts'
import { i18n } from '../../stores/language.ts'

type Tested = OutputOf<'storefronts.test'>
type Synced = OutputOf<'storefronts.sync'>[number]
type Words = OutputOf<'storefronts.words'>
type Options = OutputOf<'storefronts.list'>[number]['options']
type Perform = ReturnType<typeof useActions>['perform']

/** Languages in which customers can be told something. */
const spoken = ['en', 'de', 'ja'] as const

/** Names that no other storefront has yet; the first one is `main`. */
export function freeId(taken: readonly string[]): string {
  if (!taken.includes('main')) return 'main'
  for (let number = 2; ; number += 1) {
    const id = `shop-${number}`
    if (!taken.includes(id)) return id
  }
}

/** The words of a platform in the language of whoever looks; none where the shop has its own, or nothing answers. */
export async function wordsHere(perform: Perform, platform: string): Promise<Words> {
  if (platform !== 'woocommerce' && platform !== 'open-protocol') return []
  const language = spoken.find((code) => code === i18n.global.locale.value) ?? 'en'
  return (await perform('storefronts.words', { platform, language })) ?? []
}

/** The state of the assistant: address, what was found there, the key, the test, the choice, the first round. */
export function useStorefrontAssistant(next: {
  readonly id: () => string
  /** What was chosen before, when the key of a connected shop is changed. */
  readonly options: () => Options | undefined
}) {
  const jobs = useJobs()
  const { perform } = useActions()
  const form = reactive({ url: '', token: '', consumerKey: '', consumerSecret: '' })
  const tested = ref<Tested>()
  const words = ref<Words>([])
  const chosen = reactive({ kinds: [] as string[], completes: false })
  const connectedName = ref<string>()
  const first = ref<Synced>()
  const failure = ref<Problem>()

  const platform = computed(() => tested.value?.platform ?? undefined)
  const token = computed(() =>
    platform.value === 'woocommerce'
      ? [form.consumerKey.trim(), form.consumerSecret.trim()].filter(Boolean).join(':')
      : form.token.trim(),
  )
  const isTesting = computed(() => jobs.isRunning('storefronts.test'))
  const isFinding = computed(() => isTesting.value && token.value === '')

  async function test(): Promise<void> {
    const known = platform.value
    const result = await perform('storefronts.test', {
      url: form.url,
      ...(token.value !== '' && { token: token.value }),
    })
    if (result === undefined) return
    tested.value = result
    if (result.platform === null || result.platform === known) return
    words.value = await wordsHere(perform, result.platform)
    const before = next.options()
    const usual = words.value.filter(({ isUsual }) => isUsual).map(({ kind }) => kind)
    chosen.kinds = [...(before?.tellCustomer ?? usual)]
    chosen.completes = before?.completeOrders ?? false
  }

  async function connect(anyway: boolean): Promise<void> {
    if (tested.value === undefined) return
    const { url } = tested.value
    const id = next.id()
    const options =
      words.value.length === 0 ? {} : { tellCustomer: chosen.kinds as 'packed'[], completeOrders: chosen.completes } // kinds come from storefronts.words
    const made = await perform('storefronts.connect', { id, url, token: token.value, anyway, options })
    if (made === undefined) return
    connectedName.value = made.name
    Object.assign(form, { token: '', consumerKey: '', consumerSecret: '' })
    await firstRound(id)
  }

  async function firstRound(id: string): Promise<void> {
    failure.value = undefined
    try {
      const rounds = await jobs.run('storefronts.sync', {})
      first.value = rounds.find(({ connectionId }) => connectionId === id)
    } catch (error) {
      failure.value = problemOf(error, i18n.global.t)
    }
  }

  function startOver(): void {
    Object.assign(form, { url: '', token: '', consumerKey: '', consumerSecret: '' })
    tested.value = undefined
    words.value = []
    connectedName.value = undefined
    first.value = undefined
  }

  /** Another address is another shop: nothing that was found holds for it. */
  function useAddress(url: string): void {
    startOver()
    form.url = url
    void test()
  }

  return { form, tested, words, chosen, connectedName, first, failure, platform, token, isTesting, isFinding, test, connect, startOver, useAddress } // prettier-ignore
}
