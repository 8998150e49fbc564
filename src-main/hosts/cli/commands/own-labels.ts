import { readFile, writeFile } from 'node:fs/promises'
import { basename, relative, resolve } from 'node:path'
import { fromBase64, toBase64 } from '../../../kernel/base64.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { Args, Command } from '../arguments.ts'
import type { Context } from '../context.ts'

/** Labels that couriers make on their own sites: what to upload there, and what comes back. */
export const ownLabelCommands: readonly Command[] = [
  {
    name: 'own-labels',
    words: '',
    help: 'couriers that stick a label of their own beside ours, and what waits for one',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('couriers.own-labels', {}),
  },
  {
    name: 'own-labels profiles',
    words: '',
    help: "formats of couriers' upload files, and what each asks the shop for",
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('couriers.label-profiles', {}),
  },
  {
    name: 'own-labels set',
    words: 'COURIER PROFILE|none',
    help: 'says in which format a courier takes uploads; none = no labels of their own any more',
    fewest: 2,
    most: 2,
    options: {
      values: { type: 'string', help: 'what the profile asks for: NAME=VALUE, parted by semicolons' },
      plain: {
        type: 'boolean',
        help: 'the courier takes names and addresses in clear only; needed while deliveries are sealed',
      },
      'at-stations': {
        type: 'boolean',
        help: 'packing stations may show and print these labels, which show the address',
      },
    },
    async run(context, args) {
      const [carrier = '', profile = ''] = args.words
      const ownLabels = {
        profile,
        needsPlainUpload: args.flag('plain'),
        shownAtStations: args.flag('at-stations'),
        values: valuesFrom(args.text('values')),
      }
      const client = await context.client()
      await client.call('couriers.set-own-labels', { carrier, ...(profile !== 'none' && { ownLabels }) })
      return (await client.call('couriers.own-labels', {})).find((one) => one.carrier === carrier)
    },
  },
  {
    name: 'own-labels upload',
    words: 'COURIER FILE',
    help: "writes a file for the courier's site, WITH NAMES AND ADDRESSES IN CLEAR; delete it once it is uploaded",
    fewest: 2,
    most: 2,
    options: {
      manifest: { type: 'string', help: 'packages of this manifest; without, those that wait for the next collection' },
      wave: { type: 'string', help: 'packages of this wave' },
      except: { type: 'string', help: 'numbers of packages that are left out, parted by commas' },
      yes: { type: 'boolean', help: 'names and addresses may be written in clear' },
    },
    run: upload,
  },
  {
    name: 'own-labels take',
    words: 'COURIER FILE...',
    help: "takes in tables and PDFs from the courier's site: tracking numbers and labels, matched by our number",
    fewest: 2,
    most: 501,
    options: { assign: { type: 'string', help: 'whose label a page is: FILE:PAGE=NUMBER, parted by commas' } },
    run: take,
  },
]

function valuesFrom(text = ''): { [name: string]: string } {
  const pairs = text.split(';').filter((part) => part.trim() !== '')
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new AppError('ERR_INPUT_INVALID', { path: '--values', expected: 'NAME=VALUE;NAME=VALUE' })
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    }),
  )
}

async function upload(context: Context, args: Args): Promise<unknown> {
  const [carrier = '', file = ''] = args.words
  const path = resolve(context.path(file))
  // What lies in the data folder goes into backups and is kept; this file must not be.
  if (!relative(context.dataFolder, path).startsWith('..'))
    throw new AppError('ERR_INPUT_INVALID', { path: 'FILE', expected: 'a place outside the data folder' })
  const { base64, ...made } = await (
    await context.client()
  ).call('couriers.write-upload', {
    carrier,
    manifest: args.text('manifest'),
    wave: args.text('wave'),
    except: args.text('except')?.split(','),
    confirmed: args.flag('yes'),
  })
  try {
    await writeFile(path, fromBase64(base64) ?? new Uint8Array(), { mode: 0o600 })
  } catch (cause) {
    throw new AppError('ERR_DISK', { doing: 'write-upload', reason: reasonOf(cause) }, { cause })
  }
  return { ...made, path }
}

async function take(context: Context, args: Args): Promise<unknown> {
  const [carrier = '', ...paths] = args.words
  const files = []
  for (const path of paths) {
    try {
      files.push({ name: basename(path), base64: toBase64(await readFile(resolve(context.path(path)))) })
    } catch (cause) {
      throw new AppError('ERR_DISK', { doing: 'read-file', file: basename(path), reason: reasonOf(cause) }, { cause })
    }
  }
  const client = await context.client()
  const taken = await client.call('couriers.take-labels', {
    carrier,
    files,
    assign: assignmentsFrom(args.text('assign')),
  })
  return { ...taken, reports: await client.call('reports.deliver', {}) }
}

function assignmentsFrom(text = ''): { file: string; page: number; number: string }[] {
  return text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [, file, page, number] = /^(.+):(\d+)=(.+)$/.exec(part.trim()) ?? []
      if (file === undefined || number === undefined)
        throw new AppError('ERR_INPUT_INVALID', { path: '--assign', expected: 'FILE:PAGE=NUMBER' })
      return { file, page: Number(page), number }
    })
}

const reasonOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
