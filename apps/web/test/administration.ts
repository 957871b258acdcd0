import type {
  AdminAccount,
  AdminEntry,
  AdminImport,
  AdminAccountItem,
  AdminFace,
  AdminPendingChange,
  AdminPolicy,
  AdminStructureLine,
  AdminWayInReason,
  AdminWaysIn,
} from '../src/api/types';
import { REGISTERED } from '../src/features/administration/structures/structure-form';
import { NOW } from './samples';

const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

export const hospital = { id: 's-hospital', name: 'Hôpital des Trois Dames' };

export function adminAccount(changes: Partial<AdminAccount> = {}): AdminAccount {
  return {
    id: 'a1',
    username: 'claire.martin',
    displayName: 'Claire Martin',
    givenName: null,
    familyName: null,
    email: 'claire.martin@hopital.example',
    status: 'ACTIVE',
    roles: ['professional'],
    structure: hospital,
    nationalId: null,
    lastSignedInAt: at(-60),
    createdAt: at(-10_000),
    locked: false,
    version: 3,
    locale: 'fr',
    phone: { number: null, status: 'NONE', verifiedAt: null },
    codeChannel: 'EMAIL',
    passwordChangedAt: null,
    locks: { passwordUntil: null, passwordVoidSince: null, codeUntil: null, codeUntilReopened: false },
    emergencyAccess: null,
    erasureRequestedAt: null,
    closedAt: null,
    erasureDueAt: null,
    emailUnreachableSince: null,
    reportedEventAt: null,
    invitedUntil: null,
    pendingChanges: [],
    identity: null,
    directory: null,
    openSessions: 0,
    rememberedBrowsers: 0,
    managedBy: hospital,
    managedHere: true,
    memberships: [],
    ...changes,
  };
}

export const ENTERS: AdminEntry = { canEnter: 'yes', by: ['password'], reason: null };

/** « Peut-elle entrer ? » for a person. Default: they can. */
export function waysIn(changes: Partial<AdminWaysIn> = {}): AdminWaysIn {
  return { canEnter: 'yes', by: ['password'], reasons: [], ways: [], application: null, ...changes };
}

export function wayInReason(
  code: AdminWayInReason['code'],
  changes: Partial<AdminWayInReason> = {},
): AdminWayInReason {
  const nothing = {
    since: null,
    until: null,
    channel: null,
    instead: null,
    structure: null,
    accepts: [],
    acts: [],
  };
  return { code, blocks: true, ...nothing, ...changes };
}

export function adminAccounts(...names: string[]): AdminAccountItem[] {
  return names.map((displayName) => ({
    ...adminAccount({ id: displayName, displayName }),
    entry: ENTERS,
  }));
}

/** A structure that is registered under a name alone. */
export const NO_TEXTS = Object.fromEntries(Object.keys(REGISTERED).map((name) => [name, null])) as Record<
  keyof typeof REGISTERED,
  null
>;

export function structure(changes: Partial<AdminStructureLine> = {}): AdminStructureLine {
  const told = { createdAt: at(-10_000), version: 5, rules: [], figures: null };
  const place = { kind: 'establishment', parentId: null, parentName: null } as const;
  return { ...hospital, ...NO_TEXTS, finess: '750712184', ...place, ...told, ...changes };
}

export function face(changes: Partial<AdminFace> = {}): AdminFace {
  return { displayName: null, logo: null, accent: null, version: 5, ...changes };
}

export function policy(changes: Partial<AdminPolicy> = {}): AdminPolicy {
  return {
    smsForbidden: false,
    mailFirstTimeOnly: false,
    codeWindowHours: null,
    proSanteConnectFrom: null,
    strongMeansFrom: null,
    identityRequiredFrom: null,
    totpIsStrong: false,
    passkeyKind: 'any',
    passkeyIdentity: 'any',
    egressAddresses: [],
    fourEyes: false,
    sharedWorkstations: false,
    deployment: {
      smsAvailable: true,
      codeWindowHours: 24,
      proSanteConnectOffered: true,
      cardOffered: true,
      passkeysOffered: true,
      totpOffered: true,
    },
    version: 5,
    ...changes,
  };
}

export function importJob(changes: Partial<AdminImport> = {}): AdminImport {
  return {
    id: 'i1',
    state: 'CHECKING',
    mode: 'ALL_OR_NONE',
    whenInterrupted: 'RESUME',
    dryRun: true,
    total: 10,
    checked: 0,
    bad: 0,
    created: 0,
    invited: 0,
    proposed: 0,
    undone: 0,
    createdAt: at(0),
    changedAt: at(0),
    ...changes,
  };
}

export const NADIA = { id: 'nadia', displayName: 'Nadia Roux' };
export const ME = { id: 'me', displayName: 'Moi' };

/** A mail address that waits, or what else was asked. */
export function waitingFor(
  requestedBy: { id: string; displayName: string | null },
  asked: Partial<AdminPendingChange> = {},
): AdminPendingChange {
  const [requestedAt, effectiveAt] = ['2026-11-24T12:00:00.000Z', '2026-11-25T12:00:00.000Z'];
  const change = { kind: 'email', value: 'claire.durand@hopital.example', reason: null } as const;
  return { ...change, requestedBy, requestedAt, effectiveAt, ...asked };
}
