import type { LegalTexts } from './legal-notice.types';
import type { SiteStatements } from './site-statements.types';

/** The fields of the legal notice that files of the server set: they win over « Administration ». */
export function textsFromFiles({
  accessibility: declared,
  dataProtectionOfficer: officer,
}: SiteStatements): Partial<LegalTexts> {
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
export function missingStatements({ accessibility: declared }: SiteStatements): string[] {
  if (!declared) return ['accessibilityDeclaration'];
  return [
    ...(declared.schemeUrl === null ? ['accessibilityScheme'] : []),
    ...(declared.planUrl === null ? ['accessibilityPlan'] : []),
  ];
}
