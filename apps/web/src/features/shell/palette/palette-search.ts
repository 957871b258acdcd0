import { listAccounts, listStructures } from '../../../api/administration.api';
import { type EventFilter, listEvents } from '../../../api/journal.api';
import type { AdminAccountItem, AdminEvent, AdminStructure } from '../../../api/types';

const SHOWN = 5;
/** The letters of the references that messages carry (libs/otp): few words are made of them. */
const CODE = /^[CFHJKMNPRTWXY3479]{4}$/i;
const REQUEST = /^([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** What the journal can be asked about by a reference, as its own address has it. */
export type Reference = { code: string } | { request: string };

export interface Found {
  people: AdminAccountItem[];
  structures: AdminStructure[];
  events: AdminEvent[];
}

export function referenceIn(typed: string): Reference | null {
  if (CODE.test(typed)) return { code: typed.toUpperCase() };
  return REQUEST.test(typed) ? { request: typed.toLowerCase() } : null;
}

/** By the searches of the pages: the API answers with what the person reaches, and nothing else. */
export async function search(typed: string, national: boolean): Promise<Found> {
  const reference = referenceIn(typed);
  const [people, structures, events] = await Promise.all([
    listAccounts({ q: typed, limit: SHOWN }),
    national ? listStructures({ q: typed, limit: SHOWN }) : { items: [] },
    reference ? listEvents(reference satisfies EventFilter, undefined, SHOWN) : { items: [] },
  ]);
  return { people: people.items, structures: structures.items, events: events.items };
}
