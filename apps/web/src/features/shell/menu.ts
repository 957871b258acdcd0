import { ADMINISTRATORS, NATIONAL, READERS } from '../../composables/administrators';

interface MenuEntry {
  /** The route it opens. */
  to: string;
  /** The key of its text under `menu`. */
  label: 'myAccount' | 'service' | Section;
  /** The roles that see it; everybody when absent. The API decides again for each act. */
  roles?: string[];
}
type Section = (typeof sections)[number];

const sections = [
  'accounts',
  'import',
  'structures',
  'applications',
  'webhooks',
  'journal',
  'statistics',
] as const;

const readable: readonly Section[] = ['journal', 'statistics'];

const administration: MenuEntry[] = [
  { to: 'my-account', label: 'myAccount' },
  ...sections.map((label) => ({
    to: `admin-${label}`,
    label,
    roles: readable.includes(label) ? READERS : ADMINISTRATORS,
  })),
  { to: 'admin-service', label: 'service', roles: NATIONAL },
];

/** The entries of « Administration » that a person with these roles sees. */
export function administrationMenu(roles: string[]): MenuEntry[] {
  return administration.filter((entry) => !entry.roles || entry.roles.some((role) => roles.includes(role)));
}
