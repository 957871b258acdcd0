import { ACTS } from './acts.mjs';

export const STYLE = `
:root { color-scheme: light dark; --ink: #1d1a2b; --paper: #f6f4fb; --card: #fff; --line: #d5cfe6; --accent: #4b2e83; --on: #fff; --soft: #4a4560 }
@media (prefers-color-scheme: dark) { :root { --ink: #efecf7; --paper: #14111d; --card: #1d1929; --line: #3c3552; --accent: #c9b6f5; --on: #1a1030; --soft: #c4bdd8 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.125rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere }
header { background: var(--accent); color: var(--on) }
header p, main, footer { max-width: 44rem; margin: 0 auto; padding: 1rem }
header p { font-weight: 700; font-size: 1.25rem }
header a { color: inherit; text-decoration: none }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0 1rem }
h2 { font-size: 1.25rem; margin: 0 0 .25rem }
a { color: var(--accent) }
dl, .card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; margin: 0 0 1.25rem }
dt { color: var(--soft); font-size: 1rem }
dd { margin: 0 0 .75rem; font-weight: 600 }
dd:last-child { margin: 0 }
.card p { margin: 0 0 1rem }
.button { display: inline-block; font: inherit; font-weight: 600; padding: .5rem 1.25rem; border: 2px solid var(--accent); border-radius: .5rem; background: var(--accent); color: var(--on); text-decoration: none; cursor: pointer }
.quiet { background: transparent; color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px }
header :focus-visible { outline-color: var(--on) }
footer { color: var(--soft); font-size: 1rem }
`;

const MEANS = {
  password: 'Mot de passe et code',
  'pro-sante-connect': 'Pro Santé Connect',
  cpx: 'Carte CPx',
};
const time = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  dateStyle: 'long',
  timeStyle: 'short',
});

/** The page for visitors who are not signed in. */
export function welcomePage() {
  return page(
    'Orientation',
    `<div class="card"><p>Cette application ne connaît ni mot de passe ni code : Portillon lui dit qui vous êtes.</p>
<a class="button" href="/connexion">Se connecter</a></div>`,
  );
}

/** The page for a signed-in person: the gate's claims, and the permitted actions. */
export function homePage({ person, proof }, issuer) {
  return page(
    `Bonjour ${person.name ?? person.preferred_username ?? ''}`,
    `<dl>${entries(person, proof)}</dl>
${Object.entries(ACTS).map(actCard).join('\n')}
<form method="post" action="/deconnexion"><button class="button quiet">Se déconnecter partout</button></form>
<p><a href="${escape(issuer)}/">Revenir à Portillon</a></p>`,
  );
}

function entries(person, proof) {
  const activity = person.activity;
  return [
    ['Structure', person.structure?.name ?? person.structure],
    ['Exercice', activity?.structure ?? activity],
    ['Moyen de connexion', MEANS[proof.means] ?? proof.means],
    ['Niveau', proof.acr],
    ['Identité prouvée le', proof.auth_time && time.format(new Date(proof.auth_time * 1_000))],
  ]
    .filter(([, value]) => typeof value === 'string' && value)
    .map(([name, value]) => `<dt>${name}</dt><dd>${escape(value)}</dd>`)
    .join('');
}

function actCard([path, { title, why }]) {
  return `<div class="card"><h2>${title}</h2><p>${why}</p><a class="button" href="${path}">${title}</a></div>`;
}

export function actPage({ title, done }) {
  return page(
    title,
    `<div class="card"><p role="status">${done}</p><a href="/">Revenir à l’accueil</a></div>`,
  );
}

export function refusalPage(title, text) {
  return page(title, `<div class="card"><p>${escape(text)}</p><a href="/">Revenir à l’accueil</a></div>`);
}

function page(title, body) {
  const heading = escape(title);
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading === 'Orientation' ? '' : `${heading} – `}Orientation</title><link rel="stylesheet" href="/style.css"></head>
<body><header><p><a href="/">Orientation</a></p></header><main><h1>${heading}</h1>
${body}</main>
<footer><p>Application de démonstration, derrière Portillon. Aucune donnée n’est réelle.</p></footer></body></html>`;
}

function escape(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
