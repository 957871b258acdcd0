import type { Client } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { Identity } from '../provider/identity';

export const CLIENT: Client = {
  address: '192.0.2.1',
  addressBlock: '192.0.2.1',
  userAgent: 'Firefox',
  requestId: 'r1',
} as Client;

export const SESSION = {
  id: 'session-1',
  means: 'password',
  accountId: 'claire',
  principal: { structure: null },
} as Session;

/** A person whom PSC has proved, with no activity. */
export const CLAIRE: Identity = {
  nationalId: '899700366240',
  names: { givenName: 'Claire', familyName: 'MARTIN' },
  subject: 'f:claire',
  sid: 'at-psc',
  acr: 'eidas1',
  amr: [],
  delegated: false,
  card: false,
  authTime: 1_764_000_000,
  idToken: 'header.claims.signature',
  activities: [],
};
