/**
 * Keeps an open order page up to date: asks for the list of events now and then, and only when it differs takes the
 * living part of the page over from a fresh copy. Without scripts there is a link to look again.
 */
export const orderScript = `'use strict'
{
  const usualMs = 10000
  const slowMs = 120000
  const live = document.getElementById('live')
  let known
  let waitMs = usualMs
  const ask = async (path, type) => {
    const answer = await fetch(path, { headers: { accept: type }, credentials: 'same-origin', cache: 'no-store' })
    if (!answer.ok) throw new Error(String(answer.status))
    return answer.text()
  }
  const renew = async () => {
    const page = new DOMParser().parseFromString(await ask(location.pathname, 'text/html'), 'text/html')
    const fresh = page.getElementById('live')
    // Nothing is taken from under the fingers: whoever is inside with the keys sees it at the next look.
    if (fresh === null || live.contains(document.activeElement)) return false
    live.replaceChildren(...fresh.childNodes)
    document.getElementById('news').textContent = live.querySelector('.status strong').textContent
    return true
  }
  const look = async () => {
    try {
      if (document.visibilityState === 'visible') {
        const events = await ask(live.dataset.events, 'application/json')
        if (known === undefined || (events !== known && (await renew()))) known = events
      }
      waitMs = usualMs
    } catch {
      waitMs = Math.min(slowMs, waitMs * 2)
    }
    setTimeout(look, waitMs)
  }
  if (live !== null) look()
}
`
