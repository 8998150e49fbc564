import type { Page } from 'playwright'
import type { PictureShop } from './shops.ts'

/** A screen as the router lists it, with an address at which it can be opened. */
export interface Screen {
  /** The route's name, with the parameters it was opened with where it can be opened in several ways. */
  readonly name: string
  readonly address: string
}

interface Route {
  readonly name: string
  readonly path: string
}

/** The routes of the window that runs in the page: its own router says them, so that none is forgotten. */
export const routesOf = (page: Page): Promise<readonly Route[]> =>
  page.evaluate(`document.querySelector('#app').__vue_app__.config.globalProperties.$router.getRoutes()
    .filter((route) => route.name !== undefined)
    .map((route) => ({ name: String(route.name), path: route.path }))`)

/**
 * Every address of every route: without its optional parameters and with them. Routes whose parameters this shop has
 * nothing for are left out (a wave in a shop without waves); of a parameter nobody has told us of `complain` hears.
 */
export const screensOf = (
  routes: readonly Route[],
  { parameters }: Pick<PictureShop, 'parameters'>,
  complain: (text: string) => void,
): readonly Screen[] =>
  routes.flatMap(({ name, path }) => {
    let ways: readonly Way[] = [{ address: '', words: [] }]
    for (const part of path.split('/').filter((one) => one !== '')) {
      const [, parameter = '', optional] = /^:(\w+)(\?)?$/.exec(part) ?? []
      if (parameter === '') {
        ways = ways.map(({ address, words }) => ({ address: `${address}/${part}`, words }))
        continue
      }
      if (!(parameter in parameters)) complain(`the route ${name} has the parameter "${parameter}", for which test/pictures/shops.ts has no example`) // prettier-ignore
      const value = parameters[parameter]
      const filled = ways.flatMap(({ address, words }) =>
        value === undefined
          ? []
          : [{ address: `${address}/${value}`, words: optional === undefined ? words : [...words, parameter] }],
      )
      ways = optional === undefined ? filled : [...ways, ...filled]
    }
    return ways.map(({ address, words }) => ({ name: [name, ...words].join('-'), address: address || '/' }))
  })

interface Way {
  readonly address: string
  readonly words: readonly string[]
}

/** Addresses of the parts of a screen, as its own head offers them, the screen's own among them where it is offered. */
export const partsOf = async (page: Page, { address, name }: Screen): Promise<readonly Screen[]> => {
  const links = await page.locator('main nav a[href]').evaluateAll((all) => all.map((one) => String(one.getAttribute('href')))) // prettier-ignore
  const own = [...new Set(links)].filter((link) =>
    [`#${address}/`, `#${address}?`].some((start) => `${link}/`.startsWith(start) || link.startsWith(start)),
  )
  return own.map((link) => ({ name: `${name}-${link.split(/[/=]/).at(-1)}`, address: link.slice(1) }))
}
