import { button, download, element, field, row } from './elements.ts'
import type { Teller } from './teller.ts'
import { t } from './texts/texts.ts'

export interface Paper {
  readonly fileName: string
  readonly type: string
  text(): Promise<string | undefined>
}

/**
 * The ways out for a text: a file, the clipboard, and the telephone's own sharing where the browser has it. What was
 * copied stands below as text too, for browsers that give a page no clipboard.
 */
export function handOut(
  paper: Paper,
  options: { id: string; save: string; tell: Teller; isFirst?: boolean; disabled?: boolean; onDone?: () => void },
): HTMLElement {
  const { id, tell, disabled = false } = options
  const shown = element('textarea', { id: `${id}-text`, rows: 4, readOnly: true, spellcheck: false })
  const box = element('div', { hidden: true }, [field(t('keys.text'), shown, true)])
  const withText = (use: (text: string) => Promise<void> | void) => (): Promise<void> =>
    tell.trying(async () => {
      const text = await paper.text()
      if (text === undefined) return
      await use(text)
      options.onDone?.()
    })
  const save = withText((text) => download(paper.fileName, text, paper.type))
  const copy = withText(async (text) => {
    shown.value = text
    box.hidden = false
    const isCopied = await toClipboard(text)
    if (isCopied) tell.good(t('keys.copied'))
    else {
      shown.select()
      tell.bad(t('keys.notCopied'))
    }
  })
  const share = withText((text) => navigator.share({ files: [asFile(paper, text)] }).catch(() => undefined))
  return element('div', {}, [
    row([
      button(options.save, { id: `save-${id}`, isFirst: options.isFirst ?? true, disabled, onPress: save }),
      button(t('keys.copy'), { id: `copy-${id}`, disabled, onPress: copy }),
      canShare(paper) && button(t('keys.share'), { id: `share-${id}`, disabled, onPress: share }),
    ]),
    box,
  ])
}

const asFile = ({ fileName, type }: Paper, text: string): File => new File([text], fileName, { type })

const canShare = (paper: Paper): boolean =>
  'canShare' in navigator && navigator.canShare({ files: [asFile(paper, '')] })

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
