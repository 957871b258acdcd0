/** Actions of the application, with the proof that each requires: maximum age in seconds, and level. */
export const ACTS = {
  '/orienter': {
    title: 'Orienter un patient',
    why: 'Il faut avoir confirmé son identité il y a moins d’une minute.',
    done: 'L’orientation peut être envoyée : votre identité vient d’être confirmée.',
    wish: { maxAge: 60 },
  },
  '/dossier': {
    title: 'Ouvrir un dossier protégé',
    why: 'Il faut être venu avec Pro Santé Connect ou sa carte.',
    done: 'Le dossier s’ouvre : vous êtes venu avec un moyen fort.',
    wish: { acr: 'eidas2' },
  },
};

const LEVELS = ['eidas1', 'eidas1-mfa', 'eidas2', 'eidas3'];

/** Whether the gate's proof is fresh and strong enough. */
export function suffices({ acr, auth_time: provedAt }, { maxAge, acr: wanted }, now = Date.now() / 1_000) {
  const isFresh = maxAge === undefined || provedAt + maxAge >= now;
  return isFresh && (!wanted || LEVELS.indexOf(acr) >= LEVELS.indexOf(wanted));
}
