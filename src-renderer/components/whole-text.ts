/** Set by us, so that a title somebody wrote is left alone. */
const ours = 'data-whole-text'

/**
 * What is cut off at the end of its line (the class `truncate`) tells its whole text under the pointer. Once for the whole
 * window: no list needs to think of it.
 */
export function tellWholeTexts(): void {
  document.addEventListener('mouseover', ({ target }) => {
    const line = target instanceof Element ? target.closest<HTMLElement>('.truncate') : null
    if (!line || (line.title !== '' && !line.hasAttribute(ours))) return
    const isCut = line.scrollWidth > line.clientWidth
    if (isCut) line.title = (line.textContent ?? '').trim().replaceAll(/\s+/g, ' ')
    else line.removeAttribute('title')
    line.toggleAttribute(ours, isCut)
  })
}
