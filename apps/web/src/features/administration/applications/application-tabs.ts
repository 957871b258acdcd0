import type { ApplicationKind } from '../../../api/types';

/** The tabs of an application's page, by what its address ends with. */
export const TABS = {
  '': 'overview',
  acces: 'access',
  integration: 'integration',
  activite: 'activity',
} as const;
export type TabAddress = keyof typeof TABS;

/** An API is called by others: no person enters it, and it asks for nothing. */
export function tabsOf(kind: ApplicationKind): TabAddress[] {
  const addresses = Object.keys(TABS) as TabAddress[];
  return kind === 'resource' ? addresses.filter((address) => address !== 'acces') : addresses;
}
