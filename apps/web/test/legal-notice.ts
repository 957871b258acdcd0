import type { PublishedLegalNotice } from '../src/api/types';

/** An operator who has filled in nothing. */
export const NO_LEGAL_FACTS = {
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
} as const;

/** The public facts of the operator: only `changes` are filled in. */
export function published(changes: Partial<PublishedLegalNotice> = {}): PublishedLegalNotice {
  const statements = { legal: null, privacy: null, dataProtectionOfficer: null, accessibility: null };
  return { ...NO_LEGAL_FACTS, statements, ...changes };
}
