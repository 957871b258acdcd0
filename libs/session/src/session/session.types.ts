import type { ChannelProof } from '@portillon/kernel';

/**
 * Means of signing in, library by library. Each library adds the names that it says, as
 * `interface SessionMeansNames { badge: 'badge' }`.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- this library brings no means
export interface SessionMeansNames {}

/** How a person proved who they are; any text where no library has added a name. */
export type SessionMeans = keyof SessionMeansNames extends never
  ? string
  : SessionMeansNames[keyof SessionMeansNames];

/** Who signed in, as it was then: kept in the session's row, so that a look-up reads one row and nothing else. */
export interface Principal {
  accountId: string;
  username: string;
  displayName: string;
  roles: string[];
  structure: { id: string; name: string } | null;
  /** What holds an accepted code shorter than the deployment's window; nothing when nothing does. */
  codeLimit?: CodeLimit;
  /** What their structure is recognised by, where it gave something. */
  face?: PrincipalBranding;
  /** Whether their structure's workstations are shared: an idle session ends sooner. */
  sharedWorkstation?: true;
}

/** A name, a logo by its digest, a colour. */
export interface PrincipalBranding {
  name: string;
  logo: string | null;
  accent: string | null;
}

/** How long a code holds for this person at most. */
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

/** What a person recognises a browser by, in the list of their sessions. */
export interface Device {
  userAgent: string;
  address: string;
}

/** How the identity of a passkey's holder was proven. */
export type ProvenIdentity = 'pro-sante-connect' | 'cpx' | 'in-person';

/** Factors that may follow a means, as a session keeps them. Each library adds those that it brings. */
export interface SessionFactorNames {
  code: ChannelProof;
}

/** A factor that was given, and its word of `amr`; `otp` of an authenticator app is `totp` there. */
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
  /** When what the sign-in rests on was proved, ISO 8601; kept by the first confirmation, which moves `authenticatedAt`. */
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
  /** The remembered browser it was opened in. */
  browserId: string | null;
  device: Device;
  /** How often its secret has changed: what {@link SessionService.rotate} guards on. */
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
  /** When the person proved who they are, where that was elsewhere and before: now by default. */
  authenticatedAt?: Date;
  browserId: string | null;
  device: Device;
}

/** A session that has ended, for notifications. */
export interface EndedSession {
  id: string;
  accountId: string;
  structureId: string | null;
  /** A word of what ended it; null while an erasure deletes it. */
  reason: string | null;
}

/** What a step-up changes; what is left out stays. */
export type SessionChanges = Partial<
  Pick<Session, 'codeAcceptedAt' | 'codeValidUntilAt' | 'authenticatedAt' | 'browserId' | 'proof'>
>;
