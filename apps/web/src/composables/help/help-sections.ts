/** The answers of « Aide » by page, in display order; each answer is an anchor on its page. */
export const helpSections = {
  means: ['mot-de-passe-et-code', 'cle-d-acces', 'application', 'carte', 'pro-sante-connect'],
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
  refusals: ['identifiants', 'blocage', 'fin-de-connexion', 'carte-refusee', 'droits', 'service'],
} as const;

export type HelpTopic = (typeof helpSections)[keyof typeof helpSections][number];

export type HelpSection = keyof typeof helpSections;

/** Help pages by address, such as `/aide/moyens`. */
export const helpPages: Record<string, HelpSection> = {
  moyens: 'means',
  codes: 'codes',
  'mot-de-passe': 'password',
  refus: 'refusals',
};

/** Returns the address of an answer; nothing for an unknown name. */
export function answerAddress(topic: string) {
  const page = Object.entries(helpPages).find(([, section]) =>
    (helpSections[section] as readonly string[]).includes(topic),
  );
  return page && { name: 'help-page', params: { page: page[0] }, hash: `#${topic}` };
}
