import { SiteStatementFindings } from './legal-texts.findings';
import { NO_STATEMENTS } from '../setup/statements/site-statements.dto';

describe('what is found of the statements of the operator', () => {
  it('are off without a folder', async () => {
    expect(await new SiteStatementFindings(NO_STATEMENTS).find()).toMatchObject({ state: 'off' });
  });

  it('are listed by file, with those that are empty', async () => {
    const statements = { ...NO_STATEMENTS, privacy: { fr: [], en: null } };
    expect((await new SiteStatementFindings(statements).find()).text).toBe(
      'published: privacy.md; empty or not there: legal.md, accessibility.yaml, dpo.yaml',
    );
  });
});
