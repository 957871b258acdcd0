import { listAccounts, listStructures } from '../../../api/administration.api';
import { listOwnApplications } from '../../../api/applications.api';
import { type EventFilter, listEvents } from '../../../api/journal.api';
import type { AdminAccountItem, AdminEvent, AdminStructure, OwnApplication } from '../../../api/types';
import { matches } from '../../../composables/texts/plain-words';

const SHOWN = 5;
/** Letters of the references in messages (libs/otp); few words consist of them. */
const CODE = /^[CFHJKMNPRTWXY3479]{4}$/i;
const REQUEST = /^([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Journal filters for a reference, as in the address of its page. */
export type Reference = { code: string } | { request: string };

export interface Found {
  people: AdminAccountItem[];
  structures: AdminStructure[];
  events: AdminEvent[];
  applications: OwnApplication[];
}

/** Rights of the person who searches. */
export interface Reach {
  administers: boolean;
  administersSeveral: boolean;
}

const NOTHING = { items: [] };

export function referenceIn(typed: string): Reference | null {
  if (CODE.test(typed)) return { code: typed.toUpperCase() };
  return REQUEST.test(typed) ? { request: typed.toLowerCase() } : null;
}

/**
 * Uses the searches of the pages: the API returns only results within reach. @param person the target of a typed
 * action
 */
export async function search(
  typed: string,
  { administers, administersSeveral }: Reach,
  person = typed,
): Promise<Found> {
  const reference = administers && referenceIn(typed);
  const [people, structures, events, applications] = await Promise.all([
    administers ? listAccounts({ q: person, limit: SHOWN }) : NOTHING,
    administersSeveral ? listStructures({ q: typed, limit: SHOWN }) : NOTHING,
    reference ? listEvents(reference satisfies EventFilter, undefined, SHOWN) : NOTHING,
    listOwnApplications(),
  ]);
  return {
    people: people.items,
    structures: structures.items,
    events: events.items,
    applications: applications.filter(({ name, homeUri }) => homeUri && matches(name, typed)),
  };
}
