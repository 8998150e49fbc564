import type { Session } from 'electron'
import { findScalePort, isScale, mayUseDevice, type OfferedDevice } from './permissions.ts'
import { isOwnPage } from './window.ts'

/**
 * Electron asks nobody which device a page gets: the program chooses. A page that asks for a scale gets the one there is,
 * and never anything else.
 */
export function offerScales(session: Session): void {
  const chosenPorts = new Set<string>()
  session.setDevicePermissionHandler(({ deviceType, device, origin }) => {
    // Electron's three kinds of devices, of which each has some of these fields.
    const offered = device as OfferedDevice
    return mayUseDevice(deviceType, offered, { isOwn: isOwnPage(origin), chosenPorts })
  })
  session.on('select-hid-device', (event, { deviceList }, choose) => {
    event.preventDefault()
    choose(deviceList.find((device) => isScale(device))?.deviceId ?? null)
  })
  // eslint-disable-next-line max-params -- Electron's signature
  session.on('select-serial-port', (event, ports, _contents, choose) => {
    event.preventDefault()
    const port = findScalePort(ports)
    if (port) chosenPorts.add(port.portId)
    choose(port?.portId ?? '')
  })
}
