import type { getService } from '../src/api/service.api';
import type { Account, Challenge, Interaction, Session } from '../src/api/types';

/** Noon in Paris, on the day the procedure was read. */
export const NOW = Date.parse('2026-11-24T11:00:00.000Z');

const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

export function challenge(changes: Partial<Challenge> = {}): Challenge {
  return {
    id: 'c1',
    purpose: 'sign-in',
    channel: 'EMAIL',
    destination: 'c•••@hopital.example',
    reference: 'K7QX',
    sentAt: at(0),
    expiresAt: at(10),
    resendAvailableAt: at(0.5),
    attemptsLeft: 5,
    codeLength: 6,
    otherChannels: [],
    delivery: 'sent',
    ...changes,
  };
}

/** A code sent just now. */
export function sentNow(changes: Partial<Challenge> = {}): Challenge {
  const iso = (inSeconds: number) => new Date(Date.now() + inSeconds * 1000).toISOString();
  return challenge({ sentAt: iso(0), expiresAt: iso(600), resendAvailableAt: iso(30), ...changes });
}

export const SERVICE: Awaited<ReturnType<typeof getService>> = {
  name: 'Portillon',
  demo: true,
  codeWindowHours: 24,
  smsAvailable: true,
  mailFailingSince: null,
  cardUrl: null,
  operator: null,
  supportEmail: null,
  face: null,
  sharedWorkstation: false,
};

export function session(changes: Partial<Session> = {}): Session {
  return {
    id: 's1',
    account: {
      id: 'a1',
      username: 'claire.martin',
      displayName: 'Claire Martin',
      roles: ['professional'],
      structure: null,
      face: null,
    },
    structures: [],
    structureChosen: true,
    means: 'password',
    acr: null,
    amr: ['pwd', 'mail'],
    activity: null,
    limitedTo: null,
    recovered: false,
    sharedWorkstation: false,
    signedInAt: at(0),
    codeValidUntil: at(24 * 60),
    idleExpiresAt: at(30),
    expiresAt: at(240),
    ...changes,
  };
}

export function account(changes: Partial<Account> = {}): Account {
  return {
    id: 'a1',
    username: 'claire.martin',
    displayName: 'Claire Martin',
    givenName: null,
    familyName: null,
    email: 'c•••@hopital.example',
    phone: { number: null, status: 'NONE', verifiedAt: null },
    codeChannel: 'EMAIL',
    locale: 'fr',
    structure: null,
    roles: ['professional'],
    nationalId: null,
    erasureRequestedAt: null,
    emailUnreachableSince: null,
    ...changes,
  };
}

export const unverified: Account['phone'] = {
  number: '06 •• •• •• 78',
  status: 'UNVERIFIED',
  verifiedAt: null,
};
export const verified: Account['phone'] = { ...unverified, status: 'VERIFIED', verifiedAt: at(0) };

/** The application's request, behind a sign-in. */
export function interaction(changes: Partial<Interaction> = {}): Interaction {
  return {
    application: { id: 'orientation', name: 'Orientation', initiateLoginUri: null, operator: null },
    prompt: 'sign-in',
    account: null,
    requiredAcr: null,
    maxAge: null,
    means: ['pro-sante-connect', 'cpx', 'passkey'],
    codes: ['EMAIL'],
    structures: [],
    scopes: [],
    loginHint: null,
    ...changes,
  };
}
