import { DemoMessage } from './demo-mailbox';
import { DEMO_PASSWORD, DEMO_PEOPLE } from './demo-people';

const time = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** The page of the demo mailbox: who may sign in, and every message that would have left. */
export function demoPage(messages: readonly DemoMessage[]): string {
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Boîte aux lettres de démonstration – Portillon</title>
<link rel="stylesheet" href="/demo/mailbox.css">
<script src="/demo/mailbox.js" defer></script>
</head>
<body>
<main>
<p class="notice"><strong>Démonstration.</strong> Aucun message ne part d’ici : les courriels et les SMS s’affichent
dans cette page. Aucune donnée n’est réelle.</p>
<h1>Boîte aux lettres de démonstration</h1>
<p><a href="/">Aller à la page de connexion</a></p>
<h2>Les comptes de démonstration</h2>
<p>Tous ont le même mot de passe : <code>${DEMO_PASSWORD}</code></p>
<ul>${DEMO_PEOPLE.map((one) => `<li><code>${one.username}</code> – ${escape(one.displayName)}, ${role(one.roles[0])}${one.phone ? ', portable validé' : ''}</li>`).join('')}</ul>
<h2>Messages</h2>
<div id="messages" data-count="${messages.length}">${messages.length ? messages.map(article).join('') : '<p>Aucun message pour l’instant. Ils apparaissent ici dès leur envoi.</p>'}</div>
</main>
</body>
</html>`;
}

export const DEMO_STYLE = `
:root { color-scheme: light dark; --ink: #16262b; --paper: #fbfaf7; --line: #c9d3d3; --accent: #0b5c63; --soft: #eaf1f0 }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eeee; --paper: #12191b; --line: #3a494c; --accent: #7fd1d3; --soft: #1c282a } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.125rem/1.6 system-ui, sans-serif }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
a { color: var(--accent) }
.notice { border-left: .375rem solid var(--accent); background: var(--soft); padding: .75rem 1rem }
article { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 0 0 1rem }
article h3 { margin: 0; font-size: 1.125rem; overflow-wrap: anywhere }
article p { margin: .25rem 0; overflow-wrap: anywhere }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .75rem 0 0 }
code { background: var(--soft); padding: .1em .35em; border-radius: .25rem; overflow-wrap: anywhere }
`;

/** Shows what comes without the person having to reload; says nothing when nothing came. */
export const DEMO_SCRIPT = `
const shown = () => Number(document.getElementById('messages').dataset.count);
setInterval(async () => {
  const answer = await fetch('/demo/messages').catch(() => undefined);
  if (answer?.ok && (await answer.json()).length !== shown()) location.reload();
}, 2000);
`;

function article(message: DemoMessage): string {
  const kind = message.channel === 'SMS' ? 'SMS' : 'Courriel';
  return `<article><h3>${kind} à ${escape(message.to)}</h3><p>${time.format(new Date(message.sentAt))}</p>${
    message.subject ? `<p><strong>${escape(message.subject)}</strong></p>` : ''
  }<pre>${escape(message.text)}</pre></article>`;
}

function role(name: string | undefined): string {
  if (name === 'structure-admin') return 'administratrice de structure';
  return name === 'national-admin' ? 'administration nationale' : 'professionnel de santé';
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
