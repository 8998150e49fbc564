import { toSvg } from '../../src-main/drawing/index.ts'
import { lastEvent } from '../core/run.ts'
import { drawSketchMap } from '../core/sketch-map.ts'
import type { OpenedStop } from '../core/stops.ts'
import { button, element, field, fileInput, folded, muted, row } from './elements.ts'
import { takeFile, takeText } from './hand-in.ts'
import type { Place } from './opener.ts'
import type { Work } from './session.ts'
import { stopCard } from './stop-card.ts'
import { isDone, nextStop } from './stop-order.ts'
import { svgFrom } from './svg.ts'
import { t, wordFor } from './texts/texts.ts'
import { dayAndTime } from './times.ts'

/** The day: which manifest is open, the next stop in full, the sketch, and all stops in order. */
export function runView(place: Place): readonly Node[] {
  const work = place.session.work()
  if (!work) return [openSection(place), keptSection(place)]
  const next = nextStop(work)
  const chosen = work.stops.find(({ stop }) => stop === place.chosen()) ?? next
  return [
    facts(work),
    chosen
      ? stopCard(place, chosen, chosen === next ? t('stop.next') : t('stop.chosen', { seq: '' }).trim())
      : allDone(place),
    ...(chosen && next && chosen !== next ? [toNext(place)] : []),
    mapPart(work),
    stopList(place, work, chosen),
    folded(t('run.others'), { id: 'others', children: [openSection(place), keptSection(place), closeRow(place)] }),
  ]
}

function facts({ manifest, stops, run }: Work): HTMLElement {
  const left = stops.filter((stop) => !isDone(stop, run)).length
  const closed = stops.filter((stop) => stop.recipient === undefined).length
  const gaps = {
    number: manifest.number,
    shop: manifest.shop.name,
    parcels: run.pids.length,
    when: dayAndTime(manifest.closedAt),
  }
  return element('div', { id: 'facts' }, [
    element('h2', { id: 'stops-title' }, [t('run.title', { left, stops: stops.length })]),
    element('p', { className: 'muted', id: 'manifest-facts' }, [t('run.facts', gaps)]),
    closed > 0 &&
      element('p', { className: 'state failed', id: 'closed-names' }, [t('run.expired', { count: closed })]),
  ])
}

function allDone(place: Place): HTMLElement {
  return element('section', { id: 'all-done' }, [
    element('p', {}, [t('run.allDone')]),
    row([button(t('tab.send'), { id: 'to-send', isFirst: true, onPress: () => place.go('send') })]),
  ])
}

const toNext = (place: Place): HTMLElement =>
  row([button(t('stop.toNext'), { id: 'to-next', onPress: () => place.choose(undefined) })])

function mapPart({ manifest, stops, run }: Work): HTMLElement {
  const places = stops.map((stop) => ({ seq: stop.seq, at: stop.at, isDone: isDone(stop, run) }))
  const map = drawSketchMap(manifest.shop.at, places)
  if (!map) return element('div')
  return folded(t('run.map'), {
    id: 'map',
    children: [
      element('div', { className: 'map' }, [svgFrom(toSvg({ ...map, title: t('run.mapHint') }))]),
      muted(t('run.mapHint')),
    ],
  })
}

function stopList(place: Place, work: Work, chosen: OpenedStop | undefined): HTMLElement {
  const items = work.stops.map((stop) => {
    const { recipient } = stop
    const states = new Set(stop.parcels.map(({ pid }) => lastEvent(work.run, pid)?.status ?? 'none'))
    const line = button('', { id: `stop-${stop.stop}`, className: 'line', onPress: () => chooseStop(place, stop.stop) })
    line.append(
      element('span', { className: 'seq' }, [stop.seq]),
      element('span', { className: 'who' }, [
        element('strong', { dir: 'auto' }, [recipient?.name ?? stop.parcels[0]?.pid ?? '']),
        element('span', { className: 'muted', dir: 'auto' }, [
          [...(recipient?.lines ?? []), recipient?.city ?? stop.routing].join(', '),
        ]),
        element('span', { className: `state ${[...states].join(' ')}` }, [
          [
            [...states].map((state) => wordFor('status', state)).join(', '),
            stop.parcels.length > 1 && t('stop.parcels', { count: stop.parcels.length }),
          ]
            .filter(Boolean)
            .join(' · '),
        ]),
      ]),
    )
    if (stop === chosen) line.setAttribute('aria-current', 'step')
    return element('li', { className: isDone(stop, work.run) ? 'done' : '' }, [line])
  })
  return element('section', { id: 'stops' }, [
    element('h2', {}, [t('run.all')]),
    element('ol', { className: 'stops' }, items),
  ])
}

function chooseStop(place: Place, stop: number): void {
  place.showStop(stop)
  document.getElementById('page')?.focus({ preventScroll: true })
  scrollTo(0, 0)
}

function openSection(place: Place): HTMLElement {
  const { tell } = place
  const file = fileInput({ id: 'manifest-file', accept: '.jwe,.json,application/jose,image/*' }, (chosen) =>
    tell.trying(() => takeFile(place, chosen)),
  )
  const text = element('textarea', { id: 'manifest-text', rows: 2, spellcheck: false, autocomplete: 'off' })
  const open = (): Promise<void> => tell.trying(() => takeText(place, text.value))
  return element('section', { id: 'open' }, [
    element('h2', {}, [t('run.open')]),
    muted(t('run.openHint')),
    field(t('run.file'), file, true),
    folded(t('run.paste'), {
      id: 'paste-manifest',
      children: [
        field(t('run.paste'), text, true),
        row([button(t('run.openText'), { id: 'open-text', onPress: open })]),
      ],
    }),
  ])
}

function keptSection(place: Place): HTMLElement {
  const { session, tell } = place
  const kept = session.kept()
  if (kept.length === 0) return element('div')
  const items = kept.map(({ id, number, receivedAt }) => {
    const isOpen = session.work()?.id === id
    return element('li', {}, [
      row([
        button(t('run.openKept', { number }), {
          id: `open-${id}`,
          disabled: isOpen,
          onPress: () => tell.trying(() => session.reopen(id)),
        }),
        button(t('run.forget', { number }), { id: `forget-${id}`, onPress: () => forget(place, { id, number }) }),
      ]),
      muted(t('run.received', { when: dayAndTime(receivedAt) })),
    ])
  })
  return element('section', { id: 'kept' }, [
    element('h2', {}, [t('run.kept')]),
    element('ul', { className: 'plain' }, items),
  ])
}

function forget({ session, tell }: Place, { id, number }: { id: string; number: string }): Promise<void> {
  return tell.trying(async () => {
    if (!confirm(t('run.askForget', { number }))) return
    await session.forget(id)
    tell.good(t('run.forgotten'))
  })
}

const closeRow = (place: Place): HTMLElement =>
  row([button(t('run.close'), { id: 'close-manifest', onPress: () => place.session.close() })])
