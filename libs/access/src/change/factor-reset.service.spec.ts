import type { AccountTokenService } from '@portillon/credential';
import type { OtpService } from '@portillon/otp';
import type { PendingSignInService, SessionService, TrustedDeviceService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import { FactorResetService } from './factor-reset.service';
import { SESSION } from '../testing/people.fixture';

function resetting() {
  const steps = new Steps();
  const spared: unknown[] = [];
  const service = new FactorResetService(
    steps.of<OtpService>('otp', { voidAll: async () => undefined }),
    steps.of<AccountTokenService>('tokens', { voidAll: async () => undefined }),
    steps.of<PendingSignInService>('signIns', { endAll: async () => 1 }),
    steps.of<SessionService>('sessions', {
      endAll: async (_account, _reason, but) => {
        spared.push(but);
        return 1;
      },
    }),
    steps.of<TrustedDeviceService>('browsers', { endAll: async () => 1 }),
  );
  return { steps, spared, service };
}

describe('a factor that changed', () => {
  it('ends all that was opened with it, sessions last: one that opens meanwhile is found', async () => {
    const { steps, spared, service } = resetting();
    await steps.transactions.run((tx) => service.endAll('claire', 'password_reset', tx));
    expect(steps.taken.slice(1, -1)).toEqual([
      'otp.voidAll(tx)',
      'tokens.voidAll(tx)',
      'signIns.endAll(tx)',
      'browsers.endAll(tx)',
      'sessions.endAll(tx)',
    ]);
    expect(spared).toEqual([{}]);
  });

  it('spares the session that changed it', async () => {
    const { steps, spared, service } = resetting();
    await steps.transactions.run((tx) => service.endOthers(SESSION, 'phone_changed', tx));
    expect(spared).toEqual([{ except: 'session' }]);
  });
});
