import { fingerprintWords } from '../../src-main/kernel/fingerprint.ts'
import { nextReport } from '../core/run.ts'
import { signStatusFile } from '../core/signed-answers.ts'
import { button, download, element, field, fill, sectionOf } from './elements.ts'
import type { Teller } from './teller.ts'
import type { Session, Work } from './session.ts'

/** Open a manifest, decide about its shop, and send word back. */
export function showManifest(session: Session, tell: Teller): void {
  const title = element('h2', { id: 'manifest-title' }, ['Manifest'])
  const waiting = session.waiting()
  const work = session.work()
  if (!session.keys()) fill(sectionOf('manifest'), [])
  else if (waiting) fill(sectionOf('manifest'), [title, ...trustView(session, waiting, tell)])
  else if (work) fill(sectionOf('manifest'), [title, ...runView(session, work, tell)])
  else fill(sectionOf('manifest'), [title, openRow(session, tell)])
}

function openRow(session: Session, tell: Teller): HTMLElement {
  const file = element('input', { id: 'manifest-file', type: 'file', accept: '.jwe,application/jose' })
  file.addEventListener('change', () => {
    void tell.trying(async () => {
      const text = await file.files?.[0]?.text()
      // Emptied, so that the same name can be chosen again after the file was mended.
      file.value = ''
      if (text !== undefined) await session.openFile(text)
    })
  })
  return element('div', { className: 'row' }, [field('Sealed manifest (.manifest.jwe)', file, true)])
}

function trustView(
  session: Session,
  waiting: { readonly shopKid: string; readonly shop: { readonly name: string } },
  tell: Teller,
): HTMLElement[] {
  const trust = button('The words are the same: trust this shop', {
    id: 'trust-shop',
    isFirst: true,
    onPress: () => tell.trying(() => session.trustAndOpen()),
  })
  const refuse = button('They differ: close the file', { id: 'refuse-shop', onPress: () => session.close() })
  return [
    element('p', {}, [`This is the first file from “${waiting.shop.name}”. Call the shop and compare these words:`]),
    element('p', { className: 'words', id: 'shop-words' }, [fingerprintWords(waiting.shopKid).join(' ')]),
    element('div', { className: 'row' }, [trust, refuse]),
  ]
}

function runView(session: Session, work: Work, tell: Teller): HTMLElement[] {
  const { manifest, stops, run } = work
  const unsaid = run.events.length - run.reported
  const closedAt = new Date(manifest.closedAt).toLocaleString()
  const start = button('All parcels are in the van', {
    id: 'all-out',
    disabled: run.pids.every((pid) => run.events.some((event) => event.pid === pid)),
    onPress: () => tell.trying(async () => session.markAllOut()),
  })
  const save = button(unsaid > 0 ? `Save status file (${unsaid} new)` : 'Save status file', {
    id: 'save-status',
    isFirst: true,
    disabled: unsaid === 0,
    onPress: () => tell.trying(() => saveStatus(session, work, { all: false })),
  })
  const again = button('Save everything again', {
    id: 'save-status-all',
    disabled: run.sequence === 0,
    onPress: () => tell.trying(() => saveStatus(session, work, { all: true })),
  })
  const close = button('Close manifest', { id: 'close-manifest', onPress: () => session.close() })
  return [
    element('p', { id: 'manifest-facts' }, [
      `${manifest.number} from ${manifest.shop.name}: ${run.pids.length} parcels at ${stops.length} stops, closed ${closedAt}.`,
    ]),
    element('div', { className: 'row' }, [start, save, again, close]),
  ]
}

async function saveStatus(session: Session, { run }: Work, options: { all: boolean }): Promise<void> {
  const keys = session.keys()
  const report = nextReport(run, options)
  if (!keys || !report) return
  const signed = await signStatusFile(keys, report.content)
  const name = run.manifest.replace(/[^\p{L}\p{N}_-]/gu, '_')
  download(`${name}.${report.content.sequence}.status.jws`, signed, 'application/jose')
  session.keepRun(report.run)
}
