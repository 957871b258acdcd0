import type { Locale } from '@portillon/kernel';

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

const LOGO =
  '<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><rect class="ground" width="32" height="32" rx="7"/>' +
  '<path class="gate" d="M6 26V9M26 26V9M10 13v11M14.5 10.7V24M19 10.4V24M22.5 12.5V24M6 20h20M6 14.5Q16 6.5 26 14.5"/></svg>';

const fr = {
  refused: 'Cette demande ne peut pas aboutir',
  unknown:
    'L’application qui vous envoie ici n’est pas connue de ce service, ou son adresse de retour n’est pas enregistrée.',
  down: 'Ce service ne peut pas répondre en ce moment. Votre connexion n’est pas en cause.',
  foreign: 'Cette réponse ne vient pas d’une page de ce service : rien n’a été fait.',
  other:
    'L’application qui vous envoie ici a fait une demande que ce service ne peut pas traiter, ou trop ancienne.',
  startAgain: 'Revenez à l’application et ouvrez-la de nouveau.',
  later: 'Attendez quelques minutes, puis revenez à l’application et ouvrez-la de nouveau.',
  fromHome: 'Pour vous déconnecter, allez à l’accueil et choisissez « Se déconnecter ».',
  again: 'Recommencer depuis',
  reference: 'Si cela se reproduit, donnez cette référence au support de l’application :',
  home: 'Aller à l’accueil',
  signOut: 'Voulez-vous vous déconnecter ?',
  everywhere: 'Vous serez déconnecté de toutes les applications ouvertes avec cette connexion.',
  yes: 'Se déconnecter',
  no: 'Rester connecté',
  signingOut: 'Déconnexion en cours',
  elsewhere: 'Vous êtes déconnecté ici, et bientôt du service qui a vérifié votre identité.',
  goOn: 'Continuer',
  signedOut: 'Vous êtes déconnecté',
  close: 'Sur un poste partagé, fermez aussi le navigateur.',
};

const en: typeof fr = {
  refused: 'This request cannot be completed',
  unknown:
    'The application that sent you here is not known to this service, or its return address is not registered.',
  down: 'This service cannot answer at the moment. Nothing is wrong with your sign-in.',
  foreign: 'This answer does not come from a page of this service: nothing was done.',
  other:
    'The application that sent you here made a request that this service cannot process, or one that is too old.',
  startAgain: 'Go back to the application and open it again.',
  later: 'Wait a few minutes, then go back to the application and open it again.',
  fromHome: 'To sign out, go to the home page and choose “Sign out”.',
  again: 'Start again from',
  reference: 'If it happens again, give this reference to the application’s support:',
  home: 'Go to the home page',
  signOut: 'Do you want to sign out?',
  everywhere: 'You will be signed out of every application opened with this sign-in.',
  yes: 'Sign out',
  no: 'Stay signed in',
  signingOut: 'Signing out',
  elsewhere: 'You are signed out here, and shortly of the service that verified your identity.',
  goOn: 'Continue',
  signedOut: 'You are signed out',
  close: 'On a shared workstation, close the browser too.',
};

/** The texts of the provider's own pages. */
const PAGE_TEXTS: Readonly<Record<Locale, typeof fr>> = { fr, en };

/** The palette of the other pages (apps/web/src/styles.css): every text has a contrast of 7:1, in light and dark mode. */
const PALETTE =
  ':root{color-scheme:light dark;--page:#f3f6f5;--surface:#fff;--ink:#12201e;--soft:#36474a;--line:#cfd9d7;' +
  '--accent:#0a5650;--accent-strong:#073f3b;--on-accent:#fff;--tint:#e3f0ee}' +
  '@media(prefers-color-scheme:dark){:root{--page:#0d1514;--surface:#15201f;--ink:#eef5f3;--soft:#c3d0cd;--line:#33423f;' +
  '--accent:#84d9cf;--accent-strong:#b1ebe3;--on-accent:#05201d;--tint:#14302d}}';

/**
 * The pages store their typeface under a name without a hash (apps/web/vite.config.ts). Without them the system's is used.
 */
const TYPEFACE =
  "@font-face{font-family:'Atkinson Hyperlegible Next';font-display:swap;font-weight:200 800;" +
  "src:url(/assets/atkinson-hyperlegible-next-latin-wght-normal.woff2)format('woff2')}";

/** One text, whose hash the content security policy names. */
export const PAGE_STYLE =
  PALETTE +
  TYPEFACE +
  '*{box-sizing:border-box}' +
  "html{font:112.5%/1.55 'Atkinson Hyperlegible Next',system-ui,sans-serif;background:var(--page);color:var(--ink)}" +
  'body{margin:0;min-height:100vh;overflow-wrap:break-word}' +
  'header{border-bottom:1px solid var(--line);background:var(--surface)}' +
  '.bar{display:flex;max-width:64rem;margin:0 auto;padding:.75rem 1rem}' +
  '.home{display:inline-flex;align-items:center;gap:.625rem;color:inherit;font-size:1.25rem;' +
  'font-weight:700;text-decoration:none}' +
  '.home svg{width:2.25rem;height:2.25rem}.ground{fill:var(--accent)}' +
  '.gate{fill:none;stroke:var(--on-accent);stroke-width:2;stroke-linecap:round}' +
  'main{max-width:36rem;margin:0 auto;padding:2rem 1rem}' +
  'h1{margin:0 0 1.25rem;font-size:1.7rem;line-height:1.2;text-wrap:balance}p{margin:0 0 1rem}' +
  '.card{padding:1.5rem;border:1px solid var(--line);border-radius:12px;background:var(--surface)}' +
  '.card{margin-bottom:1.25rem}.card>:last-child{margin-bottom:0}' +
  '.reference{color:var(--soft);font-size:.95rem}code{font-size:.9rem;overflow-wrap:anywhere}' +
  'a{color:var(--accent);text-underline-offset:.2em}a:hover{color:var(--accent-strong)}' +
  '.actions{display:flex;flex-wrap:wrap;gap:.75rem}' +
  '.button{display:inline-flex;flex:1 1 auto;align-items:center;justify-content:center;min-height:2.75rem;' +
  'padding:.5rem 1.25rem;border:2px solid var(--accent);border-radius:8px;background:transparent;color:var(--accent);' +
  'font:inherit;font-weight:600;line-height:1.2;text-align:center;text-decoration:none;cursor:pointer}' +
  '.button:hover{background:var(--tint);border-color:var(--accent-strong);color:var(--accent-strong)}' +
  '.button.first{background:var(--accent);color:var(--on-accent)}.button.first:hover{background:var(--accent-strong);' +
  'color:var(--on-accent)}' +
  ':focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:4px}' +
  '.button:focus-visible{border-radius:8px}';

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
