import type { Locale } from '@portillon/kernel';
import type { DemoMessage } from './demo-mailbox';
import { DEMO_PASSWORD, DEMO_PEOPLE } from './demo.service';

const fr = {
  title: 'Boîte aux lettres de démonstration',
  notice:
    'Aucun message ne part d’ici\u00a0: les e-mails et les SMS s’affichent dans cette page. Aucune donnée n’est réelle.',
  demo: 'Démonstration.',
  signIn: 'Aller à la page de connexion',
  other: 'English',
  people: 'Les comptes de démonstration',
  password: 'Tous ont le même mot de passe\u00a0:',
  boxes: 'Boîtes aux lettres',
  everyone: 'Tous les messages',
  others: 'Autres destinataires',
  messages: 'Messages',
  none: 'Aucun message pour l’instant. Ils apparaissent ici dès leur envoi.',
  arrived: 'Un nouveau message est arrivé.',
  copy: 'Copier le code',
  copied: 'Code copié',
  preview: 'Aperçu de l’e-mail',
  text: 'En texte seul',
  EMAIL: 'E-mail à',
  SMS: 'SMS à',
  verified: 'portable validé',
  roles: {
    professional: 'professionnel de santé',
    'structure-admin': 'administratrice de structure',
    'national-admin': 'administration nationale',
  },
};

export type DemoTexts = typeof fr;

const en: DemoTexts = {
  title: 'Demo mailbox',
  notice: 'No message leaves this machine: emails and text messages appear in this page. No data is real.',
  demo: 'Demo.',
  signIn: 'Go to the sign-in page',
  other: 'Français',
  people: 'The demo accounts',
  password: 'All of them have the same password:',
  boxes: 'Mailboxes',
  everyone: 'All messages',
  others: 'Other recipients',
  messages: 'Messages',
  none: 'No message yet. They appear here as soon as they are sent.',
  arrived: 'A new message has come.',
  copy: 'Copy the code',
  copied: 'Code copied',
  preview: 'Preview of the email',
  text: 'As plain text',
  EMAIL: 'Email to',
  SMS: 'Text message to',
  verified: 'mobile number verified',
  roles: {
    professional: 'health professional',
    'structure-admin': 'administrator of an organisation',
    'national-admin': 'national administration',
  },
};

const DEMO_TEXTS: Record<Locale, DemoTexts> = { fr, en };

