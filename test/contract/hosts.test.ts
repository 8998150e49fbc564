import { userInfo } from 'node:os'
import process from 'node:process'
import { expect, test } from 'vitest'
import { clientOver } from '../../src-main/contract/client.ts'
import { directTransport, httpTransport } from '../../src-main/hosts/cli/transports.ts'
import { localTokens, openSampleRoom, openStation } from '../integration/station/sample-room.ts'
import { hostSuite } from './host-suite.ts'

const direct = hostSuite('of the command line, straight into the room', async () => {
  const room = await openSampleRoom()
  return { ...room, client: clientOver(directTransport(room.room, { door: 'cli', actor: 'cli:test' })) }
})

const through = (cliToken: string) => async () => {
  const served = await openStation()
  const server = { address: served.station.address, cliToken, pid: process.pid }
  return { ...served, client: clientOver(httpTransport(server)) }
}
const byCommandLine = hostSuite('of the command line, through a running server', through(localTokens.cli))
const byBrowser = hostSuite('of the manager’s browser', through(localTokens.desktop))

test('every door gives the same answers, but for who asked', () => {
  expect(direct.transcript().length).toBeGreaterThan(20)
  const expected = JSON.stringify(direct.transcript())
  const asTest = (text: string, door: string, actor: string): string =>
    text.replaceAll(`"source":"${door}"`, '"source":"cli"').replaceAll(`"actor":"${actor}"`, '"actor":"cli:test"')
  expect(asTest(JSON.stringify(byCommandLine.transcript()), 'cli', `cli:${userInfo().username}`)).toEqual(expected)
  expect(asTest(JSON.stringify(byBrowser.transcript()), 'desktop', 'desktop')).toEqual(expected)
})
