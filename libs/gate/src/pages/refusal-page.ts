import type { Locale } from '@portillon/kernel';
import { createHash } from 'node:crypto';
import { REFUSAL_TEXTS, RefusalKind, START_AGAIN } from './refusal-page.texts';

const STYLE =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:38rem;margin:12vh auto;padding:0 1rem;color:#1b2733;background:#fff}' +
  'h1,h2{font-size:1.4rem}section+section{border-top:1px solid #767676;margin-top:2rem}a{color:#00497a}';
const STYLE_DIGEST = createHash('sha256').update(STYLE).digest('base64');

/** The page is on the application's host and loads nothing. */
export const REFUSAL_PAGE_POLICY = `default-src 'none';style-src 'sha256-${STYLE_DIGEST}';base-uri 'none';form-action 'none';frame-ancestors 'none'`;

/** A page in both languages: a proxy may show it to any visitor. No text of a request is in it. */
export function refusalPage(kind: RefusalKind): string {
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
