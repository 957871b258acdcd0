/** The answers of « Aide », a page for each of these, in its order; each answer is an anchor there. */
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

export type HelpSection = keyof typeof helpSections;

/** The pages of help by their addresses, `/aide/moyens` for one. */
export const helpPages: Record<string, HelpSection> = {
  moyens: 'means',
  codes: 'codes',
  'mot-de-passe': 'password',
  refus: 'refusals',
};

/** Where an answer stands; nothing where there is none of this name. */
export function answerAddress(topic: string) {
  const page = Object.entries(helpPages).find(([, section]) =>
    (helpSections[section] as readonly string[]).includes(topic),
  );
  return page && { name: 'help-page', params: { page: page[0] }, hash: `#${topic}` };
}
