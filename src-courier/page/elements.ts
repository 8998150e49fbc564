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

/** A button that is switched off while what it started has not ended. */
export function button(
  text: string,
  options: { id: string; isFirst?: boolean; disabled?: boolean; onPress: () => void | Promise<void> },
): HTMLButtonElement {
  const { id, isFirst = false, disabled = false } = options
  const made = element('button', { id, type: 'button', className: isFirst ? 'first' : '', disabled }, [text])
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

/** Puts new content into a section and keeps the keyboard where it was. */
export function fill(section: HTMLElement, children: readonly Child[]): void {
  const focused = section.contains(document.activeElement) ? document.activeElement?.id : undefined
  section.replaceChildren(...children.filter((child) => child !== undefined && child !== false))
  if (focused) document.getElementById(focused)?.focus()
}

/** The section of the page's skeleton with this id. */
export function sectionOf(id: 'keys' | 'manifest' | 'label' | 'stops' | 'message'): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`no section ${id}`)
  return found
}

/** Hands a text to the browser as a file to keep. */
export function download(fileName: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = element('a', { href: url })
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
