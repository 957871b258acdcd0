import type { Acr } from '@portillon/application';
import type { IdentityCount } from '@portillon/account';
import type { StrongMeansStage } from '@portillon/structure';
import type { Verdict } from '@portillon/audit';
import type { ListState } from '@portillon/cpx';
import type { SigningKeyInfo } from '@portillon/openid';
import type { Reservation } from './reservation.types';
import type { AdministeringMeans, LINKS, Protection, RETENTIONS, StatedMeansName } from './statement.words';

export interface Link {
  link: keyof typeof LINKS;
  /** The host alone. */
  to: string;
  protection: Protection;
}

export interface OfferedMeans {
  means: StatedMeansName;
  /** By the settings. */
  on: boolean;
  /** On our own scale; null: what Pro Santé Connect states, or none. */
  level: Acr | null;
}

export interface StatedMeans extends OfferedMeans {
  /** Of a means that is on: whether it opens somewhere, whatever each structure asks. */
  opens: boolean;
}

/** How long an accepted code holds, in hours. */
export interface CodeWindow {
  hours: number;
  scope: 'browser' | 'account';
  /** Among the structures where the password opens, and the people of none; null: it opens nowhere. */
  strictestHours: number | null;
  laxestHours: number | null;
}

/** The state and the plans of one structure. */
export interface StructureFacts {
  name: string;
  stage: StrongMeansStage;
  strongMeansFrom: Date | null;
  proSanteConnectFrom: Date | null;
  /** Means that open an account whose identity is verified, whatever the settings offer. */
  opening: StatedMeansName[];
  /** Whether the password still opens, beside a code that is sent or an app's. */
  passwordOpens: boolean;
  /** Whether a code by mail or SMS still does. */
  codesOpen: boolean;
  codeWindowHours: number;
  people: number;
  lacking: number;
}

/** The active people by the strongest means that each has. */
export interface PeopleByMeans {
  total: number;
  /** A card or an e-CPS is linked. */
  card: number;
  passkey: number;
  sms: number;
  mail: number;
  /** Of no structure: no date of a structure is theirs. */
  outsideStructures: number;
}

export interface OpenEmergencyAccess {
  means: string;
  until: Date;
}

export interface JournalFacts {
  head: { sequence: number; sealedAt: Date } | null;
  waitingSeconds: number;
  /** The last whole proof that was made; null: none was. */
  proof: { verdict: Verdict; endedAt: Date; lines: number } | null;
  stream: 'off' | 'syslog' | 'otlp';
}

export interface Retention {
  of: keyof typeof RETENTIONS;
  days: number;
}

export interface SecretKeyFacts {
  id: string;
  /** When a person last said that it is kept elsewhere too: how old it is is not kept. */
  saidKeptElsewhereAt: Date | null;
}

export type SigningKeyFacts = SigningKeyInfo & {
  /** Null: the ring cannot open it. */
  bits: number | null;
  ageDays: number;
};

/** The facts that come from the database. */
export interface TableFacts {
  structures: StructureFacts[];
  people: PeopleByMeans;
  /** Counts people whose account is not closed. */
  identities: IdentityCount;
  administering: AdministeringMeans[];
  emergencyAccesses: OpenEmergencyAccess[];
  secretKeys: SecretKeyFacts[];
  signingKeys: SigningKeyFacts[];
  revocationLists: ListState[];
  journal: JournalFacts;
  /** Fields of the legal texts that are still empty. */
  missingLegalTexts: string[];
  /** Applications whose sign-ins neither PKCE nor a nonce protects. */
  applicationsWithoutPkce: number;
}

/** The facts of a deployment. */
export interface DeploymentFacts extends Omit<TableFacts, 'structures'> {
  at: Date;
  version: string;
  /** Digest of this build's list of parts; null: the sources run unbuilt. */
  sbomSha256: string | null;
  production: boolean;
  publicUrl: string;
  serviceName: string;
  operatorName: string | null;
  means: StatedMeans[];
  /** `ACR_OF_MEANS`, with the references of the attestations that it names. */
  acrOfMeans: string;
  adminStrongMeans: boolean;
  serviceCards: boolean;
  ocspHost: string | null;
  /** The directory in which national ids are looked up; null: in none. */
  directoryHost: string | null;
  sessionIdleMinutes: number;
  sessionMaxHours: number;
  codeWindow: CodeWindow;
  /** Whether password and a code by mail or SMS open somewhere. */
  codesOpen: boolean;
  structures: {
    total: number;
    /** Where password and a code by mail or SMS still open a session. */
    codesOpen: number;
    withoutDate: number;
    /** Those with a date: the plan. */
    dated: StructureFacts[];
  };
  links: Link[];
  retention: Retention[];
}

/** The statement of one deployment. */
export interface Statement extends DeploymentFacts {
  reservations: Reservation[];
  /** No reservation is forbidden, and nothing is missing that is due. */
  signable: boolean;
}
