import { readHidReport, scaleDataReport, scaleUsagePage } from './hid-report.ts'
import type { ScaleReading } from './reading.ts'
import { lineReader, readSerialLine, type SerialManner } from './serial-line.ts'

/** As much of WebHID as a scale needs; TypeScript's DOM has none of it. */
interface HidDevice extends EventTarget {
  readonly opened: boolean
  readonly productName: string
  open(): Promise<void>
  close(): Promise<void>
}
interface Hid {
  requestDevice(options: { filters: readonly { usagePage: number }[] }): Promise<readonly HidDevice[]>
  getDevices(): Promise<readonly HidDevice[]>
}
interface InputReport extends Event {
  readonly reportId: number
  readonly data: DataView
}

/** As much of Web Serial as a scale needs. */
interface SerialPort {
  readonly readable: ReadableStream<Uint8Array> | null
  readonly writable: WritableStream<Uint8Array> | null
  open(options: { baudRate: number }): Promise<void>
  close(): Promise<void>
}
interface Serial {
  requestPort(): Promise<SerialPort>
  getPorts(): Promise<readonly SerialPort[]>
}

const devices = (): { readonly hid?: Hid; readonly serial?: Serial } =>
  // Chromium has both on secure pages; other browsers have neither.
  navigator as Navigator & { readonly hid?: Hid; readonly serial?: Serial }

export const hasHid = (): boolean => devices().hid !== undefined
export const hasSerial = (): boolean => devices().serial !== undefined

/** An open scale: readings go to whoever opened it, until it is closed or pulled out. */
export interface OpenScale {
  readonly name: string
  close(): Promise<void>
}

interface Wires {
  readonly onReading: (reading: ScaleReading) => void
  /** Pulled out, or gone with its cable. */
  readonly onLost: () => void
}

/** `isAsking`: the browser may ask the person; else only what was granted before. Undefined when there is none. */
export async function openHidScale(isAsking: boolean, wires: Wires): Promise<OpenScale | undefined> {
  const { hid } = devices()
  if (!hid) return undefined
  const found = isAsking
    ? await hid.requestDevice({ filters: [{ usagePage: scaleUsagePage }] })
    : await hid.getDevices()
  const device = found[0]
  if (!device) return undefined
  if (!device.opened) await device.open()
  const onReport = (event: Event): void => {
    // The listener is on the event of that name alone.
    const { reportId, data } = event as InputReport
    if (reportId !== scaleDataReport) return
    const reading = readHidReport(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    if (reading) wires.onReading(reading)
  }
  device.addEventListener('inputreport', onReport)
  return {
    name: device.productName,
    async close() {
      device.removeEventListener('inputreport', onReport)
      await device.close()
    },
  }
}

/** Scales that answer questions are asked so often, milliseconds. */
const askEveryMs = 250

export async function openSerialScale(
  isAsking: boolean,
  line: { readonly baudRate: number; readonly manner: SerialManner },
  wires: Wires,
): Promise<OpenScale | undefined> {
  const { serial } = devices()
  if (!serial) return undefined
  const port = isAsking ? await serial.requestPort() : (await serial.getPorts())[0]
  if (!port) return undefined
  await port.open({ baudRate: line.baudRate })
  const reader = port.readable?.getReader()
  const stopAsking = askAgain(port, line.manner)
  let isClosed = false
  void readAll(reader, wires).finally(() => {
    stopAsking()
    if (!isClosed) wires.onLost()
  })
  return {
    name: line.manner.name,
    async close() {
      isClosed = true
      stopAsking()
      await reader?.cancel().catch(() => undefined)
      await port.close().catch(() => undefined)
    },
  }
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array> | undefined, wires: Wires): Promise<void> {
  const take = lineReader((line) => {
    const reading = readSerialLine(line)
    if (reading) wires.onReading(reading)
  })
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (value) take(value)
      if (done) return
    }
  } catch {
    // The cable was pulled: said through onLost.
  } finally {
    reader?.releaseLock()
  }
}

function askAgain(port: SerialPort, { ask }: SerialManner): () => void {
  const writer = ask === undefined ? undefined : port.writable?.getWriter()
  if (!writer || ask === undefined) return () => undefined
  const question = new TextEncoder().encode(ask)
  const timer = setInterval(() => void writer.write(question).catch(() => undefined), askEveryMs)
  return () => {
    clearInterval(timer)
    writer.releaseLock()
  }
}
