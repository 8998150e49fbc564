import { hostname, networkInterfaces } from 'node:os'
import { isPrivateAddress } from '../../domain/station-network.ts'
import type { HostNames } from '../../ports/certificates.ts'

const isName = (name: string): boolean => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9-]{1,63})*$/.test(name)

/** How this machine is reached on its local network at this moment: private IPv4 addresses, its name, its name for mDNS. */
export function hostNamesNow(): HostNames {
  const addresses = Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && isPrivateAddress(address))
    .map(({ address }) => address)
  const own = hostname().toLowerCase()
  const names = own.includes('.') ? [own] : [own, `${own}.local`]
  return { addresses: [...new Set(addresses)].toSorted(), names: names.filter(isName) }
}
