import type { TotpService } from '@portillon/authenticator';
import { routesBehind } from '../testing/codes.fixture';
import {
  TotpOfferedGuard,
  OwnTotpController,
  TotpSignInController,
  TotpStepUpController,
} from './totp.controller';

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
