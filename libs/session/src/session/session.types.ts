import type { ChannelProof } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';

/**
 * Means of signing in, library by library. Each library adds the names that it says, as
 * `interface SessionMeansNames { badge: 'badge' }`.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- this library brings no means
export interface SessionMeansNames {}

/** The means of a sign-in; any text while no library has declared a name. */
export type SessionMeans = keyof SessionMeansNames extends never
  ? string
  : SessionMeansNames[keyof SessionMeansNames];

/** The signed-in person as of the sign-in, stored in the session's row so that a look-up reads one row. */
export interface Principal {
  accountId: string;
  username: string;
  displayName: string;
  /** Of the account, and in the structure in use. */
  roles: string[];
  /** The structure in use. */
  structure: { id: string; name: string } | null;
  /** All open memberships; left out in sessions of a former release. */
  memberships?: PrincipalMembership[];
  /** The structure in use was chosen, or an address named it; left out: of several, none was chosen. */
  structureChosen?: true;
  /** Shorter validity of an accepted code than the deployment's; left out: none. */
  codeLimit?: CodeLimit;
  /** Branding of their structure, if any. */
  face?: PrincipalBranding;
  /** Whether their structure's workstations are shared: an idle session ends sooner. */
  sharedWorkstation?: true;
}

/** A person's place in one structure. */
export interface PrincipalMembership {
  structure: { id: string; name: string; finess: string | null; kind?: 'grouping' };
  roles: string[];
  function: string | null;
  /** Whether this structure manages the account. */
  manages: boolean;
}

/** A name, a logo by its digest, a colour. */
export interface PrincipalBranding {
  name: string;
  logo: string | null;
  accent: string | null;
}

/** Maximum validity of a code for this person. */
export interface CodeLimit {
  hours: number | null;
  /** ISO 8601: it lives in JSON. */
  until: string | null;
}

/** The activity under which a person signed in, as the means states it: codes of the national directories. */
export interface SessionActivity {
  profession: string | null;
  skill: string | null;
  mode: string | null;
  sector: string | null;
  structure: string | null;
  structureId: string | null;
}

/** Details by which people recognise a browser in the list of their sessions. */
export interface Device {
  userAgent: string;
  address: string;
}

/** How the identity of a passkey's holder was proven. */
export type ProvenIdentity = 'pro-sante-connect' | 'cpx' | 'in-person';

/** Factors that may follow a means, as stored in a session. Each library adds its own. */
export interface SessionFactorNames {
  code: ChannelProof;
}

/** A factor that was given, and its word in `amr`; `otp` of an authenticator app is `totp` there. */
export type SessionFactor = SessionFactorNames[keyof SessionFactorNames];

/** Proof of identity that was given after the sign-in. */
export interface Confirmation {
  by: SessionFactor | 'passkey';
  /** ISO 8601: it lives in JSON. */
  at: string;
  /** Of a passkey: its words of RFC 8176. */
  amr?: string[];
  /** The level that the factor declares beside a password. */
  acr?: string;
  /** Of a passkey: how the identity of its holder was proven. */
  identity?: ProvenIdentity;
}

/** Details of a proof that `amr` does not express; the server derives the level given to applications from them. */
export interface SessionProof {
  /** The factor that followed the means; left out where none was asked for. */
  code?: SessionFactor;
  /** The level that this factor declares beside a password. */
  acr?: string;
  /** Whether Pro Santé Connect read a card. */
  card?: boolean;
  /** Whether another provider proved the person to Pro Santé Connect. */
  delegated?: boolean;
  /** How the identity of the person was proven who holds the passkey that opened this session. */
  identity?: ProvenIdentity;
  /** Restricts the session to adding a strong means. Left out: no restriction. */
  limitedTo?: 'enrolment';
  /** Whether a recovery code opened this session, which is limited then. */
  recovered?: true;
  /** Source of the latest proof of identity, when it was not the sign-in. */
  renewedBy?: 'code' | 'passkey';
  /**
   * When the proof of the sign-in was given, ISO 8601. The first confirmation stores it, since it moves
   * `authenticatedAt`.
   */
  signInProvedAt?: string;
  /** Since the sign-in, the latest of each kind. Each has its own time, and renews no other proof. */
  confirmations?: Confirmation[];
}

export interface Session {
  id: string;
  accountId: string;
  principal: Principal;
  means: SessionMeans;
  acr: string | null;
  amr: string[];
  /** Null when the means states none. */
  activity: SessionActivity | null;
  proof: SessionProof;
  signedInAt: Date;
  /** When the code that covers this session was accepted; null when none was. */
  codeAcceptedAt: Date | null;
  /** When the session needs a new code; null when its means never needs one. */
  codeValidUntilAt: Date | null;
  /** Time of the latest proof of identity (password, code, card); sensitive actions require a recent one. */
  authenticatedAt: Date;
  idleExpiresAt: Date;
  expiresAt: Date;
  /** The trusted device in which it was opened. */
  browserId: string | null;
  device: Device;
  /** Number of changes of its secret; {@link SessionService.rotate} checks it. */
  rotation: number;
}

export interface NewSession {
  principal: Principal;
  means: SessionMeans;
  acr: string | null;
  /** Words of RFC 8176. */
  amr: string[];
  activity?: SessionActivity | null;
  proof?: SessionProof;
  codeAcceptedAt: Date | null;
  /** Null when this means never needs a code. */
  codeValidUntilAt: Date | null;
  /** When the person proved their identity, if that was elsewhere and earlier. Default: now. */
  authenticatedAt?: Date;
  browserId: string | null;
  device: Device;
}

/** A session that has ended, for notifications. */
export interface EndedSession {
  id: string;
  accountId: string;
  structureId: string | null;
  /** All structures of the person; none in sessions of a former release. */
  structureIds: string[];
  /** Reason code of the end; null while an erasure deletes it. */
  reason: string | null;
}

/** Fields that a step-up changes; omitted ones stay. */
export type SessionChanges = Partial<
  Pick<Session, 'codeAcceptedAt' | 'codeValidUntilAt' | 'authenticatedAt' | 'browserId' | 'proof'>
>;

/** Whether the code of the session has expired: the session gives no access until a new code. */
export function isCodeLate({ codeValidUntilAt }: Pick<Session, 'codeValidUntilAt'>, now: Date): boolean {
  return codeValidUntilAt !== null && codeValidUntilAt <= now;
}

/** A sign-in in progress: the password was right, the code has not been entered. It gives no access. */
export interface PendingSignIn {
  id: string;
  accountId: string;
  principal: Principal;
  means: SessionMeans;
  amr: string[];
  startedAt: Date;
  expiresAt: Date;
  browserId: string | null;
}

export interface NewPendingSignIn {
  principal: Principal;
  means: SessionMeans;
  /** Words of RFC 8176. */
  amr: string[];
  browserId: string | null;
}

/**
 * Acts on the end of sessions in the same transaction, whatever the cause: signing out, idleness, revocation,
 * deactivation. Its writes commit or roll back with the end. Add it with {@link SessionService.subscribe}.
 */
export interface SessionEndSubscriber {
  /** The same id may come twice, when two transactions end one session concurrently. */
  sessionsEnded(ids: readonly string[], tx: EntityManager): Promise<unknown>;
}
