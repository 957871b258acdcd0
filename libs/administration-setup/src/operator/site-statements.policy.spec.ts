import { missingStatements, textsFromFiles } from './site-statements.policy';
import { type AccessibilityDeclaration, NO_STATEMENTS } from '../setup/statements/site-statements.dto';

const accessibility = {
  state: 'partial',
  auditedOn: '2026-11-24',
  auditor: 'Cabinet Accès',
  email: 'acces@sante.example',
  schemeUrl: 'https://sante.example/schema',
  planUrl: null,
} as AccessibilityDeclaration;
const officer = { name: null, email: 'dpo@sante.example', phone: null, address: null };

describe('texts that files of the server set', () => {
  it('is nothing without files, and the declaration is missing then', () => {
    expect(textsFromFiles(NO_STATEMENTS)).toEqual({});
    expect(missingStatements(NO_STATEMENTS)).toEqual(['accessibilityDeclaration']);
  });

  it('wins over the notice, field by field of each file that is there', () => {
    expect(textsFromFiles({ ...NO_STATEMENTS, dataProtectionOfficer: officer })).toEqual({
      dataProtectionEmail: 'dpo@sante.example',
    });
    expect(textsFromFiles({ ...NO_STATEMENTS, accessibility })).toEqual({
      accessibilityState: 'partial',
      accessibilityAuditedOn: '2026-11-24',
      accessibilityAuditor: 'Cabinet Accès',
      accessibilityEmail: 'acces@sante.example',
    });
  });

  it('lacks what the law asks of a declaration beside its state', () => {
    expect(missingStatements({ ...NO_STATEMENTS, accessibility })).toEqual(['accessibilityPlan']);
  });
});
