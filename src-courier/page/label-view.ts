import { systemClock } from '../core/clock.ts'
import { openLabel, type OpenedLabel } from '../core/label.ts'
import { button, element, field, fill, sectionOf } from './elements.ts'
import type { Teller } from './teller.ts'
import type { Session } from './session.ts'
import { recipientView } from './stops-view.ts'

/** The reader some browsers have built in (Shape Detection API); where it is missing, a scanner or paste does. */
interface CodeReader {
  detect(image: ImageBitmap): Promise<readonly { readonly rawValue: string }[]>
}
declare const BarcodeDetector: (new (options: { formats: string[] }) => CodeReader) | undefined

/** One label at a time: pasted, scanned with a scanner that types, or read from a photo. */
export function showLabel(session: Session, tell: Teller): void {
  if (!session.keys()) return fill(sectionOf('label'), [])
  const text = element('textarea', { id: 'label-text', rows: 2, autocomplete: 'off' })
  const number = element('input', { id: 'label-number', autocomplete: 'off' })
  const result = element('div', { id: 'label-result' })
  const open = (block: string): Promise<void> =>
    tell.trying(async () => {
      result.replaceChildren()
      const keys = session.keys()
      if (!keys) return
      const parcelNumber = number.value.trim() === '' ? undefined : number.value.trim()
      const label = await openLabel(block, { keys, parcelNumber, now: systemClock.now() })
      result.replaceChildren(labelView(label), pointToStop(session, label.parcelNumber))
      text.value = ''
      tell.good(`Opened the label of parcel ${label.parcelNumber}.`)
    })
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    void open(text.value)
  })
  const press = button('Open label', { id: 'open-label', isFirst: true, onPress: () => open(text.value) })
  fill(sectionOf('label'), [
    element('h2', { id: 'label-title' }, ['One label']),
    element('div', { className: 'row' }, [field('Text of the square code, scanned or pasted', text, true)]),
    element('div', { className: 'row' }, [
      field('Parcel number on the label, to compare', number),
      press,
      typeof BarcodeDetector === 'undefined' ? undefined : photoField(open, tell),
    ]),
    result,
  ])
}

function photoField(open: (block: string) => Promise<void>, tell: Teller): HTMLElement {
  const photo = element('input', { id: 'label-photo', type: 'file', accept: 'image/*' })
  photo.addEventListener('change', () => {
    void tell.trying(async () => {
      const file = photo.files?.[0]
      if (!file || typeof BarcodeDetector === 'undefined') return
      const codes = await new BarcodeDetector({ formats: ['qr_code'] }).detect(await createImageBitmap(file))
      const [first] = codes
      if (first) await open(first.rawValue)
      else tell.bad('No square code was found on the photo. Come closer and keep the label flat.')
    })
  })
  return field('Or a photo of the label', photo)
}

const labelView = (label: OpenedLabel): HTMLElement =>
  element('div', {}, [
    element('p', { className: 'muted' }, [`Parcel ${label.parcelNumber}`]),
    recipientView(label.recipient),
  ])

/** Shows the stop of the run that the parcel belongs to, or says that it is not on it. */
function pointToStop(session: Session, pid: string): Node {
  const work = session.work()
  if (!work) return element('span')
  const stop = work.stops.find(({ parcels }) => parcels.some((parcel) => parcel.pid === pid))
  if (!stop) return element('p', { className: 'state failed' }, ['This parcel is not on the open manifest.'])
  for (const other of document.querySelectorAll('ol.stops > li.found')) other.classList.remove('found')
  document.getElementById(`stop-${stop.stop}`)?.classList.add('found')
  return element('p', {}, [element('a', { href: `#stop-${stop.stop}` }, [`Stop ${stop.seq} of this run`])])
}
