/** Texts of the demo's provider, in the browser's preferred language. */
const TEXTS = {
  fr: {
    header: 'Portillon, démonstration',
    provider: 'fournisseur de démonstration',
    demo: 'Démonstration.',
    notice: 'Ceci n’est pas Pro Santé Connect, et aucune de ces personnes n’existe.',
    pick: 'Choisir un professionnel',
    lead: 'Le vrai Pro Santé Connect demanderait ici votre e-CPS. Qui se connecte ?',
    number: 'Nº',
    cancel: 'Annuler et revenir au service',
    leave: 'Déconnexion',
    leaving: 'Vous quittez aussi Pro Santé Connect.',
    goOn: 'Continuer',
    failed: 'Cette demande ne peut pas aboutir',
    why: 'Elle a peut-être expiré, ou a été ouverte dans une autre fenêtre. Revenez à la page de connexion et recommencez.',
    back: 'Revenir à la page de connexion',
    detail: 'Détail technique :',
  },
  en: {
    header: 'Portillon, demo',
    provider: 'demo provider',
    demo: 'Demo.',
    notice: 'This is not Pro Santé Connect, and none of these people exist.',
    pick: 'Choose a professional',
    lead: 'The real Pro Santé Connect would ask for your e-CPS here. Who signs in?',
    number: 'No.',
    cancel: 'Cancel and go back to the service',
    leave: 'Sign-out',
    leaving: 'You are leaving Pro Santé Connect too.',
    goOn: 'Continue',
    failed: 'This request cannot go through',
    why: 'It may have expired, or been opened in another window. Go back to the sign-in page and start again.',
    back: 'Go back to the sign-in page',
    detail: 'Technical detail:',
  },
};

/** `header`: the browser's Accept-Language. */
export function languageOf(header) {
  return /^\s*en\b/i.test(header ?? '') ? 'en' : 'fr';
}

export function textsIn(language) {
  return TEXTS[language];
}
