/** A section of the administration: its tabs, of which the first opens, and other pages under its name. */
export interface Section {
  label: 'accounts' | 'structures' | 'applications' | 'journal' | 'service';
  tabs: [string, ...string[]];
  others?: string[];
}
export const SECTIONS: Section[] = [
  { label: 'accounts', tabs: ['admin-accounts'], others: ['admin-import', 'admin-waves'] },
  { label: 'structures', tabs: ['admin-structures'] },
  { label: 'applications', tabs: ['admin-applications', 'admin-webhooks'] },
  { label: 'journal', tabs: ['admin-journal', 'admin-statistics'] },
  { label: 'service', tabs: ['admin-service', 'admin-legal-notice', 'admin-trust', 'admin-setup'] },
];

/** The section of which a page is one of several tabs. */
export const tabbedSection = (page: unknown): Section | undefined =>
  SECTIONS.find(({ tabs }) => tabs.length > 1 && tabs.some((name) => name === page));
