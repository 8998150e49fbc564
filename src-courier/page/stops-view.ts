import { toSvg } from '../../src-main/drawing/index.ts'
import type { LabelRecipient } from '../core/label.ts'
import { failureReasons, lastEvent, type DeliveryEvent, type FailureReason, type Run } from '../core/run.ts'
import { drawSketchMap } from '../core/sketch-map.ts'
import type { OpenedStop, StopParcel } from '../core/stops.ts'
import { button, element, field, fill, sectionOf } from './elements.ts'
import type { Teller } from './teller.ts'
import { reasonWords, statusWords } from './sentences.ts'
import type { Session } from './session.ts'

/** The stops in delivery order, their place on a sketch, and what becomes of each parcel. */
export function showStops(session: Session, tell: Teller): void {
  const work = session.work()
  if (!work) return fill(sectionOf('stops'), [])
  const { manifest, stops, run } = work
  const map = drawSketchMap(
    manifest.shop.at,
    stops.map((stop) => ({ seq: stop.seq, at: stop.at, isDone: isDone(stop, run) })),
  )
  const left = stops.filter((stop) => !isDone(stop, run)).length
  fill(sectionOf('stops'), [
    element('h2', { id: 'stops-title' }, [`Stops: ${left} of ${stops.length} left`]),
    map && element('div', { className: 'map' }, [svgFrom(toSvg(map))]),
    element(
      'ol',
      { className: 'stops' },
      stops.map((stop) => stopView(session, stop, tell)),
    ),
  ])
}

const isDone = (stop: OpenedStop, run: Run): boolean =>
  stop.parcels.every(({ pid }) => ['delivered', 'failed', 'returned'].includes(lastEvent(run, pid)?.status ?? ''))

/** Parsed as SVG and not written as markup: a policy without inline scripts stays whole. */
const svgFrom = (text: string): Node =>
  document.importNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement, true)

function stopView(session: Session, stop: OpenedStop, tell: Teller): HTMLElement {
  const run = session.work()?.run
  const time = (at: number): string => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  return element('li', { id: `stop-${stop.stop}`, className: run && isDone(stop, run) ? 'done' : '' }, [
    element('div', { className: 'seq' }, [stop.seq]),
    element('div', {}, [
      stop.recipient
        ? recipientView(stop.recipient)
        : element('p', {}, [`Name and address cannot be opened (${stop.problem ?? ''}). Ask the shop.`]),
      stop.window &&
        element('p', { className: 'muted' }, [`Between ${time(stop.window.from)} and ${time(stop.window.to)}`]),
      ...stop.parcels.map((parcel) => parcelView(session, parcel, tell)),
    ]),
  ])
}

/** `dir=auto`: names and streets are written in the direction of their own script. */
export function recipientView(recipient: LabelRecipient): HTMLElement {
  const { name, company, lines, postcode, city, region, country, phone, instructions } = recipient
  const place = [`${postcode} ${city}`, region, country].filter((part) => part !== undefined && part !== '').join(', ')
  const line = (text: string): HTMLElement => element('div', { dir: 'auto' }, [text])
  return element('div', {}, [
    element('address', {}, [
      element('strong', { dir: 'auto' }, [name]),
      ...[company, ...lines, place].filter((text) => text !== undefined && text !== '').map((text) => line(text ?? '')),
      phone !== undefined && element('a', { href: `tel:${phone.replace(/[^\d+]/g, '')}` }, [phone]),
    ]),
    instructions !== undefined && element('p', { className: 'instructions', dir: 'auto' }, [instructions]),
  ])
}

function parcelView(session: Session, parcel: StopParcel, tell: Teller): HTMLElement {
  const run = session.work()?.run
  const last = run && lastEvent(run, parcel.pid)
  const facts = [`${parcel.n} of ${parcel.of}`, `${(parcel.grossG / 1000).toFixed(1)} kg`, ...parcel.handling].join(
    ' · ',
  )
  return element('div', { className: 'parcel' }, [
    element('div', {}, [element('span', { className: 'number' }, [parcel.pid]), ` ${facts}`]),
    last && element('div', { className: `state ${last.status}` }, [stateText(last)]),
    ...actions(session, { pid: parcel.pid, last }, tell),
  ])
}

const stateText = ({ status, reason, at }: DeliveryEvent): string =>
  [statusWords[status], reason && reasonWords[reason], new Date(at).toLocaleTimeString()].filter(Boolean).join(', ')

function actions(
  session: Session,
  parcel: { pid: string; last: DeliveryEvent | undefined },
  tell: Teller,
): HTMLElement[] {
  const { pid, last } = parcel
  const run = session.work()?.run
  const canTakeBack = run !== undefined && run.events.findLastIndex((event) => event.pid === pid) >= run.reported
  const back = button('Take back', { id: `back-${pid}`, onPress: () => tell.trying(async () => session.takeBack(pid)) })
  if (last?.status === 'delivered' || last?.status === 'returned')
    return canTakeBack ? [element('div', { className: 'row' }, [back])] : []
  const reason = element('select', { id: `reason-${pid}` })
  for (const code of failureReasons) reason.append(element('option', { value: code }, [reasonWords[code]]))
  const delivered = button('Delivered', {
    id: `delivered-${pid}`,
    isFirst: true,
    onPress: () => tell.trying(async () => session.mark({ pid, status: 'delivered' })),
  })
  const failed = button('Not delivered', {
    id: `failed-${pid}`,
    onPress: () =>
      tell.trying(async () => session.mark({ pid, status: 'failed', reason: reason.value as FailureReason })), // its options above
  })
  const returned = button('Returned', {
    id: `returned-${pid}`,
    onPress: () => tell.trying(async () => session.mark({ pid, status: 'returned' })),
  })
  const buttons = last?.status === 'failed' ? [delivered, returned] : [delivered, field('Reason', reason), failed]
  return [element('div', { className: 'row' }, [...buttons, last !== undefined && canTakeBack && back])]
}
