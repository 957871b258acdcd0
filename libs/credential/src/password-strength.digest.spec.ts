import { passwordOptions } from './credential.options';
import { Steps } from '@portillon/testing';
import { PasswordStrengthService } from './password-strength.service';
import type { PasswordHashingService } from './password-hashing.service';
import type { WeaknessReason } from './password-strength.policy';

const CLAIRE = {
  username: 'claire.martin',
  displayName: 'Claire Martin',
  email: 'claire@hopital.example',
  structure: { name: 'Clinique des Tilleuls' },
};

function choosing(reasons: WeaknessReason[] = []) {
  const steps = new Steps();
  const asked: string[] = [];
  const hashing = steps.of<PasswordHashingService>('hashing', { hash: async () => 'digest' });
  const service = new PasswordStrengthService(passwordOptions(), hashing);
  jest.spyOn(service, 'assess').mockImplementation(async (password, personal) => {
    asked.push(password, ...personal);
    return { acceptable: reasons.length === 0, reasons, names: { personal: 'claire' } };
  });
  return { steps, asked, choose: () => service.digest(CLAIRE, 'velours-gravier') };
}

describe('a new password', () => {
  it('is assessed with the names of its owner and of their structure, then hashed', async () => {
    const { asked, choose } = choosing();
    expect(await choose()).toBe('digest');
    expect(asked).toEqual([
      'velours-gravier',
      'claire.martin',
      'Claire Martin',
      'claire@hopital.example',
      'Clinique des Tilleuls',
    ]);
  });

  it('that is weak is refused with every reason, and costs no hash', async () => {
    const { steps, choose } = choosing(['too-common', 'personal']);
    await expect(choose()).rejects.toMatchObject({
      code: 'password.weak',
      errors: [
        { field: 'newPassword', code: 'too-common', message: '' },
        { field: 'newPassword', code: 'personal', message: '', word: 'claire' },
      ],
    });
    expect(steps.taken).not.toContain('hashing.hash');
  });
});