/** The palette, the typeface and the mark of the pages (apps/web/src/styles.css); `tools/checks/brand.spec.mjs` compares. */
export const DEMO_STYLE = `
:root { color-scheme: light dark; --page: #f3f6f5; --surface: #ffffff; --ink: #12201e; --soft: #36474a; --line: #cfd9d7; --edge: #566866; --accent: #0a5650; --accent-strong: #073f3b; --on-accent: #ffffff; --tint: #e3f0ee }
@media (prefers-color-scheme: dark) { :root { --page: #0d1514; --surface: #15201f; --ink: #eef5f3; --soft: #c3d0cd; --line: #33423f; --edge: #8fa29e; --accent: #84d9cf; --accent-strong: #b1ebe3; --on-accent: #05201d; --tint: #14302d } }
@font-face { font-family: 'Atkinson Hyperlegible Next'; font-display: optional; font-weight: 200 800; src: url(/assets/atkinson-hyperlegible-next-latin-wght-normal.woff2) format('woff2') }
* { box-sizing: border-box }
html { font: 112.5%/1.55 'Atkinson Hyperlegible Next', system-ui, sans-serif; background: var(--page); color: var(--ink) }
body { margin: 0; overflow-wrap: anywhere }
header { border-bottom: 1px solid var(--line); background: var(--surface) }
.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25rem 1.5rem; padding: .75rem 1rem }
.bar, main { max-width: 64rem; margin: 0 auto }
.home { display: inline-flex; align-items: center; gap: .625rem; color: inherit; font-size: 1.25rem; font-weight: 700; text-decoration: none }
.home svg { width: 2.25rem; height: 2.25rem }
.ground { fill: var(--accent) }
.gate { fill: none; stroke: var(--on-accent); stroke-width: 2; stroke-linecap: round }
main { padding: 1.25rem 1rem 3rem }
h1 { margin: 0 0 .75rem; font-size: 1.7rem; line-height: 1.2 }
h2 { margin: 0 0 .75rem; font-size: 1.25rem; line-height: 1.3 }
h3 { margin: 0; font-size: 1rem }
p { margin: 0 0 .75rem }
a { color: var(--accent); text-underline-offset: .2em }
a:hover { color: var(--accent-strong) }
.columns { display: grid; gap: 1.5rem }
@media (width >= 52rem) { .columns { grid-template-columns: 19rem minmax(0, 1fr) } }
.card { margin: 0 0 1rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 12px; background: var(--surface) }
.card > :last-child { margin-bottom: 0 }
.help, .to { color: var(--soft); font-size: .95rem }
nav ul { margin: 0; padding: 0; list-style: none }
nav li a { display: block; padding: .5rem .75rem; border-left: 4px solid transparent; text-decoration: none }
nav li a:hover { background: var(--tint) }
nav li a[aria-current] { border-color: var(--accent); background: var(--tint); font-weight: 700 }
nav small { display: block; color: var(--soft); font-size: .85rem; font-weight: 400 }
.code { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem; margin: .5rem 0 }
.code strong { font-size: 1.5rem; letter-spacing: .12em; font-variant-numeric: tabular-nums }
.button { display: inline-flex; visibility: hidden; align-items: center; min-height: 2.75rem; padding: .5rem 1.25rem; border: 2px solid var(--accent); border-radius: 8px; background: transparent; color: var(--accent); font: inherit; font-weight: 600; line-height: 1.2; cursor: pointer }
.copies .button { visibility: visible }
.button:hover { background: var(--tint) }
summary { display: inline-block; padding: .25rem 0; color: var(--accent); text-decoration: underline; text-underline-offset: .2em; cursor: pointer }
iframe { display: block; width: 100%; height: 32rem; border: 1px solid var(--line); border-radius: 8px }
pre { margin: .5rem 0 0; white-space: pre-wrap; font: inherit }
code { padding: .1em .35em; border-radius: .25rem; background: var(--tint); font-size: .95em }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 4px }
.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
`;

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

/** The request for the page: its language, and the recipient. Shows all messages when `who` is not a mailbox. */
export interface DemoQuestion {
  locale: Locale;
  who: string;
}

const OTHERS = 'others';
/** In a mail the code is alone on its line; in an SMS it is within the sentence. */
const CODE = { EMAIL: /^ {4}(\d{6})$/m, SMS: /\b(\d{6})\b/ };
const LOGO =
  '<svg viewBox="0 0 32 32" aria-hidden="true"><rect class="ground" width="32" height="32" rx="7"/>' +
  '<path class="gate" d="M6 26V9M26 26V9M10 13v11M14.5 10.7V24M19 10.4V24M22.5 12.5V24M6 20h20M6 14.5Q16 6.5 26 14.5"/></svg>';

