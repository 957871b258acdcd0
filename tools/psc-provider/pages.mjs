const STYLE = `
:root { color-scheme: light dark }
body { margin: 0; font: 1.125rem/1.6 system-ui, sans-serif; background: Canvas; color: CanvasText }
main { max-width: 36rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
.notice { border-left: .375rem solid currentColor; padding: .5rem 1rem; margin: 0 0 1.5rem }
form { margin: 0 0 .75rem }
button { font: inherit; text-align: left; width: 100%; padding: .75rem 1rem; border: 1px solid; border-radius: .5rem; background: Canvas; color: CanvasText; cursor: pointer }
button small { display: block }
:focus-visible { outline: 3px solid; outline-offset: 3px }
`;

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
<body><main><p class="notice"><strong>Démonstration.</strong> Ceci n’est pas Pro Santé Connect : un fournisseur d’identité
fictif prend sa place sur cette machine. Aucune de ces personnes n’existe.</p>
<h1>${title}</h1>${body}</main></body></html>`;
}

function escape(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
