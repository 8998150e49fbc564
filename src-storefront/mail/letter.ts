import { oneLine } from './one-line.ts'

/** A part of a mail, in an order that makes sense when read aloud. */
export type Block =
  | { readonly text: string }
  | { readonly heading: string }
  | { readonly items: readonly string[] }
  /** Short lines that belong together, such as an address. */
  | { readonly lines: readonly string[] }
  | { readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly link: string; readonly label: string }

export interface Letter {
  readonly language: string
  readonly subject: string
  readonly blocks: readonly Block[]
  /** Who writes; stands at the end. */
  readonly sender: string
}

/** The letter as plain text, its parts apart by an empty line. */
export const letterText = ({ blocks, sender }: Letter): string =>
  [...blocks.map(blockText), `-- \n${oneLine(sender)}`].join('\n\n') + '\n'

function blockText(block: Block): string {
  if ('text' in block) return oneLine(block.text)
  if ('heading' in block) return `${oneLine(block.heading)}:`
  if ('items' in block) return block.items.map((item) => `- ${oneLine(item)}`).join('\n')
  if ('lines' in block) return block.lines.map(oneLine).join('\n')
  if ('rows' in block) return block.rows.map(([label, value]) => `${oneLine(label)}: ${oneLine(value)}`).join('\n')
  return `${oneLine(block.label)}:\n${block.link}`
}

/** The same as HTML: no script, no picture, nothing from elsewhere; every word is escaped. */
export function letterHtml(letter: Letter): string {
  const { language, subject, blocks, sender } = letter
  const cell = 'padding:4px 12px 4px 0;vertical-align:top;border-bottom:1px solid #d8dee4'
  const block = (one: Block): string => {
    if ('text' in one) return `<p>${escaped(one.text)}</p>`
    if ('heading' in one) return `<h2 style="font-size:17px;margin:24px 0 8px">${escaped(one.heading)}</h2>`
    if ('items' in one) return `<ul>${one.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`
    if ('lines' in one) return `<p>${one.lines.map(escaped).join('<br>')}</p>`
    if ('link' in one) return `<p><a href="${escaped(one.link)}">${escaped(one.label)}</a></p>`
    const row = ([label, value]: readonly [string, string]): string =>
      `<tr><td style="${cell}">${escaped(label)}</td><td style="${cell};text-align:right">${escaped(value)}</td></tr>`
    return `<table role="presentation" style="border-collapse:collapse">${one.rows.map(row).join('')}</table>`
  }
  return [
    `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>`,
    '<body style="margin:0 auto;max-width:640px;padding:16px;font:16px/1.5 sans-serif">',
    ...blocks.map(block),
    `<p style="color:#57606a">${escaped(sender)}</p></body></html>`,
  ].join('\n')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => oneLine(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
