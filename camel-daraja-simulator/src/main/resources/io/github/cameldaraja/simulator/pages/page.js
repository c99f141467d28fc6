// Refreshes the live part of a page, but never under the fingers of somebody who types.
const live = document.querySelector('[data-live]');

function busy() {
  const fields = [...live.querySelectorAll('input:not([type=hidden])')];
  return fields.some(field => field.value !== '' || field === document.activeElement)
    || live.contains(document.activeElement);
}

async function refresh() {
  try {
    const answer = await fetch(live.dataset.live);
    if (answer.ok && !busy()) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.querySelector('[data-live]');
      if (fresh.innerHTML !== live.innerHTML) {
        live.replaceChildren(...fresh.childNodes);
      }
    }
  } catch (gone) {
    // the simulator was stopped; it may come back
  }
  setTimeout(refresh, 1000);
}

if (live) {
  setTimeout(refresh, 1000);
}
