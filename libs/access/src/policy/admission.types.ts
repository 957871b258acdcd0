import type { Account, SignInAccount } from '@portillon/account';
import type { Channel } from '@portillon/kernel';
import type { CodeLimit, SessionProof, Session } from '@portillon/session';
import type { OwnFactor } from './factor.types';
import type { SignInMeans } from './means.types';

/** Obstacles to a sign-in, in the order of display. */
export const WAY_IN_REASONS = [
  'account-erased',
  'account-closed',
  'invitation-sent',
  'invitation-over',
  'means-not-offered',
  'means-away',
  'pro-sante-connect-only',
  'strong-means-only',
  'enrolment-only',
  'identity-unverified',
  'no-password',
  'password-void-reported',
  'password-void-incident',
  'password-void-closing',
  'password-void-moved',
  'no-identity',
  'no-passkey',
  'passkey-kind',
  'passkey-identity',
  'password-locked',
  'password-wait',
  'code-locked',
  'code-closed',
  'channel-off',
  'codes-used-up',
  'channel-away',
  'mail-unreachable',
  'emergency-access',
] as const;
export type WayInReasonCode = (typeof WAY_IN_REASONS)[number];

/** The means that a structure accepts instead of password and code. */
export const ACCEPTED_MEANS = ['pro-sante-connect', 'cpx', 'passkey', 'totp'] as const;
export type AcceptedMeansId = (typeof ACCEPTED_MEANS)[number];

export interface WayInReason {
  code: WayInReasonCode;
  /** Whether it prevents a sign-in by this means; otherwise it is a mere obstacle or a notice. */
  blocks: boolean;
  since?: Date;
  until?: Date;
  channel?: Channel;
  /** The user’s other channel, which works. */
  instead?: Channel;
  /** The structure whose rule it is. */
  structure?: Account['structure'];
  /** The means that the structure accepts instead. */
  accepts?: readonly AcceptedMeansId[];
}

/** A structure’s requirements for a passkey: the place of its key, and the proof of its holder’s identity. */
export interface PresentedPasskey {
  kind: 'device' | 'synced';
  identityProof: string | null;
}

/** The rules of a structure that a means, or the account, may fail. */
export type MeansRule =
  | 'pro-sante-connect-only'
  | 'strong-means-only'
  | 'passkey-kind'
  | 'passkey-identity'
  | 'identity-unverified';

/** Why a sign-in is refused, for the journal: users always get the same answer. */
export type Refusal = 'unknown' | 'invited' | 'deactivated' | 'means-forbidden' | 'identity-unverified';

/** The facts that the rules of a structure use. */
export type Ruled = Pick<SignInAccount, 'policy' | 'emergency'>;

/** The facts of an account that the judgement reads; the optional ones only make its reasons more precise. */
export type Judged = Ruled &
  Pick<SignInAccount, 'status' | 'identity'> &
  Partial<Pick<Account, 'structure' | 'ruledBy' | 'email' | 'invitedUntil' | 'emailUnreachableSince'>>;

/** A means and its known facts; omitted facts are not judged. */
export interface Presented {
  means: SignInMeans;
  /** The passkey that was presented, or those of the account: one that the structure accepts is enough. */
  passkeys?: readonly PresentedPasskey[];
  /** The account's further factors beside the password. */
  own?: readonly OwnFactor[];
  /** The factor given after the password; `{}` when an earlier code is still valid. */
  given?: SessionProof;
  /** When the latest valid code was accepted. */
  acceptedAt?: Date | null;
  /** The channel by which a code would leave. */
  sendsBy?: Channel | undefined;
  /** Other obstacles to the means: a lock, no password. A real sign-in meets them before the judgement. */
  stops?: readonly WayInReason[];
  /** The same, of the code step alone. */
  codeStops?: readonly WayInReason[];
}

/** The result of a sign-in by one means at one moment: what it opens, or why it is refused. */
export type Admission = { reasons: readonly WayInReason[] } & (
  | { opens: false; refusal: Refusal }
  | {
      opens: true;
      /** The factors that are still missing. */
      needs: 'code' | 'nothing';
      /** Whether the session may only add a strong means. */
      enrolmentOnly: boolean;
      /** The rule that ends this user's code or session earlier than the deployment does. */
      limit: CodeLimit | undefined;
      /** When the code was accepted that makes another one unnecessary. */
      acceptedAt: Date | null;
    }
);

/** The facts that decide whether a session may administer. */
export type Administering = Pick<Session, 'means' | 'proof'> & {
  principal: Pick<Session['principal'], 'codeLimit'>;
};
