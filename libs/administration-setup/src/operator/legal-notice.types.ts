/** RGAA: of all criteria none is claimed, half of them and more are met, all of them are. */
export const ACCESSIBILITY_STATES = ['none', 'partial', 'full'] as const;
export type AccessibilityState = (typeof ACCESSIBILITY_STATES)[number];

/** The operator's published texts; null: not filled in yet. */
export interface LegalTexts {
  publisherName: string | null;
  publisherAddress: string | null;
  publisherPhone: string | null;
  publicationDirector: string | null;
  hostName: string | null;
  hostAddress: string | null;
  hostPhone: string | null;
  hostCertification: string | null;
  dataProtectionEmail: string | null;
  accessibilityState: AccessibilityState;
  /** `2026-11-24` */
  accessibilityAuditedOn: string | null;
  accessibilityAuditor: string | null;
  accessibilityEmail: string | null;
}
export type LegalField = keyof LegalTexts;

export interface LegalNotice extends LegalTexts {
  /** When it was last changed; null: never. */
  updatedAt: Date | null;
  /** Grows by one with every change; 0: not declared yet. */
  version: number;
}

/** Legal texts whose absence the service can detect: LCEN (article 1-1), GDPR (article 13), decree 2019-768. */
const ASKED = [
  'publisherName',
  'publisherAddress',
  'publisherPhone',
  'publicationDirector',
  'hostName',
  'hostAddress',
  'hostPhone',
  'dataProtectionEmail',
  'accessibilityEmail',
] as const satisfies LegalField[];

/** The fields that the operator must still fill in. */
export function missingTexts(notice: LegalTexts): (typeof ASKED)[number][] {
  return ASKED.filter((field) => notice[field] === null);
}

export const NO_LEGAL_NOTICE: LegalNotice = {
  publisherName: null,
  publisherAddress: null,
  publisherPhone: null,
  publicationDirector: null,
  hostName: null,
  hostAddress: null,
  hostPhone: null,
  hostCertification: null,
  dataProtectionEmail: null,
  accessibilityState: 'none',
  accessibilityAuditedOn: null,
  accessibilityAuditor: null,
  accessibilityEmail: null,
  updatedAt: null,
  version: 0,
};
