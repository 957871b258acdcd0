interface MenuEntry {
  /** The route it opens. */
  to: string;
  /** The key of its text under `menu`. */
  label: 'myAccount' | 'accounts' | 'import' | 'structures' | 'applications' | 'journal' | 'statistics';
  /** The roles that see it; everybody when absent. The API decides again for each act. */
  roles?: string[];
}

const administrators = ['structure-admin', 'national-admin'];

const administration: MenuEntry[] = [
  { to: 'my-account', label: 'myAccount' },
  { to: 'admin-accounts', label: 'accounts', roles: administrators },
  { to: 'admin-import', label: 'import', roles: administrators },
  { to: 'admin-structures', label: 'structures', roles: administrators },
  { to: 'admin-applications', label: 'applications', roles: administrators },
  { to: 'admin-journal', label: 'journal', roles: administrators },
  { to: 'admin-statistics', label: 'statistics', roles: administrators },
];

/** The entries of « Administration » that a person with these roles sees. */
export function administrationMenu(roles: string[]): MenuEntry[] {
  return administration.filter((entry) => !entry.roles || entry.roles.some((role) => roles.includes(role)));
}
