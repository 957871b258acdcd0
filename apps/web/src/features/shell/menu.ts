interface MenuEntry {
  /** The route it opens. */
  to: string;
  /** The key of its text under `menu`. */
  label: 'myAccount';
  /** The roles that see it; everybody when absent. The API decides again for each act. */
  roles?: string[];
}

const administration: MenuEntry[] = [{ to: 'my-account', label: 'myAccount' }];

/** The entries of « Administration » that a person with these roles sees. */
export function administrationMenu(roles: string[]): MenuEntry[] {
  return administration.filter((entry) => !entry.roles || entry.roles.some((role) => roles.includes(role)));
}
