/** The answers of the page « Aide », in its order; each is an anchor there. */
export const helpSections = {
  means: ['mot-de-passe-et-code', 'carte', 'pro-sante-connect'],
  codes: [
    'code-non-recu',
    'code-refuse',
    'code-expire',
    'code-epuise',
    'code-trop-tot',
    'code-redemande',
    'telephone',
    'moyens-perdus',
  ],
  password: ['mot-de-passe-oublie', 'mot-de-passe-faible', 'lien', 'adresse'],
  refusals: [
    'identifiants',
    'blocage',
    'fin-de-connexion',
    'carte-refusee',
    'droits',
    'page-depassee',
    'saisie',
    'service',
  ],
} as const;

export type HelpTopic = (typeof helpSections)[keyof typeof helpSections][number];
