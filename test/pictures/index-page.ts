/** One picture of the index. */
export interface Taken {
  readonly file: string
  readonly screen: string
  readonly data: string
  readonly language: string
  readonly theme: string
  readonly size: string
  /** What is wrong in it, in words. */
  readonly faults: readonly string[]
}

/** A page to leaf through the pictures: choose at the top, arrow keys go on and back. */
export const indexPage = (pictures: readonly Taken[], complaints: readonly string[]): string => `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>Backroom: every screen</title>
  <style>
    :root { color-scheme: light dark; font: 14px system-ui }
    body { margin: 0; display: grid; grid-template-rows: auto 1fr; height: 100vh }
    header { display: flex; flex-wrap: wrap; gap: 0.5rem; padding: 0.5rem; align-items: center }
    main { overflow: auto; text-align: center; background: #8883 }
    img { max-width: 100%; box-shadow: 0 0 0.5rem #0006; margin: 0.5rem }
    ul { text-align: left; margin: 0 1rem }
  </style>
  <header></header>
  <main><ul></ul><img alt="" /></main>
  <script type="module">
    const pictures = ${JSON.stringify(pictures).replaceAll('<', '\\u003c')}
    const complaints = ${JSON.stringify(complaints).replaceAll('<', '\\u003c')}
    const header = document.querySelector('header')
    const chosen = {}
    let at = 0
    const shown = () => pictures.filter((one) => Object.entries(chosen).every(([key, value]) => value === '' || (key === 'faults' ? one.faults.length > 0 : one[key] === value)))
    const show = () => {
      const list = shown()
      at = Math.max(0, Math.min(at, list.length - 1))
      const one = list[at]
      document.querySelector('img').src = one?.file ?? ''
      count.textContent = one ? \`\${at + 1} of \${list.length}: \${one.file}\` : 'none'
      document.querySelector('ul').replaceChildren(...[...(one?.faults ?? []), ...(at === 0 ? complaints : [])].map((text) => Object.assign(document.createElement('li'), { textContent: text })))
    }
    for (const key of ['screen', 'data', 'language', 'theme', 'size', 'faults']) {
      const select = document.createElement('select')
      const values = key === 'faults' ? ['with something to mend'] : [...new Set(pictures.map((one) => one[key]))]
      select.append(new Option(key + ': all', ''), ...values.map((value) => new Option(value, value)))
      select.onchange = () => { chosen[key] = select.value; at = 0; show() }
      chosen[key] = ''
      header.append(select)
    }
    const count = header.appendChild(document.createElement('span'))
    onkeydown = ({ key, target }) => {
      if (target.tagName === 'SELECT' || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return
      at += key === 'ArrowRight' ? 1 : -1
      show()
    }
    show()
  </script>
</html>
`
