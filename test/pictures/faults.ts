import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { programFolder } from '../e2e/built.ts'
import type { Language } from './options.ts'

/** Something that a person would see as broken, in words that lead there. */
export interface Fault {
  readonly kind: 'clipped' | 'wider than the screen' | 'not translated'
  readonly where: string
}

type Texts = { readonly [key: string]: string | Texts }

const textsOf = (language: Language): Texts =>
  JSON.parse(readFileSync(join(programFolder, 'resources/translations', `${language}.json`), 'utf8')) as Texts // our file

function flat(texts: Texts, before = ''): readonly (readonly [key: string, text: string])[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${before}${key}`, value] as const] : flat(value, `${before}${key}.`),
  )
}

/** Sentences and words of the English interface that are something else in this language. */
function foreignTexts(language: Language): readonly string[] {
  if (language === 'en') return []
  const own = new Map(flat(textsOf(language)))
  const spoken = new Set(own.values())
  return flat(textsOf('en'))
    .filter(([key, text]) => text.length > 3 && own.get(key) !== text && !spoken.has(text))
    .map(([, text]) => text)
}

const foreign = new Map<Language, readonly string[]>()

/** In the page, as text: it knows its own elements. */
const look = `(foreign) => {
  const faults = []
  const english = new Set(foreign)
  const nameOf = (element) => {
    const test = element.closest('[data-test]')?.getAttribute('data-test')
    const classes = typeof element.className === 'string' ? element.className.split(' ').slice(0, 3).join('.') : ''
    return (test ? '[' + test + '] ' : '') + element.tagName.toLowerCase() + (classes && '.' + classes)
  }
  const quoted = (text) => '"' + text.trim().replaceAll(/\\s+/g, ' ').slice(0, 60) + '"'
  const isShown = (element) => {
    const box = element.getBoundingClientRect()
    return box.width > 2 && box.height > 2 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  }
  // Lists give a tooltip to what is cut off once the pointer is over it.
  const says = (element) => {
    element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
    return element.closest('[title], [data-tooltip]') !== null
  }
  const scrolls = (style) => style.overflowX === 'auto' || style.overflowX === 'scroll'
  const hides = (style) => style.overflowX === 'hidden' || style.overflowX === 'clip'
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const width = document.documentElement.clientWidth
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim()
    const element = node.parentElement
    if (text === '' || !element || !isShown(element) || element.closest('.sr-only, script, style')) continue
    if (english.has(text)) faults.push({ kind: 'not translated', where: nameOf(element) + ' ' + quoted(text) })
    if (/^[a-z][a-zA-Z-]*(\\.[a-zA-Z][a-zA-Z-]*)+$/.test(text) && !/\\.(csv|json|pdf|jwe|com|org|de)$/.test(text))
      faults.push({ kind: 'not translated', where: nameOf(element) + ' ' + quoted(text) })
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    for (let above = element; above && above !== document.body; above = above.parentElement) {
      const style = getComputedStyle(above)
      if (scrolls(style)) break
      if (!hides(style)) continue
      const frame = above.getBoundingClientRect()
      if ((box.right > frame.right + 1.5 || box.left < frame.left - 1.5) && frame.width > 2 && !says(element))
        faults.push({ kind: 'clipped', where: nameOf(element) + ' ' + quoted(text) })
      break
    }
  }
  for (const field of document.querySelectorAll('input:not([type=hidden]), select, button')) {
    if (!isShown(field) || says(field)) continue
    const hasText = field.tagName === 'INPUT' ? field.value !== '' : true
    if (hasText && hides(getComputedStyle(field)) && field.scrollWidth > field.clientWidth + 1)
      faults.push({ kind: 'clipped', where: nameOf(field) + ' ' + quoted(field.value || field.textContent || '') })
  }
  for (const field of document.querySelectorAll('input[placeholder]')) {
    if (!isShown(field) || field.value !== '') continue
    const pen = document.createElement('canvas').getContext('2d')
    const style = getComputedStyle(field)
    pen.font = style.font
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    if (pen.measureText(field.placeholder).width > room + 1 && !says(field))
      faults.push({ kind: 'clipped', where: nameOf(field) + ' placeholder ' + quoted(field.placeholder) })
  }
  const page = document.documentElement
  const main = document.querySelector('main')
  if (page.scrollWidth > page.clientWidth + 1 || (main && main.scrollWidth > main.clientWidth + 1))
    for (const element of document.querySelectorAll('body *')) {
      const box = element.getBoundingClientRect()
      if (box.right <= width + 1 || !isShown(element)) continue
      let inside = element.parentElement
      while (inside && inside !== document.body && getComputedStyle(inside).overflowX === 'visible') inside = inside.parentElement
      if (!inside || inside === document.body || inside === main)
        faults.push({ kind: 'wider than the screen', where: nameOf(element) + ' ' + quoted(element.textContent ?? '') })
    }
  return faults
}`

/** What is clipped without a tooltip, sticks out sideways or stands there in another language, each once. */
export async function faultsOn(page: Page, language: Language): Promise<readonly Fault[]> {
  if (!foreign.has(language)) foreign.set(language, foreignTexts(language))
  const found = await page.evaluate<readonly Fault[]>(`(${look})(${JSON.stringify(foreign.get(language))})`)
  return [...new Map(found.map((fault) => [`${fault.kind}${fault.where}`, fault])).values()]
}
