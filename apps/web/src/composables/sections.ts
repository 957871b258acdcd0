/** Sections of the administration: their tabs, of which the first opens, and the addresses under them. */
export const SECTIONS = [
  { label: 'accounts', tabs: ['admin-accounts'], under: ['comptes', 'import'] },
  { label: 'structures', tabs: ['admin-structures'], under: ['structures'] },
  {
    label: 'applications',
    tabs: ['admin-applications', 'admin-webhooks'],
    under: ['applications', 'webhooks'],
  },
  { label: 'journal', tabs: ['admin-journal', 'admin-statistics'], under: ['journal', 'statistiques'] },
  {
    label: 'service',
    tabs: ['admin-service', 'admin-legal-notice', 'admin-trust', 'admin-setup'],
    under: ['etat', 'demarrage', 'mentions-legales'],
  },
] as const;

export type Section = (typeof SECTIONS)[number];

/** The section of which a page is one of several tabs. */
export const tabbedSection = (page: unknown): Section | undefined =>
  SECTIONS.find(({ tabs }) => tabs.length > 1 && tabs.some((name) => name === page));
