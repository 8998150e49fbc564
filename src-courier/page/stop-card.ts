import { failureReasons, lastEvent, type DeliveryEvent, type FailureReason, type Run } from '../core/run.ts'
import type { OpenedStop, StopParcel } from '../core/stops.ts'
import { AppError } from '../../src-main/kernel/errors.ts'
import { button, element, field, muted, row } from './elements.ts'
import type { Place } from './opener.ts'
import { recipientView } from './recipient-view.ts'
import { sentenceFor } from './sentences.ts'
import { t, wordFor } from './texts/texts.ts'
import { clockTime } from './times.ts'

/** Which parcels are being asked about ("why not?"), by their numbers; one question at a time. */
let asking: string | undefined

/** Where the courier stands: whom it is for, what to hand over, and the two large answers. */
export function stopCard(place: Place, stop: OpenedStop, title: string): HTMLElement {
  const work = place.session.work()
  if (!work) return element('div')
  const open = stop.parcels.filter(({ pid }) => mayDeliver(lastEvent(work.run, pid)))
  const card = element('section', { id: 'stop-card', className: 'card' }, [
    element('h2', {}, [element('span', { className: 'seq' }, [stop.seq]), ' ', title]),
    stop.recipient
      ? recipientView(stop.recipient, stop.at)
      : element('p', { className: 'state failed' }, [t('stop.closed', { why: whyClosed(stop.problem) })]),
    stop.window && muted(t('stop.window', { from: clockTime(stop.window.from), to: clockTime(stop.window.to) })),
    ...stop.parcels.map((parcel) => parcelRow(place, parcel, work.run)),
    ...(open.length === 0 ? [] : answers(place, stop, open)),
    noteField(place, stop),
  ])
  card.dataset['stop'] = String(stop.stop)
  return card
}

const whyClosed = (problem = ''): string =>
  sentenceFor(
    new AppError(problem === 'ERR_SEALED_BLOCK_EXPIRED' ? problem : 'ERR_SEALED_BLOCK_INVALID', { reason: 'tampered' }),
  )

const mayDeliver = (last: DeliveryEvent | undefined): boolean =>
  last?.status !== 'delivered' && last?.status !== 'returned'

function parcelRow(place: Place, parcel: StopParcel, run: Run): HTMLElement {
  const { pid, n, of, grossG, handling } = parcel
  const last = lastEvent(run, pid)
  const facts = [
    t('stop.piece', { n, of }),
    `${(grossG / 1000).toFixed(1)} kg`,
    ...handling.map((mark) => wordFor('handling', mark)),
  ]
  return element('div', { className: 'parcel' }, [
    element('div', { className: 'number' }, [pid]),
    element('div', { className: 'muted' }, [facts.join(' · ')]),
    last && element('div', { className: `state ${last.status}` }, [stateText(last)]),
    row([
      last?.status === 'failed' && actButton(place, { act: 'returned', pids: [pid], text: t('stop.returned') }),
      canTakeBack(run, pid) && takeBackButton(place, pid),
    ]),
  ])
}

export const stateText = ({ status, reason, at }: DeliveryEvent): string =>
  [wordFor('status', status), reason && wordFor('reason', reason), clockTime(at)].filter(Boolean).join(', ')

const canTakeBack = (run: Run, pid: string): boolean =>
  run.events.findLastIndex((event) => event.pid === pid) >= run.reported

const takeBackButton = (place: Place, pid: string): HTMLElement =>
  button(t('stop.back'), { id: `back-${pid}`, onPress: () => undo(place, [pid]) })

function undo({ session, tell }: Place, pids: readonly string[]): Promise<void> {
  return tell.trying(() => {
    session.takeBack(pids)
    tell.good(t('stop.takenBack'))
  })
}

function actButton(
  place: Place,
  options: { act: 'delivered' | 'returned'; pids: readonly string[]; text: string; isFirst?: boolean },
): HTMLElement {
  const { act, pids, text, isFirst = false } = options
  return button(text, {
    id: `${act}-${pids.join('-')}`,
    isFirst,
    className: 'large',
    onPress: () => markAll(place, pids, { status: act }),
  })
}

/** Marks, says so, and offers to take it back: a thumb slips. */
function markAll(
  place: Place,
  pids: readonly string[],
  what: { status: DeliveryEvent['status']; reason?: FailureReason },
): Promise<void> {
  const { session, tell } = place
  return tell.trying(() => {
    const stop = session.work()?.stops.find(({ parcels }) => parcels.some(({ pid }) => pids.includes(pid)))
    asking = undefined
    session.mark(pids.map((pid) => ({ pid, ...what })))
    const words = [wordFor('status', what.status), what.reason && wordFor('reason', what.reason)]
      .filter(Boolean)
      .join(', ')
    tell.good(t('stop.marked', { seq: stop?.seq ?? '', what: words }), () => void undo(place, pids))
    place.choose(undefined)
  })
}

/** For all parcels of the stop at once; one of several is answered for by itself below. */
function answers(place: Place, stop: OpenedStop, open: readonly StopParcel[]): readonly HTMLElement[] {
  const pids = open.map(({ pid }) => pid)
  const isOne = stop.parcels.length === 1
  const text = pids.length > 1 ? t('stop.allDelivered', { count: pids.length }) : t('stop.delivered')
  return [
    element('div', { className: 'answers' }, [
      actButton(place, { act: 'delivered', pids, text, isFirst: true }),
      askButton(place, pids),
    ]),
    ...(asking === pids.join('-') ? [reasons(place, pids)] : []),
    ...(isOne || pids.length === 1 ? [] : open.flatMap(({ pid }) => oneOfMany(place, pid))),
  ]
}

const oneOfMany = (place: Place, pid: string): readonly HTMLElement[] => [
  element('div', { className: 'answers small' }, [
    element('span', { className: 'number' }, [pid]),
    actButton(place, { act: 'delivered', pids: [pid], text: t('stop.delivered') }),
    askButton(place, [pid]),
  ]),
  ...(asking === pid ? [reasons(place, [pid])] : []),
]

function askButton(place: Place, pids: readonly string[]): HTMLElement {
  const key = pids.join('-')
  const made = button(t('stop.failed'), {
    id: `failed-${key}`,
    className: 'large',
    onPress: () => {
      asking = asking === key ? undefined : key
      place.draw()
      document.querySelector<HTMLElement>('.reasons button')?.focus()
    },
  })
  made.setAttribute('aria-expanded', String(asking === key))
  return made
}

function reasons(place: Place, pids: readonly string[]): HTMLElement {
  const group = element('div', { className: 'reasons' }, [
    element('p', {}, [t('stop.why')]),
    ...failureReasons.map((reason) =>
      button(wordFor('reason', reason), {
        id: `reason-${reason}`,
        onPress: () => markAll(place, pids, { status: 'failed', reason }),
      }),
    ),
    button(t('stop.cancel'), {
      id: 'reason-cancel',
      onPress: () => {
        asking = undefined
        place.draw()
      },
    }),
  ])
  group.setAttribute('role', 'group')
  group.setAttribute('aria-label', t('stop.why'))
  return group
}

function noteField(place: Place, stop: OpenedStop): HTMLElement {
  const { session, tell } = place
  const before = session.work()?.ownWords.get(stop.stop) ?? ''
  const note = element('textarea', { id: `note-${stop.stop}`, rows: 1, value: before, dir: 'auto' })
  note.addEventListener('change', () => {
    void tell.trying(async () => {
      await session.saveNote(stop.stop, note.value)
      tell.good(t('stop.noteKept'))
    })
  })
  return field(t('stop.note'), note, true)
}
