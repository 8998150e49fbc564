import { useEventListener, useMutationObserver } from '@vueuse/core'

/** Time for whoever took something away to say where the focus goes. */
const ownWordMs = 60
/** What may hold the focus for what was in it: nothing that Enter or a key would set off. */
const holders = '[tabindex], main, section, form, article, aside, li, ul, fieldset, [role=group]'

const isUsable = (element: Element): boolean => element.isConnected && !element.matches(':disabled')

function withAncestors(element: Element): readonly Element[] {
  const all: Element[] = []
  for (let one: Element | null = element; one; one = one.parentElement) all.push(one)
  return all
}

/**
 * Whoever works by keys stays where they are: when what had the focus goes (a row, a panel, a button that waits), the
 * nearest thing around it that is still there holds the focus, and gives it back when the former comes again. Where a
 * screen says itself where the focus goes, that counts.
 */
export function useKeptFocus(): void {
  let path: readonly Element[] = []
  let holder: Element | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  useEventListener(document, 'focusin', ({ target }) => {
    if (target !== holder && target instanceof Element) {
      path = withAncestors(target)
      holder = undefined
    }
  })

  function hold(): void {
    const [last] = path
    const { activeElement, body } = document
    if (!last) return
    if (holder && activeElement === holder && isUsable(last) && last instanceof HTMLElement) return last.focus()
    if (activeElement !== body || isUsable(last)) return
    const next = path.slice(1).find((one) => isUsable(one) && one.matches(holders)) ?? document.querySelector('main')
    if (!(next instanceof HTMLElement)) return
    if (!next.hasAttribute('tabindex')) {
      next.tabIndex = -1
      // Nothing can be done to it: a ring around half the window would only startle.
      next.style.outline = 'none'
    }
    holder = next
    next.focus({ preventScroll: true })
  }

  useMutationObserver(
    document.body,
    () => {
      if (document.activeElement !== document.body && document.activeElement !== holder) return
      clearTimeout(timer)
      timer = setTimeout(hold, ownWordMs)
    },
    { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] },
  )
}
