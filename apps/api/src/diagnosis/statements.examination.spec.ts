import { NO_STATEMENTS } from '@portillon/account';
import { examineStatements } from './statements.examination';

describe('the statements of the operator, in the eyes of the doctor', () => {
  it('are off without a folder', () => {
    expect(examineStatements({ statements: null })).toMatchObject({ well: true, text: 'off: not set' });
  });

  it('are told by file, with those that are empty', () => {
    const statements = { ...NO_STATEMENTS, privacy: { fr: [], en: null } };
    expect(examineStatements({ statements }).text).toBe(
      'published: privacy.md; empty or not there: legal.md, accessibility.yaml, dpo.yaml',
    );
  });
});
