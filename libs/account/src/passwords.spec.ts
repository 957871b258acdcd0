import { SystemClock, SystemRandom } from '@portillon/kernel';
import { passwordOptions } from './password-options';
import { Passwords } from './passwords';

describe('passwords', () => {
  const passwords = new Passwords(passwordOptions({ threads: 2 }), new SystemRandom(new SystemClock()));

  afterAll(() => passwords.onApplicationShutdown());

  it('are recognised by their digest', async () => {
    const digest = await passwords.hash('Le cheval bleu mange 3 pommes');
    expect(digest).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.verify(digest, 'Le cheval bleu mange 3 pommes')).toBe(true);
    expect(await passwords.verify(digest, 'Le cheval bleu mange 4 pommes')).toBe(false);
    expect(await passwords.verify(null, 'Le cheval bleu mange 3 pommes')).toBe(false);
  });
});
