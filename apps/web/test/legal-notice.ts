import type { PublishedLegalNotice } from '../src/api/types';

/** The public facts of the operator: only `changes` are filled in. */
export function published(changes: Partial<PublishedLegalNotice> = {}): PublishedLegalNotice {
  return {
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
    statements: { legal: null, privacy: null, dataProtectionOfficer: null, accessibility: null },
    ...changes,
  };
}
