import type { LegalTexts } from './legal-notice.types';
import type { PublishedStatements } from '../setup/statements/site-statements.dto';

/** The fields of the legal notice that files of the server set: they win over « Administration ». */
export function textsFromFiles({
  accessibility: declared,
  dataProtectionOfficer: officer,
}: PublishedStatements): Partial<LegalTexts> {
  return {
    ...(officer && { dataProtectionEmail: officer.email }),
    ...(declared && {
      accessibilityState: declared.state,
      accessibilityAuditedOn: declared.auditedOn,
      accessibilityAuditor: declared.auditor,
      accessibilityEmail: declared.email,
    }),
  };
}

/** Statements that the law requires and only files can give (decree 2019-768, article 4). */
export function missingStatements({ accessibility: declared }: PublishedStatements): string[] {
  if (!declared) return ['accessibilityDeclaration'];
  return [
    ...(declared.schemeUrl === null ? ['accessibilityScheme'] : []),
    ...(declared.planUrl === null ? ['accessibilityPlan'] : []),
  ];
}
