import type { Means } from '../../api/types';

const KEY = 'portillon.means';

/** The means by which the last person signed in with this browser: no name, no identifier. */
export const lastMeans = () => localStorage.getItem(KEY);

/** Where several people use the browser. */
export const forgetMeans = () => localStorage.removeItem(KEY);

export function keepMeans(means: Means['id']): void {
  localStorage.setItem(KEY, means);
}
