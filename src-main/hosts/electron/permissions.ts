/** What a page asks for, as far as it matters here. */
export interface AskedFor {
  /** It is one of our own pages, not a document and nobody else's. */
  readonly isOwn: boolean
  /** What of `media` is asked for; absent for everything else. */
  readonly media?: readonly string[] | undefined
}

/**
 * What our own pages may do; nobody may anything else: the camera (codes, a courier's key; never the microphone), text
 * onto the clipboard on a click, and looking for a scale on USB or a serial line. Which device they then get is a question
 * of its own, see `mayUseDevice`.
 */
export function mayUse(permission: string, { isOwn, media = [] }: AskedFor): boolean {
  if (!isOwn) return false
  if (permission === 'media') return media.length > 0 && media.every((kind) => kind === 'video')
  return permission === 'clipboard-sanitized-write' || permission === 'hid' || permission === 'serial'
}

/** HID usage page of scales; see src-renderer/devices/scale/hid-report.ts. */
const scaleUsagePage = 0x8d

/** A device as Electron tells of it: HID devices say what they are, serial ports do not. */
export interface OfferedDevice {
  readonly collections?: readonly { readonly usagePage?: number | undefined }[] | undefined
  readonly portId?: string | undefined
  /** Absent for what hangs on no USB adapter. */
  readonly vendorId?: string | number | undefined
}

export const isScale = ({ collections = [] }: OfferedDevice): boolean =>
  collections.some(({ usagePage }) => usagePage === scaleUsagePage)

/**
 * Of HID devices only scales: no keyboard, no security key. Serial ports do not say what hangs on them: only one that was
 * chosen since the program began. Nothing on USB directly.
 */
export function mayUseDevice(
  kind: string,
  device: OfferedDevice,
  { isOwn, chosenPorts }: { readonly isOwn: boolean; readonly chosenPorts: ReadonlySet<string> },
): boolean {
  if (!isOwn) return false
  if (kind === 'hid') return isScale(device)
  return kind === 'serial' && device.portId !== undefined && chosenPorts.has(device.portId)
}

/** The port that the scale hangs on: the only one with a USB adapter, else the only one at all; else nobody knows. */
export function findScalePort<Port extends OfferedDevice>(ports: readonly Port[]): Port | undefined {
  const adapters = ports.filter(({ vendorId }) => vendorId !== undefined && vendorId !== '')
  if (adapters.length === 1) return adapters[0]
  return ports.length === 1 ? ports[0] : undefined
}
