import type { PasskeyService } from '@portillon/authenticator';
import { routesBehind } from '../testing/codes.fixture';
import { OfferedGuard } from './offered.guard';
import { OwnPasskeyController, PasskeyEnrolmentController } from './own-passkey.controller';
import { PasskeySignInController, PasskeyStepUpController } from './passkey-sign-in.controller';
import { WellKnownController } from './well-known.controller';

const CEREMONIES = [PasskeySignInController, PasskeyEnrolmentController, PasskeyStepUpController];
const guardWhere = (offered: boolean) => new OfferedGuard({ offered } as PasskeyService);

describe('a passkey where the deployment takes none', () => {
  it('is not there: neither to sign in, nor to confirm, nor to add', () => {
    expect(() => guardWhere(false).canActivate()).toThrow(
      expect.objectContaining({ code: 'means.unavailable', status: 404 }),
    );
    expect(guardWhere(true).canActivate()).toBe(true);
    expect(routesBehind(OfferedGuard, ...CEREMONIES)).toEqual([
      'beginPasskeySignIn',
      'signInWithPasskey',
      'beginPasskeyEnrolment',
      'addPasskey',
      'beginPasskeyStepUp',
      'confirmWithPasskey',
    ]);
  });

  it('is announced to no browser', () => {
    const announced = ['getRelatedOrigins', 'getPasskeyEndpoints'];
    expect(routesBehind(OfferedGuard, WellKnownController)).toEqual(announced);
  });

  it('may still be seen, renamed and removed', () => {
    expect(routesBehind(OfferedGuard, OwnPasskeyController)).toEqual([]);
  });
});
