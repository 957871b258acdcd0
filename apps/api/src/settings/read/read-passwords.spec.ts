import { complete, problemsOf, SECRET } from '../testing/settings.fixture';

describe('the settings of passwords', () => {
  it.each([`/nowhere/${SECRET}`, __filename])(
    'name BREACHED_PASSWORDS_FILE when it cannot be searched, and never the value: %s',
    (BREACHED_PASSWORDS_FILE) => {
      const problems = problemsOf({ ...complete, BREACHED_PASSWORDS_FILE });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(/^BREACHED_PASSWORDS_FILE /);
      expect(problems[0]).not.toContain(SECRET);
    },
  );
});
