import { missing } from '../core/loading.ts'
import { lastEvent } from '../core/run.ts'
import { startCamera, whyNoCamera, type Camera } from './camera.ts'
import { button, element, field, fileInput, muted, row } from './elements.ts'
import { takeFile, takeScan, takeText, type ScanMode } from './hand-in.ts'
import { touched } from './idle.ts'
import type { Place } from './opener.ts'
import { recipientView } from './recipient-view.ts'
import type { Work } from './session.ts'
import { t } from './texts/texts.ts'
import { onEnter } from './passphrase-field.ts'

/** The camera outlives what is drawn around it. */
export interface Scanner {
  camera: Camera | undefined
  stop(): void
}

/** Labels by camera, photo, picture or number; and what is not in the van yet. */
export function scanView(place: Place): readonly Node[] {
  const work = place.session.work()
  const label = place.label()
  return [
    element('section', { id: 'scan' }, [
      element('h2', {}, [t('scan.title')]),
      work && modeChoice(place),
      cameraPart(place),
      photoPart(place),
      numberPart(place),
      muted(t('scan.hint')),
    ]),
    ...(label
      ? [
          element('section', { id: 'label-result' }, [
            element('p', { className: 'number' }, [label.parcelNumber]),
            recipientView(label.recipient),
          ]),
        ]
      : []),
    ...(work && place.mode() === 'load' ? [loadPart(place, work)] : []),
  ]
}

function modeChoice(place: Place): HTMLElement {
  const modes: readonly ScanMode[] = ['find', 'load']
  const group = element(
    'div',
    { className: 'choice' },
    modes.map((mode) => {
      const made = button(t(`scan.${mode}`), { id: `mode-${mode}`, onPress: () => place.setMode(mode) })
      made.setAttribute('aria-pressed', String(place.mode() === mode))
      return made
    }),
  )
  group.setAttribute('role', 'group')
  group.setAttribute('aria-label', t('scan.mode'))
  return group
}

function cameraPart(place: Place): HTMLElement {
  const { scanner } = place
  const { camera } = scanner
  if (!camera)
    return row([
      button(t('scan.camera'), { id: 'start-camera', isFirst: true, className: 'large', onPress: () => start(place) }),
    ])
  const { light } = camera
  // Taken off the page for drawing, a video stops.
  void Promise.resolve().then(() => camera.video.play().catch(() => undefined))
  return element('div', { className: 'camera' }, [
    camera.video,
    row([button(t('scan.stop'), { id: 'stop-camera', onPress: () => stop(place) }), light && torch(light)]),
  ])
}

function torch(light: (isOn: boolean) => Promise<void>): HTMLElement {
  let isOn = false
  const made = button(t('scan.torch'), {
    id: 'torch',
    onPress: async () => {
      isOn = !isOn
      await light(isOn).catch(() => undefined)
      made.setAttribute('aria-pressed', String(isOn))
    },
  })
  made.setAttribute('aria-pressed', 'false')
  return made
}

async function start(place: Place): Promise<void> {
  const { scanner, tell } = place
  tell.good(t('working'))
  try {
    const camera = await startCamera((scanned) => {
      touched()
      // Felt without looking, where the telephone can.
      if ('vibrate' in navigator) navigator.vibrate(60)
      void tell.trying(() => takeScan(place, scanned))
    })
    scanner.camera = camera
    scanner.stop = () => {
      camera.stop()
      scanner.camera = undefined
    }
    camera.video.id = 'camera'
    camera.video.setAttribute('aria-label', t('scan.running'))
    tell.good(t('scan.running'))
    place.draw()
  } catch (error) {
    const why = { 'not-given': 'scan.noCamera', denied: 'scan.cameraDenied', none: 'scan.cameraNone' } as const
    tell.bad(t(why[whyNoCamera(error)]))
  }
}

function stop(place: Place): void {
  place.scanner.stop()
  place.tell.quiet()
  place.draw()
}

/** Telephones that are asked for a photograph open the camera at once and offer no album: so there are two. */
function photoPart(place: Place): HTMLElement {
  const { tell } = place
  const take = (file: File): Promise<void> => tell.trying(() => takeFile(place, file))
  const photo = fileInput({ id: 'photo', accept: 'image/*', takesPhoto: true }, take)
  const picture = fileInput({ id: 'picture', accept: 'image/*' }, take)
  return element('div', { className: 'choice' }, [
    element('label', { className: 'button file' }, [t('scan.photo'), photo]),
    element('label', { className: 'button file' }, [t('scan.picture'), picture]),
  ])
}

function numberPart(place: Place): HTMLElement {
  const { tell } = place
  const text = element('input', { id: 'label-text', autocomplete: 'off', spellcheck: false })
  const go = (): Promise<void> =>
    tell.trying(async () => {
      const wanted = text.value
      text.value = ''
      if (wanted.trim() !== '') await takeText(place, wanted)
    })
  onEnter(text, go)
  return element('div', { className: 'row' }, [
    field(t('scan.type'), text, true),
    button(t('scan.go'), { id: 'look-up', onPress: go }),
  ])
}

function loadPart(place: Place, work: Work): HTMLElement {
  const { session, tell } = place
  const { loaded, run, manifest } = work
  const left = missing(manifest.parcels, loaded)
  const untold = (pids: readonly string[]): readonly string[] => pids.filter((pid) => lastEvent(run, pid) === undefined)
  const leave = (pids: readonly string[]) => (): Promise<void> =>
    tell.trying(() => {
      const gaps = { count: pids.length, missing: run.pids.length - pids.length }
      session.leave(pids)
      tell.good(t(gaps.missing === 0 ? 'load.left' : 'load.leftMissing', gaps))
    })
  const items = left.map((line) =>
    element('li', {}, [
      element('span', { className: 'number' }, [line.pid]),
      ` ${t('stop.chosen', { seq: line.seq })}`,
    ]),
  )
  const all = untold(run.pids)
  return element('section', { id: 'loading' }, [
    element('h2', { id: 'load-count' }, [t('load.count', { loaded: loaded.length, all: run.pids.length })]),
    left.length === 0 ? element('p', {}, [t('load.none')]) : element('p', {}, [t('load.missing')]),
    element('ul', { className: 'plain', id: 'missing' }, items),
    row([
      button(t('load.leave', { count: loaded.length }), {
        id: 'leave',
        isFirst: true,
        disabled: untold(loaded).length === 0,
        onPress: leave(loaded),
      }),
      left.length > 0 &&
        button(t('load.leaveAll', { count: run.pids.length }), {
          id: 'all-out',
          disabled: all.length === 0,
          onPress: leave(run.pids),
        }),
    ]),
  ])
}
