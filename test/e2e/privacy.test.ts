import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousFaults } from './axe.ts'
import { openDesktop, openStation, type StationDoor } from './doors.ts'
import { AppModel } from './pages/app.ts'

describe('the privacy screen', { timeout: 180_000 }, () => {
  let door: StationDoor
  let app: AppModel
  let recoveryKey = ''
  beforeAll(async () => {
    door = await openStation()
    door.page.setDefaultTimeout(120_000)
    await door.page.setViewportSize({ width: 1366, height: 768 })
    app = new AppModel(door.page)
  })
  afterAll(() => door?.close())
  const shot = async (name: string): Promise<void> => {
    const folder = process.env['BACKROOM_PICTURES']
    if (folder) await door.page.screenshot({ path: `${folder}/${name}.png` })
  }
  const part = async (name: string): Promise<void> => {
    await door.page.getByRole('navigation', { name: 'Parts of privacy' }).getByRole('link', { name }).click()
  }

  test('the recovery key is shown at set-up and goes only after a part of it was typed back', async () => {
    const { page } = door
    await page.getByRole('link', { name: 'Begin' }).press('Enter')
    await page
      .getByRole('navigation', { name: 'Steps of setting up' })
      .getByRole('link', { name: 'Shop' })
      .press('Enter')
    await page.getByRole('heading', { name: 'Bring a backup back' }).waitFor()
    await app.button('Open the sample shop').click()
    await page.locator('[data-test=recovery-part]').fill('0000 0000')
    await app.button('I have written it down').click()
    await page.getByText('That is not what stands above.').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await shot('privacy-recovery')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.recovery-sheet').isVisible()).toBe(true)
    expect(await page.locator('main').isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
    recoveryKey = await app.keepRecoveryKey()
    expect(await page.locator('.recovery-sheet').count()).toBe(0)
  })

  test('ways in are listed; a passphrase is added, the key file goes, the last way stays; no keychain is pretended', async () => {
    const { page } = door
    await app.goTo('Privacy')
    await page.getByText('Key file', { exact: true }).waitFor()
    await page.locator('[data-test=no-keychain]').filter({ hasText: 'no keychain' }).waitFor()
    expect(await page.getByRole('button', { name: 'Remove', exact: true }).count()).toBe(0)
    await page.locator('[data-test=passphrase]').fill('correct horse battery')
    await page.keyboard.press('Enter')
    await page.getByText('Passphrase', { exact: true }).waitFor()
    await shot('privacy-keys')
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('listitem').filter({ hasText: 'Key file' }).getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('listitem').filter({ hasText: 'Key file' }).getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('button', { name: 'Make a key file' }).waitFor()
    await page.getByRole('button', { name: 'Make a key file' }).click()
    await page.getByText('Key file', { exact: true }).waitFor()
  })

  test('a backup is made, said in one sentence, copied to a second folder and read back again', async () => {
    const { page } = door
    await part('Backups')
    await page.locator('[data-test=backup-sentence]').filter({ hasText: 'no backup yet' }).waitFor()
    const stick = join(door.folder, 'stick')
    await page.getByLabel('Second folder').fill(stick)
    await app.button('Save').click()
    await page.getByText(`The second folder ${stick} is missing`).waitFor()
    mkdirSync(stick)
    await app.button('Back up now').click()
    await page.locator('[data-test=backup-sentence]').filter({ hasText: 'found good' }).waitFor()
    await page.getByText('also in the second folder').waitFor()
    await page.getByRole('button', { name: /^Read back the backup/ }).click()
    await app.toast('The backup is good').waitFor()
    await shot('privacy-backups')
    expect(await seriousFaults(page)).toEqual([])
    await page.getByLabel('Backup file').fill('/nowhere/x.backup.age')
    await page.getByLabel('Recovery key').fill(recoveryKey)
    await app.button('Check and lay ready').click()
    await app.toast('not a usable backup').waitFor()
  })

  test('one person is found, and everything of them deleted, with the day when the last backup forgets them', async () => {
    const { page } = door
    await door.call('orders.place', {
      key: 'order-of-the-test',
      lines: [{ code: 'GR-0101', quantity: 1 }],
      service: 'standard',
      customer: {
        name: 'Zoe Quirrenbach',
        email: 'zoe@example.org',
        address: { lines: ['Xylophonallee 7'], postcode: '10115', city: 'Berlin', country: 'DE' },
      },
    })
    await part('Forgetting')
    await page.locator('[data-test=last-copy]').waitFor()
    await page.locator('[data-test=find-person]').fill('quirr')
    await page.keyboard.press('Enter')
    const found = page.locator('[data-test=people] li').filter({ hasText: 'Zoe Quirrenbach' })
    await found.waitFor()
    await shot('privacy-forgetting')
    expect(await seriousFaults(page)).toEqual([])
    const saving = page.waitForEvent('download')
    await found.getByRole('button', { name: 'Page to read' }).click()
    expect((await saving).suggestedFilename()).toBe('personal-data.html')
    await found.getByRole('button', { name: 'Delete' }).click()
    await page.getByText(/Backups keep it until/).waitFor()
    await found.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Nobody was found').waitFor()
  })

  test('who looked is listed without names, filtered, and saved', async () => {
    const { page } = door
    await part('Who looked')
    const list = page.getByRole('grid', { name: 'Who looked' })
    await list.getByText('found a person').first().waitFor()
    await list.getByText("exported a person's data").waitFor()
    expect(await list.innerText()).not.toContain('Quirrenbach')
    expect(await list.getByText('made a backup').count()).toBe(0)
    await page.getByLabel('Only looks at personal data').uncheck()
    await list.getByText('made a backup').waitFor()
    await shot('privacy-looks')
    expect(await seriousFaults(page)).toEqual([])
    const saving = page.waitForEvent('download')
    await app.button('Save as CSV').click()
    expect((await saving).suggestedFilename()).toBe('audit.csv')
    expect(door.complaints).toEqual([])
  })
})

describe("the window's keychain", { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-keyring-'))
  afterAll(() => {
    delete process.env['STAND_IN_KEYCHAIN']
    rmSync(folder, { recursive: true, force: true })
  })

  // A real Electron here would use the real keyring of whoever runs the tests.
  test.skipIf(process.env['ELECTRON_PATH'] !== undefined)(
    'takes a way to the shop key, and then the key file may go',
    async () => {
      process.env['STAND_IN_KEYCHAIN'] = join(folder, 'keyring')
      const door = await openDesktop()
      try {
        door.page.setDefaultTimeout(120_000)
        await door.page.getByText('Set up your shop').waitFor()
        await door.call('shop.init-sample', {})
        expect(await door.call('keys.add', { kind: 'keychain' })).toMatchObject({ keychain: { isAvailable: true } })
        const state = await door.call('keys.remove', { kind: 'key-file' })
        expect(state.ways).toContainEqual({ kind: 'keychain', state: 'opens' })
        expect(state.ways.some((way) => way.kind === 'key-file')).toBe(false)
      } finally {
        await door.close()
      }
    },
  )
})
