import * as api from '@portillon/api-client';
import { send } from './call';

/** A page to open, not to fetch: the browser leaves for Pro Santé Connect. */
export function proSanteConnectAddress(returnTo: unknown): string {
  const start = '/api/sign-in/pro-sante-connect';
  return typeof returnTo === 'string' ? `${start}?${new URLSearchParams({ returnTo })}` : start;
}

export const listActivities = async () => (await send(() => api.listProSanteConnectActivities())).activities;

export const chooseActivity = async (activity: string) =>
  (await send(() => api.chooseProSanteConnectActivity({ body: { activity } }))).session;
