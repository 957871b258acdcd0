import type { AdminLegalNotice } from '../../../api/types';

/** Fields of each part, in display order, with the API's maximum lengths. */
export const LEGAL_PARTS = {
  publisher: { publisherName: 200, publisherAddress: 300, publisherPhone: 40, publicationDirector: 200 },
  host: { hostName: 200, hostAddress: 300, hostPhone: 40, hostCertification: 200 },
  data: { dataProtectionEmail: 254 },
  accessibility: { accessibilityAuditedOn: 10, accessibilityAuditor: 200, accessibilityEmail: 254 },
} as const;

type TextField = {
  [Part in keyof typeof LEGAL_PARTS]: keyof (typeof LEGAL_PARTS)[Part];
}[keyof typeof LEGAL_PARTS];
export type LegalFields = Record<TextField, string> & Pick<AdminLegalNotice, 'accessibilityState'>;
export type LegalField = keyof LegalFields;

export const TEXT_FIELDS = Object.values(LEGAL_PARTS).flatMap((part) => Object.keys(part) as TextField[]);

/** `autocomplete` value of each field. */
export const INPUT_TYPES: Partial<Record<LegalField, string>> = {
  publisherPhone: 'tel',
  hostPhone: 'tel',
  dataProtectionEmail: 'email',
  accessibilityEmail: 'email',
  accessibilityAuditedOn: 'date',
};

export function fieldsOf(notice: AdminLegalNotice): LegalFields {
  const texts = TEXT_FIELDS.map((field) => [field, notice[field] ?? '']);
  return { ...Object.fromEntries(texts), accessibilityState: notice.accessibilityState } as LegalFields;
}

/** Converts to the API's format: null instead of an empty text. */
export function bodyOf({ accessibilityState, ...texts }: LegalFields) {
  const kept = Object.entries(texts).map(([field, text]) => [field, text.trim() || null]);
  return { ...(Object.fromEntries(kept) as Record<TextField, string | null>), accessibilityState };
}

/** Key of the error text beside a field that the API refused. */
export function refusalKey(field: LegalField): 'email' | 'phone' | 'audit' | 'long' {
  if (field.endsWith('Email')) return 'email';
  if (field.endsWith('Phone')) return 'phone';
  return field.startsWith('accessibilityAudit') ? 'audit' : 'long';
}
