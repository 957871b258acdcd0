import type { Acr } from '@portillon/application';
import type { IdentityCount } from '@portillon/account';
import type { StrongMeansStage } from '@portillon/structure';
import type { Verdict } from '@portillon/audit';
import type { ListState } from '@portillon/cpx';
import type { CommitRisk } from '@portillon/persistence';
import type { SigningKeyInfo } from '@portillon/openid';
import type { AdministeringMeans, LINKS, Protection, RETENTIONS, StatedMeansName } from './statement.words';
import { Reservation } from './reservation.types';

export interface Link {
  link: keyof typeof LINKS;
  /** The host only. */
  to: string;
  protection: Protection;
}

export interface OfferedMeans {
  means: StatedMeansName;
  /** Whether the settings turn it on. */
  on: boolean;
  /** On our own scale; null: the level of Pro Santé Connect, or none. */
  level: Acr | null;
}

export interface StatedMeans extends OfferedMeans {
  /** Whether a means that is on opens a session somewhere, given the rules of the structures. */
  opens: boolean;
}

/** How long an accepted code remains valid, in hours. */
export interface CodeWindow {
  hours: number;
  scope: 'browser' | 'account';
  /** Among the structures where the password opens and the users without a structure; null: it opens nowhere. */
  strictestHours: number | null;
  laxestHours: number | null;
}

/** The state and the plans of one structure. */
export interface StructureFacts {
  name: string;
  stage: StrongMeansStage;
  strongMeansFrom: Date | null;
  proSanteConnectFrom: Date | null;
  /** Means that open an account with a verified identity, even when the settings do not offer them. */
  opening: StatedMeansName[];
  /** Whether the password still opens a session, with a code by mail, SMS or app. */
  passwordOpens: boolean;
  /** Whether a code by mail or SMS still opens a session. */
  codesOpen: boolean;
  codeWindowHours: number;
  people: number;
  lacking: number;
}

/** The active users by the strongest means of each. */
export interface PeopleByMeans {
  total: number;
  /** A card or an e-CPS is linked. */
  card: number;
  passkey: number;
  sms: number;
  mail: number;
  /** Users without a structure: no structure's date applies to them. */
  outsideStructures: number;
}

export interface OpenEmergencyAccess {
  means: string;
  until: Date;
}

export interface JournalFacts {
  head: { sequence: number; sealedAt: Date } | null;
  waitingSeconds: number;
  /** The last full verification; null: never verified. */
  proof: { verdict: Verdict; endedAt: Date; lines: number } | null;
  stream: 'off' | 'syslog' | 'otlp';
}

export interface Retention {
  of: keyof typeof RETENTIONS;
  days: number;
}

export interface SecretKeyFacts {
  id: string;
  /** When an administrator last confirmed a backup elsewhere. The age of that backup is not recorded. */
  saidKeptElsewhereAt: Date | null;
}

export type SigningKeyFacts = SigningKeyInfo & {
  /** Null when the keyring cannot decrypt it. */
  bits: number | null;
  ageDays: number;
};

/** The facts that come from the database. */
export interface TableFacts {
  structures: StructureFacts[];
  people: PeopleByMeans;
  /** Counts users whose account is not closed. */
  identities: IdentityCount;
  administering: AdministeringMeans[];
  emergencyAccesses: OpenEmergencyAccess[];
  secretKeys: SecretKeyFacts[];
  signingKeys: SigningKeyFacts[];
  revocationLists: ListState[];
  journal: JournalFacts;
  /** Fields of the legal texts that are still empty. */
  missingLegalTexts: string[];
  /** Reasons for which the database may lose what it acknowledged. */
  commitRisks: CommitRisk[];
  /** Applications whose sign-ins neither PKCE nor a nonce protects. */
  applicationsWithoutPkce: number;
}

/** The facts of a deployment. */
export interface DeploymentFacts extends Omit<TableFacts, 'structures'> {
  at: Date;
  version: string;
  /** Digest of this build's software bill of materials; null: the sources run without a build. */
  sbomSha256: string | null;
  production: boolean;
  publicUrl: string;
  serviceName: string;
  operatorName: string | null;
  means: StatedMeans[];
  /** `ACR_OF_MEANS`, with the references of its attestations. */
  acrOfMeans: string;
  adminStrongMeans: boolean;
  serviceCards: boolean;
  ocspHost: string | null;
  /** The directory in which national ids are looked up; null: none. */
  directoryHost: string | null;
  sessionIdleMinutes: number;
  sessionMaxHours: number;
  codeWindow: CodeWindow;
  /** Whether a password with a code by mail or SMS opens a session somewhere. */
  codesOpen: boolean;
  structures: {
    total: number;
    /** The number of structures where a password with a code by mail or SMS still opens a session. */
    codesOpen: number;
    withoutDate: number;
    /** The structures with a date: the plan. */
    dated: StructureFacts[];
  };
  links: Link[];
  retention: Retention[];
}

/** The statement of one deployment. */
export interface Statement extends DeploymentFacts {
  reservations: Reservation[];
  /** Whether no reservation is forbidden or due. */
  signable: boolean;
}
