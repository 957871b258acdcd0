/**
 * What comes is put above what is there, which keeps its place, its focus and what was opened in it; and the code of a
 * message goes into the clipboard, where the browser has one for this page.
 */
export const DEMO_SCRIPT = `
const list = document.getElementById('messages');
const said = document.getElementById('said');
let last = Number(list.dataset.last);

async function arrived() {
  const answer = await fetch('/demo/messages?after=' + last);
  const messages = answer.ok ? await answer.json() : [];
  return messages.length > 0;
}
async function show() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.getElementById('messages');
  last = Number(fresh.dataset.last);
  const articles = [...fresh.querySelectorAll('article')].filter(({ id }) => !document.getElementById(id));
  if (articles.length === 0) return;
  list.querySelector('.empty')?.remove();
  list.prepend(...articles.map((article) => document.adoptNode(article)));
  said.textContent = list.dataset.arrived;
}
setInterval(async () => {
  // The server may be starting again: the next turn asks it anew.
  if (await arrived().catch(() => false)) await show().catch(() => undefined);
}, 2000);

if (navigator.clipboard) document.documentElement.classList.add('copies');
list.addEventListener('click', async ({ target }) => {
  const button = target.closest('[data-code]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.code);
  button.textContent = said.textContent = list.dataset.copied;
});
`;
