import type { EnvironmentReader } from '../environment-reader';
import type { Settings } from '../settings';

/** The Annuaire Santé; null without its address, which turns it on. */
export function annuaire(read: EnvironmentReader, production: boolean): Settings['annuaire'] {
  const url = read.url('ANNUAIRE_URL', production ? ['https:'] : ['http:', 'https:']);
  const key = read.text('ANNUAIRE_KEY');
  if (!read.text('ANNUAIRE_URL')) {
    if (key) read.refuse('ANNUAIRE_KEY', 'needs ANNUAIRE_URL');
    return null;
  }
  if (!key) read.refuse('ANNUAIRE_KEY', 'is required with ANNUAIRE_URL');
  if (url) refuseMore(read, new URL(url));
  return { url: (url ?? '').replace(/\/+$/, ''), key: key ?? '' };
}

/** What would be lost, or sent along with each question. */
function refuseMore(read: EnvironmentReader, { username, password, search, hash }: URL): void {
  if (username || password || search || hash)
    read.refuse('ANNUAIRE_URL', 'must be the base of the FHIR server: no user, query or fragment');
}
