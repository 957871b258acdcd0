import type { Locale } from '@portillon/kernel';
import type { DemoMessage } from './demo-mailbox';
import { DEMO_TEXTS } from './demo-page.texts';
import type { DemoTexts } from './demo-page.texts';
import { DEMO_PASSWORD, DEMO_PEOPLE } from './demo.service';

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
