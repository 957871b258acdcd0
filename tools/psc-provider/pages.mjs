/** The palette and the mark of the pages (apps/web/src/styles.css); `tools/checks/brand.spec.mjs` compares. */
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
header p, main { max-width: 36rem; margin: 0 auto; padding: .75rem 1rem }
main { padding-bottom: 3rem }
h1 { font-size: 1.7rem; line-height: 1.2 }
.notice { border-left: .375rem solid var(--accent); background: var(--tint); padding: .75rem 1rem; margin: .75rem 0 1.5rem }
form { margin: 0 0 .75rem }
button { font: inherit; text-align: left; width: 100%; padding: .75rem 1rem; border: 1px solid var(--edge); border-radius: 8px; background: var(--surface); color: var(--ink); cursor: pointer }
button:hover { background: var(--tint) }
button small { display: block; color: var(--soft) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px }
`;
const MARK = `<svg viewBox="0 0 32 32" aria-hidden="true"><rect class="ground" width="32" height="32" rx="7"/><path class="gate" d="M6 26V9M26 26V9M10 13v11M14.5 10.7V24M19 10.4V24M22.5 12.5V24M6 20h20M6 14.5Q16 6.5 26 14.5"/></svg>`;

/** Who is there? In the place of the e-CPS application. */
export function pickPage(uid, people) {
  const buttons = people.map(
    ({ id, note, claims }) => `<form method="post" action="/interaction/${uid}/login">
<button name="person" value="${escape(id)}"><strong>${escape(claims.given_name ?? '')} ${escape(claims.family_name ?? id)}</strong>
<small>${escape(claims.SubjectNameID ?? '')} – ${escape(note)}</small></button></form>`,
  );
  return page(
    'Choisir un professionnel',
    `<p>Avec le vrai Pro Santé Connect, vous confirmeriez ici avec votre e-CPS. Choisissez qui se connecte :</p>
${buttons.join('\n')}
<form method="post" action="/interaction/${uid}/abort"><button>Annuler et revenir au service</button></form>`,
  );
}

/** Real sign-out asks nothing more of who came with an id_token_hint: one button is for those without a script. */
export function signOutPage(form, nonce) {
  return page(
    'Déconnexion',
    `<p>Vous quittez aussi Pro Santé Connect.</p>${form}
<button form="op.logoutForm" name="logout" value="yes" id="leave">Continuer</button>
<script nonce="${nonce}">document.getElementById('leave').click()</script>`,
  );
}

export function errorPage(text) {
  return page(
    'Cette demande ne peut pas aboutir',
    `<p>${escape(text)}</p><p>Revenez au service et recommencez.</p>`,
  );
}

function page(title, body) {
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – fournisseur de démonstration</title><style>${STYLE}</style></head>
<body><header><p>${MARK}Portillon, démonstration</p></header><main><p class="notice"><strong>Démonstration.</strong> Ceci n’est pas Pro Santé Connect : un fournisseur d’identité
fictif prend sa place sur cette machine. Aucune de ces personnes n’existe.</p>
<h1>${title}</h1>${body}</main></body></html>`;
}

function escape(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
