import type { ResolvedAccessOptions } from '@portillon/access';
import { routesBehind } from '../testing/codes.fixture';
import {
  RecoveryCodeOfferedGuard,
  OwnRecoveryCodeController,
  RecoveryCodeSignInController,
} from './recovery-code.controller';

const guardWhere = (recoveryCodes: boolean) =>
  new RecoveryCodeOfferedGuard({ recoveryCodes } as ResolvedAccessOptions);

describe('a recovery code where the deployment takes none', () => {
  it('is not there: neither to sign in, nor to print, though it may be seen and ended', () => {
    expect(() => guardWhere(false).canActivate()).toThrow(
      expect.objectContaining({ code: 'means.unavailable', status: 404 }),
    );
    expect(guardWhere(true).canActivate()).toBe(true);
    const controllers = [RecoveryCodeSignInController, OwnRecoveryCodeController];
    expect(routesBehind(RecoveryCodeOfferedGuard, ...controllers)).toEqual([
      'signInWithRecoveryCode',
      'createRecoveryCodes',
    ]);
  });
});
