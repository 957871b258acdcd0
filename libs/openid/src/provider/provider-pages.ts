import type { Locale } from '@portillon/kernel';

export const SUBMIT_SCRIPT = 'document.forms[0].submit()';

export interface PageExtras {
  script?: string;
  /** A path of ours that the page goes on to. */
  next?: string;
}

export const pageStyle =
  'body{font:1rem/1.5 system-ui,sans-serif;color:#1f2430;background:#f5f6f8;margin:0}' +
  'main{max-width:34rem;margin:12vh auto 0;padding:2rem;background:#fff;border-radius:.5rem}' +
  'h1{font-size:1.35rem;margin:0 0 .75rem}code{overflow-wrap:anywhere}' +
  'button{font:inherit;padding:.6rem 1.1rem;margin:.75rem .5rem 0 0;border:1px solid #1a4b8c;border-radius:.35rem;' +
  'background:#1a4b8c;color:#fff;cursor:pointer}button.other{background:#fff;color:#1a4b8c}';

const TEXTS = {
  fr: {
    refused: 'Cette demande ne peut pas aboutir',
    unknown:
      'L’application qui vous envoie ici n’est pas connue de ce service, ou son adresse de retour n’est pas enregistrée.',
    other:
      'L’application qui vous envoie ici a fait une demande que ce service ne peut pas traiter, ou trop ancienne.',
    help: 'Revenez à l’application et recommencez. Si cela se reproduit, donnez cette référence à son support :',
    home: 'Aller à l’accueil',
    signOut: 'Voulez-vous vous déconnecter ?',
    everywhere: 'Vous serez déconnecté de toutes les applications ouvertes avec cette connexion.',
    yes: 'Se déconnecter',
    no: 'Rester connecté',
    signingOut: 'Déconnexion en cours',
    elsewhere: 'Vous êtes déconnecté ici, et bientôt du service qui a vérifié votre identité.',
    goOn: 'Continuer',
    signedOut: 'Vous êtes déconnecté',
    close: 'Sur un poste partagé, fermez aussi le navigateur.',
  },
  en: {
    refused: 'This request cannot be completed',
    unknown:
      'The application that sent you here is not known to this service, or its return address is not registered.',
    other:
      'The application that sent you here made a request that this service cannot process, or one that is too old.',
    help: 'Go back to the application and try again. If it happens again, give this reference to its support:',
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
  },
} as const;

const UNKNOWN: readonly string[] = ['invalid_client', 'invalid_redirect_uri'];

export function refusalBody(error: string, requestId: string, locale: Locale): string {
  const texts = TEXTS[locale];
  const why = UNKNOWN.includes(error) ? texts.unknown : texts.other;
  return `<h1>${texts.refused}</h1><p>${why}</p><p>${texts.help}<br><code>${escape(error)} · ${escape(requestId)}</code></p><p><a href="/">${texts.home}</a></p>`;
}

/** `form` is the library's, whose fields the buttons send. */
export function signOutBody(form: string, locale: Locale): string {
  const texts = TEXTS[locale];
  const yes = `<button type="submit" form="op.logoutForm" name="logout" value="yes">${texts.yes}</button>`;
  const no = `<button type="submit" form="op.logoutForm" class="other">${texts.no}</button>`;
  return `<h1>${texts.signOut}</h1><p>${texts.everywhere}</p>${form}${yes}${no}`;
}

/** Sends itself, by {@link SUBMIT_SCRIPT}: a button in sight would be pressed meanwhile, and send it twice. */
export function signingOutBody(form: string, locale: Locale): string {
  const texts = TEXTS[locale];
  const yes = '<input type="hidden" form="op.logoutForm" name="logout" value="yes">';
  const button = `<noscript><button type="submit" form="op.logoutForm">${texts.yes}</button></noscript>`;
  return `<h1>${texts.signingOut}</h1>${form}${yes}${button}`;
}

export function signedOutBody(locale: Locale): string {
  const texts = TEXTS[locale];
  return `<h1>${texts.signedOut}</h1><p>${texts.close}</p><p><a href="/">${texts.home}</a></p>`;
}

/** Of the page that goes on to `next` by itself, for browsers that do not. */
export function goingOnBody(next: string, locale: Locale): string {
  const texts = TEXTS[locale];
  return `<h1>${texts.signingOut}</h1><p>${texts.elsewhere}</p><p><a href="${escape(next)}">${texts.goOn}</a></p>`;
}

export function page(body: string, locale: Locale, { script, next }: PageExtras = {}): string {
  const title = /<h1>(.*?)<\/h1>/.exec(body)![1]!;
  const refresh = next ? `<meta http-equiv="refresh" content="0;url=${escape(next)}">` : '';
  const tail = script ? `<script>${script}</script>` : '';
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${refresh}<title>${title}</title><style>${pageStyle}</style></head><body><main>${body}</main>${tail}</body></html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
