import { WAY_IN_REASONS } from '@portillon/access';
import { actsAbout } from './account-ways-in.service';

const CLAIRE = { erasureRequestedAt: null };

describe('what an administrator does about a reason', () => {
  it('begins with the probable act', () => {
    const first = (code: (typeof WAY_IN_REASONS)[number]) => actsAbout(code, CLAIRE)[0];
    expect(first('password-locked')).toBe('unlock');
    expect(first('invitation-over')).toBe('resend-invitation');
    expect(first('strong-means-only')).toBe('open-emergency-access');
    expect(actsAbout('identity-unverified', CLAIRE)).toEqual([
      'attest-identity',
      'open-emergency-access',
      'edit-structure',
    ]);
  });

  it('is nothing where only the person, or no one, can do something', () => {
    const without = WAY_IN_REASONS.filter((code) => actsAbout(code, CLAIRE).length === 0);
    expect(without).toEqual([
      'account-erased',
      'means-not-offered',
      'means-away',
      'no-password',
      'no-passkey',
      'channel-away',
      'emergency-access',
    ]);
  });

  it('does not open a closed account again whose owner asked to be erased', () => {
    expect(actsAbout('account-closed', CLAIRE)).toEqual(['reactivate']);
    expect(actsAbout('account-closed', { erasureRequestedAt: new Date(0) })).toEqual([]);
  });
});
