import type { Locale } from '@portillon/kernel';
import { PAGE_STYLE } from './provider-page.style';
import { PAGE_TEXTS } from './provider-page.texts';

export const SUBMIT_SCRIPT = 'document.forms[0].submit()';

export interface PageFrame {
  locale: Locale;
  serviceName: string;
  script?: string;
  /** A path of ours that the page goes on to. */
  next?: string;
}

export interface Refused {
  error: string;
  requestId: string;
  /** The start address of the application, when it is known and has one. */
  application?: { name: string; address: string };
}

const UNKNOWN: readonly string[] = ['invalid_client', 'invalid_redirect_uri'];
const DOWN: readonly string[] = ['server_error', 'temporarily_unavailable'];

/** Shows why the request fails, and what the user can do next. */
export function refusalBody({ error, requestId, application }: Refused, locale: Locale): string {
  const texts = PAGE_TEXTS[locale];
  const { why, next } = reasonOf(error, locale);
  const again = application
    ? `<p class="actions"><a class="button first" href="${escape(application.address)}">${texts.again} ${escape(application.name)}</a></p>`
    : '';
  const reference = `<p class="reference">${texts.reference}<br><code>${escape(error)} · ${escape(requestId)}</code></p>`;
  return card(texts.refused, `<p>${why}</p><p>${next}</p>${again}${reference}`) + homeLink(locale);
}

function reasonOf(error: string, locale: Locale): { why: string; next: string } {
  const texts = PAGE_TEXTS[locale];
  if (error === 'origin.refused') return { why: texts.foreign, next: texts.fromHome };
  if (DOWN.includes(error)) return { why: texts.down, next: texts.later };
  return { why: UNKNOWN.includes(error) ? texts.unknown : texts.other, next: texts.startAgain };
}

/** `form` is the library's; the buttons send its fields. */
export function signOutBody(form: string, locale: Locale): string {
  const texts = PAGE_TEXTS[locale];
  const yes = `<button class="button first" type="submit" form="op.logoutForm" name="logout" value="yes">${texts.yes}</button>`;
  const no = `<button class="button" type="submit" form="op.logoutForm">${texts.no}</button>`;
  return card(texts.signOut, `<p>${texts.everywhere}</p>${form}<div class="actions">${yes}${no}</div>`);
}

/** A page that sends its form itself, by {@link SUBMIT_SCRIPT}: with a visible button, a user could send it twice. */
export function signingOutBody(form: string, locale: Locale): string {
  const texts = PAGE_TEXTS[locale];
  const yes = '<input type="hidden" form="op.logoutForm" name="logout" value="yes">';
  const button = `<noscript><button class="button first" type="submit" form="op.logoutForm">${texts.yes}</button></noscript>`;
  return `<h1>${texts.signingOut}</h1>${form}${yes}${button}`;
}

export function signedOutBody(locale: Locale): string {
  const texts = PAGE_TEXTS[locale];
  return card(texts.signedOut, `<p>${texts.close}</p>`) + homeLink(locale);
}

/** The body of a page that continues to `next` automatically, with a link for browsers that do not. */
export function goingOnBody(next: string, locale: Locale): string {
  const texts = PAGE_TEXTS[locale];
  const goOn = `<p><a href="${escape(next)}">${texts.goOn}</a></p>`;
  return card(texts.signingOut, `<p>${texts.elsewhere}</p>${goOn}`);
}

const LOGO =
  '<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><rect class="ground" width="32" height="32" rx="7"/>' +
  '<path class="gate" d="M6 26V9M26 26V9M10 13v11M14.5 10.7V24M19 10.4V24M22.5 12.5V24M6 20h20M6 14.5Q16 6.5 26 14.5"/></svg>';

export function page(body: string, { locale, serviceName, script, next }: PageFrame): string {
  const title = /<h1>(.*?)<\/h1>/.exec(body)![1]!;
  const service = escape(serviceName);
  const refresh = next ? `<meta http-equiv="refresh" content="0;url=${escape(next)}">` : '';
  const tail = script ? `<script>${script}</script>` : '';
  const head =
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">' +
    '<meta name="robots" content="noindex"><link rel="icon" href="/favicon.svg" type="image/svg+xml">' +
    `${refresh}<title>${title} – ${service}</title><style>${PAGE_STYLE}</style>`;
  const header = `<header><div class="bar"><a class="home" href="/">${LOGO}${service}</a></div></header>`;
  return `<!doctype html><html lang="${locale}"><head>${head}</head><body>${header}<main>${body}</main>${tail}</body></html>`;
}

function card(title: string, content: string): string {
  return `<h1>${title}</h1><div class="card">${content}</div>`;
}

function homeLink(locale: Locale): string {
  return `<p><a href="/">${PAGE_TEXTS[locale].home}</a></p>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
