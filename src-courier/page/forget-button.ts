import { button, row } from './elements.ts'
import type { Place } from './opener.ts'
import { t } from './texts/texts.ts'

/** Takes everything out of this browser, once the courier has said so twice. */
export function forgetButton({ session, tell, scanner }: Place): HTMLElement {
  const forget = (): Promise<void> =>
    tell.trying(async () => {
      if (!confirm(t('keys.askForget'))) return
      scanner.stop()
      await session.forgetAll()
      tell.good(t('keys.forgotten'))
    })
  return row([button(t('keys.forget'), { id: 'forget', onPress: forget })])
}
