import { strict } from './strict.ts'

/** The roles that Electron's documentation lists, in lower case: it takes them in any. */
const roles: ReadonlySet<string> = new Set(
  'undo redo cut copy paste pasteAndMatchStyle selectAll delete minimize close quit reload forceReload toggleDevTools togglefullscreen resetZoom zoomIn zoomOut toggleSpellChecker fileMenu editMenu viewMenu windowMenu appMenu about hide hideOthers unhide front zoom window help services'
    .toLowerCase()
    .split(' '),
)
const modifiers = /^(Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta)$/
const keys = /^([A-Z0-9]|F([1-9]|1\d|2[0-4])|[)!@#$%^&*(:;,+=<>.?/`~[\]{}|\\'"-]|Plus|Space|Tab|Enter|Escape|Delete)$/i

export interface ItemOptions {
  readonly id?: string
  readonly label?: string
  readonly role?: string
  readonly type?: string
  readonly accelerator?: string
  readonly registerAccelerator?: boolean
  readonly click?: (item: object, window: object | undefined, event: object) => void
  readonly submenu?: readonly ItemOptions[]
}

class MenuItem {
  readonly id: string | undefined
  readonly label: string
  readonly role: string | undefined
  readonly type: string
  readonly accelerator: string | undefined
  readonly submenu: Menus | undefined
  readonly click: () => void

  constructor(options: ItemOptions) {
    if (options.role !== undefined && !roles.has(options.role.toLowerCase()))
      throw new Error(`Electron has no role ${options.role}`)
    if (options.accelerator !== undefined) checkAccelerator(options.accelerator)
    this.id = options.id
    this.label = options.label ?? ''
    this.role = options.role
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal')
    this.accelerator = options.accelerator
    this.submenu = options.submenu && Menus.buildFromTemplate(options.submenu)
    this.click = () => options.click?.(this, undefined, {})
  }
}

function checkAccelerator(accelerator: string): void {
  const parts = accelerator.split('+')
  const key = parts.pop() ?? ''
  if (!keys.test(key) || !parts.every((part) => modifiers.test(part)))
    throw new Error(`Electron reads no accelerator ${accelerator}`)
}

class Menus {
  static #application: Menus | null = null
  readonly items: MenuItem[] = []

  static buildFromTemplate(template: readonly ItemOptions[]): Menus {
    const menu = new Menus()
    menu.items.push(...template.map((options) => new MenuItem(options)))
    return strict('menu', menu)
  }

  static setApplicationMenu(menu: Menus | null): void {
    Menus.#application = menu
  }

  static getApplicationMenu(): Menus | null {
    return Menus.#application
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
}

export const Menu = strict('Menu', Menus)
