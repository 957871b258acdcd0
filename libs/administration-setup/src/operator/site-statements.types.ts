import type { AccessibilityState } from './legal-notice.types';

/** A piece of a line. Pages show only such pieces of the operator's text, so that no markup in it reaches a page. */
export interface StatementRun {
  text: string;
  strong: boolean;
  /** `https:`, `mailto:`, or a path of this service. */
  href: string | null;
}

export interface StatementBlock {
  kind: 'heading' | 'paragraph' | 'item';
  runs: StatementRun[];
}

/** A text of the operator, in French; `en`: null where it was not translated. */
export interface StatementText {
  fr: StatementBlock[];
  en: StatementBlock[] | null;
}

/** The contact for questions about personal data (GDPR, article 13). */
export interface DataProtectionOfficer {
  name: string | null;
  email: string;
  phone: string | null;
  address: string | null;
}

/** The declaration that decree 2019-768 asks for, as the model of the RGAA has it. Its texts are French. */
export interface AccessibilityDeclaration {
  /** The body that declares. */
  entity: string;
  state: AccessibilityState;
  /** The percentage of applicable criteria that are met. */
  rate: number | null;
  /** `2026-11-24` */
  auditedOn: string | null;
  auditor: string | null;
  nonConformities: string[];
  disproportionateBurden: string[];
  exempt: string[];
  establishedOn: string;
  updatedOn: string | null;
  technologies: string[];
  environment: string[];
  tools: string[];
  pages: string[];
  email: string;
  phone: string | null;
  address: string | null;
  /** The addresses of the plan of several years and of the annual plan. */
  schemeUrl: string | null;
  planUrl: string | null;
}

/** The operator's texts from files of the server, beside those of « Administration ». */
export interface SiteStatements {
  legal: StatementText | null;
  privacy: StatementText | null;
  dataProtectionOfficer: DataProtectionOfficer | null;
  accessibility: AccessibilityDeclaration | null;
}

export const NO_STATEMENTS: SiteStatements = {
  legal: null,
  privacy: null,
  dataProtectionOfficer: null,
  accessibility: null,
};
