import { expect } from 'vitest'
import { startLabelPrinter, type LabelPrinter } from '../integration/printing/label-printer.ts'
import type { OpenDoor } from './doors.ts'
import { Person } from './pages/person.ts'
import { courierKeySet } from './storefront.ts'

/** What lies in this person's hand is scanned by what is printed on it. */
const product = { code: 'GR-0103', pieces: 2 }

/**
 * The walk of somebody who has never seen Backroom, with keyboard and scanner alone: from the first start over a new
 * order to its package, printed, packed, labelled and handed over. The person can do nothing but type and scan, and
 * knows nothing but what stands on the screen. Leaves a sample shop with that one order.
 */
export async function walk({ page, call }: OpenDoor): Promise<void> {
  const printer = await startLabelPrinter()
  try {
    const person = await Person.at(page)
    await opensTheSample(person)
    await choosesPrinter(person, printer)
    await takesKeyOfCourier(person)
    const order = await takesOrder(person)
    await plansAndIssues(person)
    await picks(person)
    await packs(person)
    expect(printer.printed).toHaveLength(1)
    await handsOver(person)
    await readsItsTimeline(person, order)
    expect(await person.pointers()).toEqual([])
    expect((await call('orders.get', { order })).order.status).toBe('handed-over')
  } finally {
    await printer.close()
  }
}

async function opensTheSample(person: Person): Promise<void> {
  await person.sees('Set up your shop')
  await person.presses('Begin')
  await person.sees('What do you speak and measure in?')
  await person.strikes('Ctrl Enter')
  await person.presses('Open the sample shop')
  const groups = (await person.reads(/^\s*((?:[0-9A-Z]{4,}-){5,}[0-9A-Z]+)\s*$/)).split('-')
  await person.types(`${groups[2]} ${groups[6]}`, 'Type groups 3 and 7 of it back')
  await person.presses('I have written it down')
  await person.sees('You have written the recovery key down.')
}

async function choosesPrinter(person: Person, { port }: LabelPrinter): Promise<void> {
  await person.goesTo('Printers')
  await person.presses('Add a printer')
  await person.types('Zebra', 'Name')
  await person.chooses('Label printer in the network (ZPL)', 'Reached by')
  await person.types('127.0.0.1', 'Address')
  await person.types(String(port), 'Port')
  await person.chooses('4 x 6 in label', 'Paper in it')
  await person.presses('Save')
  await person.sees('Ready.')
  await person.chooses('Zebra', 'Labels')
}

async function takesKeyOfCourier(person: Person): Promise<void> {
  await person.goesTo('Couriers')
  await person.presses('Add key')
  await person.pastes(courierKeySet(), 'Add key')
  await person.presses('Look at it')
  await person.types('Ada', 'Compared by (your name)')
  await person.presses('The words are the same: save')
  await person.sees('words compared by Ada')
}

/** Answers the order's number. */
async function takesOrder(person: Person): Promise<string> {
  await person.goesTo('Orders')
  await person.presses('New order')
  await person.sees('What would they like?')
  for (let n = 0; n < product.pieces; n++) await person.scans(product.code)
  await person.picks('Standard')
  await person.types('Zoe', 'Name')
  await person.types('Am Kai 1', 'Street')
  await person.types('43110', 'Postcode')
  await person.types('Aue', 'Town')
  await person.sees('Travels in 1 package')
  await person.presses('Save order')
  return person.reads(/^Order (\S+)$/)
}

async function plansAndIssues(person: Person): Promise<void> {
  await person.goesTo('Today')
  await person.sees('One new order can be planned')
  await person.presses('Plan a wave')
  await person.sees(/^Wave W/)
  await person.presses('Issue documents')
  await person.presses('Issue labels')
  await person.sees('Labels are sealed')
}

async function picks(person: Person): Promise<void> {
  await person.goesTo('Today')
  await person.sees(/Pick wave W\S+: one package open/)
  await person.presses('Go there')
  await person.sees('Ready for the next scan')
  await person.scans(product.code)
  await person.sees('This tour is done')
}

async function packs(person: Person): Promise<void> {
  await person.presses('Pack')
  await person.sees('Ready for the first piece')
  for (let n = 0; n < product.pieces; n++) await person.scans(product.code)
  await person.sees('Everything is packed')
  await person.sees('Printed, as the system or the printer says.')
}

async function handsOver(person: Person): Promise<void> {
  await person.presses('Dispatch')
  await person.presses('Close manifest')
  await person.presses('Hand over')
  await person.sees(/^Manifest for .+ is closed$/)
}

async function readsItsTimeline(person: Person, order: string): Promise<void> {
  await person.finds(order)
  for (const status of ['New', 'Planned', 'Being picked', 'Packed', 'Handed over'])
    await person.sees(status, 'What happened')
}
