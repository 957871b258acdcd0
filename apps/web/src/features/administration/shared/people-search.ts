import { listAccounts } from '../../../api/administration.api';
import type { Choice } from './SearchPicker.vue';

const SHOWN = 6;

/** Accounts within reach that match the typed text, to choose from. */
export async function findPeople(q: string): Promise<Choice[]> {
  const { items } = await listAccounts({ q, limit: SHOWN });
  return items.map(({ id, displayName, username }) => ({ id, name: displayName, note: username }));
}
