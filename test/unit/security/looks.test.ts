import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lookActions } from '../../../src-main/application/looks.ts'

const root = resolve(import.meta.dirname, '../../../src-main')
const openers = /openPersonal\(|vault\.open(?:Beside)?\(|labels\.open\(/

/** Every file of use cases and hosts that opens something sealed, by its path. */
const opening = ['application', 'hosts'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`)
    .filter((path) => openers.test(readFileSync(join(root, path), 'utf8'))),
)

/** Whose answer shows it to a person, and the action by which the log tells of it. */
const toPeople: Readonly<Record<string, readonly string[]>> = {
  'hosts/handlers/orders.ts': ['look-at-recipient'],
  'application/find-customers.ts': ['look-for-customer'],
  'application/find-person.ts': ['find-person', 'export-person'],
  'application/export-orders.ts': ['export-recipients'],
  'application/read-invoice.ts': ['look-at-invoice'],
  'application/open-at-packing.ts': ['open-recipient', 'refuse-to-open-recipient'],
  'application/write-carrier-upload.ts': ['write-carrier-upload'],
  'application/issue-documents.ts': ['issue-documents'],
  'application/issue-invoice.ts': ['issue-invoice'],
}

/** What opens for a thought and shows nobody anything; papers that come of it are looked at through the doors. */
const toNobody: Readonly<Record<string, string>> = {
  'application/open-personal.ts': 'the one way to open an order; its callers stand here',
  'application/kept-paper.ts':
    'opens papers for whoever hands them out: read-document, print-wish, print-zpl, dispatch',
  'application/seal-recipients.ts': 'seals for the courier in the same breath (issue-labels)',
  'application/manifest-content.ts': 'seals for the courier in the same breath (close-manifest)',
  'application/plan-delivery.ts': 'reads coordinates for a route',
  'application/storefront-question.ts': 'compares two addresses and keeps that they differ',
  'application/place-counter-order.ts': 'keeps addresses of a known customer with a new order',
  'application/follow-up.ts': 'keeps the address with the order that sends something again',
  'application/change-address.ts': 'keeps the note and the e-mail address with the new address',
  'application/connect-storefront.ts': "opens a storefront's token",
  'application/shop-mail.ts': 'opens the password of the mail server',
  'hosts/compose.ts': "opens a storefront's token",
  'hosts/cli/commands/sealed.ts': "opens with a courier's own key, not with the shop's",
}

describe('whatever opens personal data', () => {
  test('is known: shown to a person and logged, or shown to nobody and said why', () => {
    expect([...opening].sort()).toEqual([...Object.keys(toPeople), ...Object.keys(toNobody)].sort())
  })

  test.each(Object.entries(toPeople))('%s writes the look to the log, as a look', (path, actions) => {
    const source = readFileSync(join(root, path), 'utf8')
    for (const action of actions) {
      expect(source).toMatch(new RegExp(`auditEntry\\([\\s\\S]*?'${action}'|audit\\('${action}'`))
      expect(lookActions).toContain(action)
    }
  })

  test('and whatever hands out a kept paper writes the look down', () => {
    const handing = /readKeptPaper\(|readPaper\(|openKeptDelivery\(/
    const paths = ['application', 'hosts'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => `${folder}/${name}`)
        .filter((path) => handing.test(readFileSync(join(root, path), 'utf8'))),
    )
    expect(paths.sort()).toEqual(Object.keys(handingOut).sort())
    for (const [path, said] of Object.entries(handingOut))
      if (said === 'look') expect(readFileSync(join(root, path), 'utf8')).toContain('recordRead(')
    expect(lookActions).toContain('look-at-paper')
    expect(lookActions).toContain('print')
  })
})

/** Files that open papers: `look` writes it down itself, the others say who does. */
const handingOut: Readonly<Record<string, string>> = {
  'application/read-document.ts': 'look',
  'hosts/handlers/dispatch.ts': 'look',
  'application/kept-paper.ts': 'opens for those that stand here',
  'application/read-paper.ts': 'crosses out for read-document',
  'application/print-wish.ts': 'isPersonal: print-papers writes print-personal',
  'application/print-zpl.ts': 'the content of a paper of print-wish',
}
