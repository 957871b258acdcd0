import type { ApplicationKind } from '../../../api/types';

/** Tabs of an application's page, by the last part of their address. */
export const TABS = {
  '': 'overview',
  acces: 'access',
  integration: 'integration',
  activite: 'activity',
} as const;
export type TabAddress = keyof typeof TABS;

/** An API has no users and sends no requests: other applications call it. */
export function tabsOf(kind: ApplicationKind): TabAddress[] {
  const addresses = Object.keys(TABS) as TabAddress[];
  return kind === 'resource' ? addresses.filter((address) => address !== 'acces') : addresses;
}
