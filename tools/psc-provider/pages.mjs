import { textsIn } from './texts.mjs';

/** Palette and logo of the pages (apps/web/src/styles.css); `tools/checks/brand.spec.mjs` compares them. */
const STYLE = `
:root { color-scheme: light dark; --page: #f3f6f5; --surface: #ffffff; --ink: #12201e; --soft: #36474a; --line: #cfd9d7; --edge: #566866; --accent: #0a5650; --on-accent: #ffffff; --tint: #e3f0ee }
@media (prefers-color-scheme: dark) { :root { --page: #0d1514; --surface: #15201f; --ink: #eef5f3; --soft: #c3d0cd; --line: #33423f; --edge: #8fa29e; --accent: #84d9cf; --on-accent: #05201d; --tint: #14302d } }
* { box-sizing: border-box }
body { margin: 0; font: 1.125rem/1.55 'Atkinson Hyperlegible Next', system-ui, sans-serif; background: var(--page); color: var(--ink); overflow-wrap: break-word }
header { border-bottom: 1px solid var(--line); background: var(--surface) }
header p { display: flex; align-items: center; gap: .625rem; margin: 0 auto; font-size: 1.25rem; font-weight: 700 }
header svg { width: 2.25rem; height: 2.25rem }
.ground { fill: var(--accent) }
.gate { fill: none; stroke: var(--on-accent); stroke-width: 2; stroke-linecap: round }
header p, main { max-width: 44rem; margin: 0 auto; padding: .75rem 1rem }
h1 { margin: 0 0 .75rem; font-size: 1.7rem; line-height: 1.2 }
main > p { margin: 0 0 1rem }
main > .notice { border-left: .375rem solid var(--accent); background: var(--tint); padding: .75rem 1rem; margin-bottom: 1.25rem }
form { margin: 0 0 .625rem }
button { font: inherit; text-align: left; width: 100%; padding: .5rem 1rem; border: 1px solid var(--edge); border-radius: 8px; background: var(--surface); color: var(--ink); cursor: pointer }
button:hover { background: var(--tint) }
small { display: block; color: var(--soft) }
a, .cancel button { color: var(--accent); text-decoration: underline; text-underline-offset: 4px }
.cancel button { width: auto; padding: .5rem 0; border: 0; background: none }
@media (width < 26rem) { header p { font-size: 1rem } }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px }
`;
const MARK = `<svg viewBox="0 0 32 32" aria-hidden="true"><rect class="ground" width="32" height="32" rx="7"/><path class="gate" d="M6 26V9M26 26V9M10 13v11M14.5 10.7V24M19 10.4V24M22.5 12.5V24M6 20h20M6 14.5Q16 6.5 26 14.5"/></svg>`;

/** Replaces the e-CPS application: asks which person signs in. */
export function pickPage(language, uid, people) {
  const text = textsIn(language);
  const buttons = people.map(
    ({ id, note, claims }) => `<form method="post" action="/interaction/${uid}/login">
<button name="person" value="${escape(id)}"><strong>${escape(claims.given_name ?? '')} ${escape(claims.family_name ?? id)}</strong>
<small>${escape(note?.[language] ?? '')} ${text.number}&nbsp;${escape(claims.SubjectNameID ?? '')}</small></button></form>`,
  );
  return page(
    language,
    text.pick,
    `<p>${text.lead}</p>
${buttons.join('\n')}
<form class="cancel" method="post" action="/interaction/${uid}/abort"><button>${text.cancel}</button></form>`,
  );
}

/** The real provider asks for no confirmation after an id_token_hint: the button is for browsers without scripts. */
export function signOutPage(language, form, nonce) {
  const text = textsIn(language);
  return page(
    language,
    text.leave,
    `<p>${text.leaving}</p>${form}
<button form="op.logoutForm" name="logout" value="yes" id="leave">${text.goOn}</button>
<script nonce="${nonce}">document.getElementById('leave').click()</script>`,
  );
}

/** `detail`: the error of the provider's library, for developers; `publicUrl`: address of the service. */
export function errorPage(language, detail, publicUrl) {
  const text = textsIn(language);
  return page(
    language,
    text.failed,
    `<p>${text.why}</p>
<p><a href="${escape(publicUrl)}/connexion">${text.back}</a></p>
<p><small>${text.detail} <span lang="en">${escape(detail)}</span></small></p>`,
  );
}

function page(language, title, body) {
  const text = textsIn(language);
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${text.provider}</title><style>${STYLE}</style></head>
<body><header><p>${MARK}${text.header}</p></header><main><p class="notice"><strong>${text.demo}</strong> ${text.notice}</p>
<h1>${title}</h1>${body}</main></body></html>`;
}

function escape(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
