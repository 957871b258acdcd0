import { Keyring } from '@portillon/kernel';
import { SettableClock, Steps } from '@portillon/testing';
import type { PasswordAttemptRepository } from './password-attempt.repository';
import { PasswordAttemptService } from './password-attempt.service';

/** As often as `overtaken`, another attempt under the name is counted first. */
function beginning(overtaken: number) {
  const steps = new Steps();
  let others = overtaken;
  const rows = steps.of<PasswordAttemptRepository>('attempts', {
    find: async () => null,
    insert: async () => others-- <= 0,
  });
  const keyring = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
  const attempts = new PasswordAttemptService(rows, new SettableClock(), keyring);
  return { steps, begin: () => attempts.begin('claire.martin', null) };
}

describe('an attempt at a password', () => {
  it('is counted after earlier ones, whose count it reads anew', async () => {
    const { steps, begin } = beginning(1);
    expect(await begin()).toEqual({ status: 'allowed' });
    expect(steps.taken.filter((step) => step === 'attempts.find')).toHaveLength(2);
  });

  it('is given up when others are always counted first: no password is checked uncounted', async () => {
    await expect(beginning(Infinity).begin()).rejects.toMatchObject({ code: 'service.busy' });
  });
});