/** The page of the demo mailbox: the accounts that may sign in, and every message that would have been sent. */
export function demoPage(messages: readonly DemoMessage[], question: DemoQuestion): string {
  const { locale, who } = question;
  const texts = DEMO_TEXTS[locale];
  const shown = messages.filter(({ to }) => isFor(who, to));
  const other = locale === 'fr' ? 'en' : 'fr';
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${texts.title} – Portillon</title>
<link rel="icon" href="/favicon.svg">
<link rel="preload" as="font" type="font/woff2" crossorigin href="/assets/atkinson-hyperlegible-next-latin-wght-normal.woff2">
<link rel="stylesheet" href="/demo/mailbox.css">
<script src="/demo/mailbox.js" defer></script>
</head>
<body>
<header><div class="bar"><a class="home" href="/">${LOGO}Portillon</a>
<a href="${addressOf({ locale: other, who })}" lang="${other}" hreflang="${other}">${texts.other}</a></div></header>
<main>
<h1>${texts.title}</h1>
<p><strong>${texts.demo}</strong> ${texts.notice} <a href="/">${texts.signIn}</a></p>
<div class="columns"><div>${peopleCard(texts)}${boxesCard(question, texts)}</div>
<section aria-labelledby="list"><h2 id="list">${texts.messages}</h2><p id="said" role="status" class="quiet"></p>
<div id="messages" data-last="${messages[0]?.id ?? 0}" data-arrived="${texts.arrived}" data-copied="${texts.copied}">${
    shown.map((message, at) => article(message, at === 0, question)).join('') ||
    `<p class="empty">${texts.none}</p>`
  }</div></section></div>
</main>
</body>
</html>`;
}

function peopleCard(texts: DemoTexts): string {
  const people = DEMO_PEOPLE.map(
    ({ username, roles, phone }) =>
      `<li><code>${username}</code> <span class="help">${texts.roles[roles[0] as keyof DemoTexts['roles']]}${
        phone ? `, ${texts.verified}` : ''
      }</span></li>`,
  );
  return `<section class="card" aria-labelledby="people"><h2 id="people">${texts.people}</h2><ul>${people.join('')}</ul>
<p>${texts.password} <code>${DEMO_PASSWORD}</code></p></section>`;
}

function boxesCard({ locale, who }: DemoQuestion, texts: DemoTexts): string {
  const boxes = [
    { name: '', label: texts.everyone, note: '' },
    ...DEMO_PEOPLE.map(({ username, displayName, email, phone }) => ({
      name: username,
      label: displayName,
      note: phone ? `${email}, ${phone}` : email,
    })),
    { name: OTHERS, label: texts.others, note: '' },
  ];
  const items = boxes.map(({ name, label, note }) => {
    const current = name === who ? ' aria-current="page"' : '';
    const small = note && ` <small>${note}</small>`;
    return `<li><a href="${addressOf({ locale, who: name })}"${current}>${label}${small}</a></li>`;
  });
  return `<nav class="card" aria-labelledby="boxes"><h2 id="boxes">${texts.boxes}</h2><ul>${items.join('')}</ul></nav>`;
}

function article(message: DemoMessage, open: boolean, { locale }: DemoQuestion): string {
  const texts = DEMO_TEXTS[locale];
  const { id, channel, to, subject, text, sentAt, html } = message;
  const code = CODE[channel].exec(text)?.[1];
  const copy = `<p class="code"><strong>${code}</strong><button type="button" class="button" data-code="${code}">${texts.copy}</button></p>`;
  const preview = `<details${open ? ' open' : ''}><summary>${texts.preview}</summary>
<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy" title="${texts.preview} ${id}" src="/demo/messages/${id}"></iframe></details>
<details><summary>${texts.text}</summary><pre>${escape(text)}</pre></details>`;
  return `<article class="card" id="message-${id}" aria-labelledby="subject-${id}"><h3 id="subject-${id}">${escape(subject ?? `${texts.SMS} ${to}`)}</h3>
<p class="to">${subject ? `${texts[channel]} ${escape(to)}, ` : ''}${timeIn(locale, sentAt)}</p>
${code ? copy : ''}${html ? preview : `<pre>${escape(text)}</pre>`}</article>`;
}

function isFor(who: string, to: string): boolean {
  const isOf = ({ email, phone }: (typeof DEMO_PEOPLE)[number]) => to === email || to === phone;
  if (who === OTHERS) return !DEMO_PEOPLE.some(isOf);
  const person = DEMO_PEOPLE.find(({ username }) => username === who);
  return !person || isOf(person);
}

function addressOf({ locale, who }: DemoQuestion): string {
  return `/demo/mailbox?lang=${locale}${who && `&amp;who=${encodeURIComponent(who)}`}`;
}

function timeIn(locale: Locale, instant: string): string {
  return new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(new Date(instant));
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
