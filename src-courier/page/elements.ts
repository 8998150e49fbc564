type Child = Node | string | undefined | false

interface Properties {
  readonly id?: string
  readonly className?: string
  readonly type?: string
  readonly title?: string
  readonly value?: string
  readonly rows?: number
  readonly accept?: string
  readonly autocomplete?: AutoFill
  readonly disabled?: boolean
  readonly required?: boolean
  readonly minLength?: number
  readonly href?: string
  readonly dir?: string
  readonly lang?: string
  readonly open?: boolean
  readonly hidden?: boolean
  readonly readOnly?: boolean
  readonly inputMode?: string
  readonly spellcheck?: boolean
}

/** An element with its properties and children; texts become text nodes, so nothing a label holds can be markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  Object.assign(made, properties)
  made.append(...children.filter((child) => child !== undefined && child !== false))
  return made
}

export interface Press {
  readonly id: string
  readonly isFirst?: boolean
  readonly disabled?: boolean
  readonly className?: string
  readonly onPress: () => void | Promise<void>
}

/** A button that is switched off while what it started has not ended. */
export function button(text: string, options: Press): HTMLButtonElement {
  const { id, isFirst = false, disabled = false, className = '' } = options
  const made = element(
    'button',
    { id, type: 'button', className: `${className}${isFirst ? ' first' : ''}`, disabled },
    [text],
  )
  made.addEventListener('click', () => {
    made.disabled = true
    void Promise.resolve(options.onPress()).finally(() => {
      made.disabled = disabled
    })
  })
  return made
}

/** An input under its name. */
export function field<Control extends HTMLElement>(name: string, control: Control, isWide = false): HTMLLabelElement {
  return element('label', { className: isWide ? 'wide' : '' }, [name, control])
}

export const row = (children: readonly Child[]): HTMLElement => element('div', { className: 'row' }, children)
export const muted = (text: string): HTMLElement => element('p', { className: 'muted' }, [text])

/** A part that is folded away until somebody wants it; remembers by its id whether it stood open. */
export function folded(title: string, options: { id: string; children: readonly Child[] }): HTMLElement {
  const made = element('details', { id: options.id, open: openParts.has(options.id) }, [
    element('summary', {}, [title]),
    ...options.children,
  ])
  made.addEventListener('toggle', () => {
    if (made.open) openParts.add(options.id)
    else openParts.delete(options.id)
  })
  return made
}
const openParts = new Set<string>(['map'])

/** Puts new content into a section and keeps the keyboard where it was. */
export function fill(section: HTMLElement, children: readonly Child[]): void {
  const focused = section.contains(document.activeElement) ? document.activeElement?.id : undefined
  section.replaceChildren(...children.filter((child) => child !== undefined && child !== false))
  if (focused) document.getElementById(focused)?.focus()
}

/** The part of the page's skeleton with this id. */
export function part(id: 'page' | 'message' | 'tabs' | 'heading'): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`no part ${id}`)
  return found
}

/** An input for files that asks once for each choice, of the same file too. */
export function fileInput(
  options: { id: string; accept: string; takesPhoto?: boolean },
  onFile: (file: File) => void | Promise<void>,
): HTMLInputElement {
  const input = element('input', { id: options.id, type: 'file', accept: options.accept })
  if (options.takesPhoto === true) input.setAttribute('capture', 'environment')
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (!file) return
    void Promise.resolve(onFile(file)).finally(() => {
      // Emptied, so that the same name can be chosen again after the file was mended.
      input.value = ''
    })
  })
  return input
}

/** Hands a text to the browser as a file to keep. */
export function download(fileName: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = element('a', { href: url })
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
