import type { AccountService, EmailChangeService } from '@portillon/account';
import type { CodeCheckService } from '@portillon/auth';
import type { SecurityChange, SecurityChangeService } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import type { CodeAccepted, OtpService } from '@portillon/otp';
import { SettableClock, Steps } from '@portillon/testing';
import { EmailVerificationService } from './email-verification.service';
import { client, own, session } from '../testing/own.fixture';

const NEXT = 'claire.martin@hopital.example';

interface Case {
  right?: boolean;
  consumed?: boolean;
  /** The address that hangs on the code. */
  wanted?: string | undefined;
  /** Whether the account is still active. */
  active?: boolean;
}

function verification({ right = true, consumed = true, wanted = NEXT, active = true }: Case = {}) {
  const steps = new Steps();
  const clock = new SettableClock();
  const accepted = {
    status: 'accepted',
    challengeId: 'challenge',
    subjectId: 'claire',
    channel: 'EMAIL',
    sentAt: clock.now(),
    destinationDigest: NEXT,
  } as CodeAccepted;
  const changed: SecurityChange[] = [];
  const service = new EmailVerificationService(
    steps.transactions,
    steps.of<AccountService>('accounts', { get: async () => own(), setEmail: async () => active }),
    steps.of<EmailChangeService>('emailChanges', { take: async () => wanted || undefined }),
    steps.of<CodeCheckService>('codes', {
      settle: (_, opened) => opened,
      check: async () => {
        if (!right) throw new AppError('code.expired');
        return accepted;
      },
      consume: async () => {
        if (!consumed) throw new AppError('code.rejected');
      },
    }),
    steps.of<OtpService>('otp', {
      isSentTo: (one, channel, address) => channel === 'EMAIL' && one.destinationDigest === address,
    }),
    steps.of<SecurityChangeService>('changes', {
      complete: async (_, change) => void changed.push(change),
    }),
    clock,
  );
  return { steps, changed, submit: () => service.submitCode(session, '123456', client) };
}

describe('the code of a new mail address', () => {
  it('is consumed with the address that hangs on it, and the old address is told', async () => {
    const { steps, changed, submit } = verification();
    await submit();
    expect(steps.taken).toEqual([
      'codes.check',
      'begin',
      'codes.consume(tx)',
      'codes.settle',
      'emailChanges.take(tx)',
      'otp.isSentTo',
      'accounts.get(tx)',
      'accounts.setEmail(tx)',
      'changes.complete(tx)',
      'commit',
    ]);
    expect(changed).toMatchObject([{ notice: 'mail-changed', details: { to: 'claire@hopital.example' } }]);
  });
});
