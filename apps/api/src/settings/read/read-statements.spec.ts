import { complete, problemsOf, SECRET } from '../testing/settings.fixture';

describe('the statements of the operator', () => {
  it('stop the start where they cannot be published, and never by the value', () => {
    const problems = problemsOf({ ...complete, SITE_STATEMENTS: `/nowhere/${SECRET}` });
    expect(problems).toEqual(['SITE_STATEMENTS cannot be published: the folder cannot be read (ENOENT)']);
  });

  it('are none without a folder', () => {
    expect(problemsOf(complete)).toEqual([]);
  });
});
