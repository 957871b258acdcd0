import type { Means } from '../../api/types';

const KEY = 'portillon.means';

/** Means of the last sign-in with this browser; stores no name and no identifier. */
export const lastMeans = () => localStorage.getItem(KEY);

/** Not stored where several people use the browser. */
export const forgetMeans = () => localStorage.removeItem(KEY);

export function keepMeans(means: Means['id']): void {
  localStorage.setItem(KEY, means);
}
