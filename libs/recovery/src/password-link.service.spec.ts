import type { AccountTokenService, NewPasswordService, UsedToken } from '@portillon/credential';
import { AppError } from '@portillon/kernel';
import { CLIENT, Steps } from '@portillon/testing';
import type { ChosenPasswordService } from './chosen-password.service';
import type { LinkCheckService } from './link-check.service';
import { PasswordLinkService } from './password-link.service';
import type { ResetLimitService } from './reset-limit.service';
import { claire } from './testing/recovery.fixture';

const CHOICE = { token: 'id.secret', newPassword: 'Quatre-Chemins-de-Halage-88' };
const USED: UsedToken = { accountId: 'claire', issuedAt: new Date(0), context: 'receipt' };
const REFUSED = new AppError('token.rejected');

interface World {
  isGood?: boolean;
  isStrong?: boolean;
  used?: UsedToken | undefined;
  isKept?: boolean;
}

function choosing(world: World = {}) {
  const { isGood = true, isStrong = true, isKept = true } = world;
  const used = 'used' in world ? world.used : USED;
  const steps = new Steps();
  const service = new PasswordLinkService(
    steps.of<LinkCheckService>('links', {
      holder: async () => {
        if (!isGood) throw REFUSED;
        return claire();
      },
      refuse: () => Promise.reject(REFUSED),
    }),
    steps.of<NewPasswordService>('passwords', {
      digest: async () => {
        if (!isStrong) throw new AppError('password.weak');
        return 'digest of the new one';
      },
    }),
    steps.transactions,
    steps.of<AccountTokenService>('tokens', { use: async () => used }),
    steps.of<ChosenPasswordService>('chosen', { keep: async () => isKept }),
    steps.of<ResetLimitService>('limits', { giveBackRequest: async () => undefined }),
  );
  return { steps, choose: () => service.setPassword('PASSWORD_RESET', CHOICE, CLIENT) };
}

describe('a password chosen by a link', () => {
  it('is kept in the transaction that uses the link up; then the request gives its hit back', async () => {
    const { steps, choose } = choosing();
    await choose();
    expect(steps.taken).toEqual([
      'links.holder',
      'passwords.digest',
      'begin',
      'tokens.use(tx)',
      'chosen.keep(tx)',
      'commit',
      'limits.giveBackRequest',
    ]);
  });
});
