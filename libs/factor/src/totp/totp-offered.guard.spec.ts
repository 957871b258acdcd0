import type { TotpService } from '@portillon/authenticator';
import { routesBehind } from '../testing/routes-behind.fixture';
import { OwnTotpController } from './own-totp.controller';
import { TotpOfferedGuard } from './totp-offered.guard';
import { TotpSignInController } from './totp-sign-in.controller';
import { TotpStepUpController } from './totp-step-up.controller';

const guardWhere = (offered: boolean) => new TotpOfferedGuard({ offered } as TotpService);

describe('an authenticator app where the deployment takes none', () => {
  it('is not there: neither to sign in, nor to confirm, nor to add', () => {
    expect(() => guardWhere(false).canActivate()).toThrow(
      expect.objectContaining({ code: 'means.unavailable', status: 404 }),
    );
    expect(guardWhere(true).canActivate()).toBe(true);
    const closed = routesBehind(TotpOfferedGuard, TotpSignInController, TotpStepUpController);
    expect(closed).toEqual(['signInWithTotp', 'confirmWithTotp']);
  });

  it('may still be seen and removed', () => {
    expect(routesBehind(TotpOfferedGuard, OwnTotpController)).toEqual(['beginTotp', 'confirmTotp']);
  });
});
