import type { ErrorText, Locale } from '@portillon/kernel';
import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';

export type RefusalKind = 'forbidden' | 'level-unmet' | 'lost';

/** The texts of the refusal page on an application's host. */
const REFUSAL_TEXTS: Readonly<Record<RefusalKind, Readonly<Record<Locale, ErrorText>>>> = {
  forbidden: {
    fr: {
      title: 'Accès refusé',
      detail:
        'Votre compte ne donne pas accès à cette page. Adressez-vous à l’administrateur de votre structure si vous en avez besoin.',
    },
    en: {
      title: 'Access denied',
      detail: 'Your account does not open this page. Ask the administrator of your structure if you need it.',
    },
  },
  'level-unmet': {
    fr: {
      title: 'Connexion plus forte requise',
      detail:
        'Cette page demande une connexion plus forte que la vôtre, par exemple avec votre carte ou avec Pro Santé Connect.',
    },
    en: {
      title: 'A stronger sign-in is required',
      detail:
        'This page asks for a stronger sign-in than yours, with your card or Pro Santé Connect for instance.',
    },
  },
  lost: {
    fr: {
      title: 'La connexion n’a pas abouti',
      detail:
        'Elle a duré trop longtemps, a déjà servi, ou a commencé dans un autre navigateur. Recommencez\u202f; si cela se reproduit, vérifiez que votre navigateur accepte les cookies.',
    },
    en: {
      title: 'The sign-in did not succeed',
      detail:
        'It took too long, was used already, or began in another browser. Start again; if it happens again, check that your browser accepts cookies.',
    },
  },
};

const START_AGAIN: Readonly<Record<Locale, string>> = { fr: 'Recommencer', en: 'Start again' };

const STYLE =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:38rem;margin:12vh auto;padding:0 1rem;color:#1b2733;background:#fff}' +
  'h1,h2{font-size:1.4rem}section+section{border-top:1px solid #767676;margin-top:2rem}a{color:#00497a}';

const STYLE_DIGEST = createHash('sha256').update(STYLE).digest('base64');

/** The page is on the application's host and loads nothing. */
const REFUSAL_PAGE_POLICY = `default-src 'none';style-src 'sha256-${STYLE_DIGEST}';base-uri 'none';form-action 'none';frame-ancestors 'none'`;

/** A page in both languages: a proxy may show it to any visitor. No text of a request is in it. */
function refusalPage(kind: RefusalKind): string {
  const french = REFUSAL_TEXTS[kind].fr.title;
  return (
    `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>${french}</title>` +
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head>` +
    `<body><main>${section(kind, 'fr', 'h1')}${section(kind, 'en', 'h2')}</main></body></html>`
  );
}

function section(kind: RefusalKind, locale: Locale, heading: 'h1' | 'h2'): string {
  const { title, detail } = REFUSAL_TEXTS[kind][locale];
  const again = kind === 'lost' ? `<p><a href="/">${START_AGAIN[locale]}</a></p>` : '';
  return `<section lang="${locale}"><${heading}>${title}</${heading}><p>${detail}</p>${again}</section>`;
}

const STATUS: Readonly<Record<RefusalKind, number>> = { forbidden: 403, 'level-unmet': 403, lost: 400 };

/** Sends a browser on from an application's host. */
export function redirectTo(reply: FastifyReply, location: string, status = 302): void {
  void onApplicationsHost(reply).status(status).header('location', location).send();
}

/** Shows the page of a refusal on an application's host. */
export function showRefusal(reply: FastifyReply, kind: RefusalKind): void {
  void onApplicationsHost(reply)
    .status(STATUS[kind])
    .header('content-security-policy', REFUSAL_PAGE_POLICY)
    .type('text/html; charset=utf-8')
    .send(refusalPage(kind));
}

/** Whether an application's domain and all below it speak HTTPS alone is for its own server to say. */
function onApplicationsHost(reply: FastifyReply): FastifyReply {
  return reply.removeHeader('strict-transport-security').header('cache-control', 'no-store');
}
