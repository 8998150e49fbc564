import { element, muted } from './elements.ts'
import { handOut } from './hand-out.ts'
import type { Place } from './opener.ts'
import type { Work } from './session.ts'
import { t } from './texts/texts.ts'

/** What goes back to the shop: that the manifest arrived, and what happened to its parcels. */
export function sendView(place: Place): readonly Node[] {
  const work = place.session.work()
  const title = element('h2', {}, [t('send.title')])
  if (!work) return [element('section', {}, [title, element('p', {}, [t('send.none')])])]
  return [element('section', { id: 'receipt' }, [title, ...receiptPart(place, work)]), statusPart(place, work)]
}

/** Numbers name files; what a file system may not like becomes an underscore. */
const fileNameOf = (number: string): string => number.replace(/[^\p{L}\p{N}_-]/gu, '_')

function receiptPart({ session, tell }: Place, { manifest }: Work): readonly Node[] {
  const paper = {
    fileName: `${fileNameOf(manifest.number)}.receipt.jws`,
    type: 'application/jose',
    text: () => session.receipt(),
  }
  return [
    element('h3', {}, [t('send.receipt')]),
    muted(t('send.receiptHint')),
    handOut(paper, { id: 'receipt', save: t('send.saveReceipt'), tell }),
  ]
}

function statusPart(place: Place, { run }: Work): HTMLElement {
  const unsaid = run.events.length - run.reported
  const news =
    unsaid === 0
      ? t('send.nothing')
      : t(run.sequence === 0 ? 'send.newFirst' : 'send.new', { count: unsaid, sequence: run.sequence })
  return element('section', { id: 'status' }, [
    element('h3', {}, [t('send.status')]),
    muted(t('send.statusHint')),
    element('p', { id: 'news' }, [news]),
    statusOut(place, { id: 'status', save: t('send.saveStatus'), all: false, disabled: unsaid === 0 }),
    element('h3', {}, [t('send.all')]),
    muted(t('send.allHint')),
    statusOut(place, { id: 'status-all', save: t('send.all'), all: true, disabled: run.sequence === 0 }),
  ])
}

function statusOut(
  { session, tell, draw }: Place,
  options: { id: string; save: string; all: boolean; disabled: boolean },
): HTMLElement {
  const { id, save, all, disabled } = options
  const number = fileNameOf(session.work()?.manifest.number ?? '')
  const sequence = (session.work()?.run.sequence ?? 0) + 1
  // Signed once: what was saved may be copied and shared too, under the same number.
  let signed: Promise<string | undefined> | undefined
  const paper = {
    fileName: `${number}.${sequence}.status.jws`,
    type: 'application/jose',
    text: () => (signed ??= session.statusFile({ all }).then((file) => file?.text)),
  }
  return handOut(paper, {
    id,
    save,
    tell,
    disabled,
    isFirst: !all,
    onDone: () => {
      tell.good(t('send.done', { sequence }))
      draw()
    },
  })
}
