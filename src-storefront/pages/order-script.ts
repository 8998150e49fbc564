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
    if (fresh !== null && !live.contains(document.activeElement)) live.replaceChildren(...fresh.childNodes)
    else known = undefined
  }
  const look = async () => {
    try {
      if (document.visibilityState === 'visible') {
        const events = await ask(live.dataset.events, 'application/json')
        const isNews = known !== undefined && events !== known
        known = events
        if (isNews) await renew()
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
