import type { Account, AccountPhoneService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { CodeCheckService } from '@portillon/auth';
import { AppError } from '@portillon/kernel';
import type { CodeAccepted, OtpService } from '@portillon/otp';
import { SettableClock, Steps } from '@portillon/testing';
import type { OwnAccountService } from '../own-account.service';
import { PhoneVerificationService } from './phone-verification.service';
import { client, own, session } from '../testing/own.fixture';

const [X] = ['+33612345642', '+33612345643'];
const withNumber = (number: string) => own({ phone: { number, verifiedAt: null } } as Partial<Account>);

/** A right code that was sent to X, for an account whose number is `now`. */
function verification({
  now = X,
  right = true,
  consumed = true,
}: {
  now?: string;
  right?: boolean;
  consumed?: boolean;
}) {
  const steps = new Steps();
  const clock = new SettableClock();
  const accepted = {
    status: 'accepted',
    challengeId: 'challenge',
    subjectId: 'claire',
    channel: 'SMS',
    sentAt: clock.now(),
    destinationDigest: X,
  } as CodeAccepted;
  const marked: string[] = [];
  const service = new PhoneVerificationService(
    steps.transactions,
    steps.of<OwnAccountService>('own', { get: async () => withNumber(X) }),
    steps.of<AccountPhoneService>('phones', {
      numberOf: async () => now,
      markVerified: async (_, number) => Boolean(marked.push(number)),
    }),
    steps.of<CodeCheckService>('codes', {
      settle: (_, opened) => opened,
      check: async () => {
        if (!right) throw new AppError('code.rejected');
        return accepted;
      },
      consume: async () => {
        if (!consumed) throw new AppError('code.rejected');
      },
    }),
    steps.of<OtpService>('otp', {
      isSentTo: (one, channel, destination) => channel === 'SMS' && one.destinationDigest === destination,
    }),
    steps.of<AuditService>('audit', { record: async () => undefined }),
    clock,
  );
  return { steps, marked, submit: () => service.submitCode(session, '123456', client) };
}

describe('the code of a mobile number', () => {
  it('is counted and compared, consumed with the proof of its number, and then counts as answered', async () => {
    const { steps, marked, submit } = verification({});
    await submit();
    expect(marked).toEqual([X]);
    expect(steps.taken).toEqual([
      'own.get',
      'codes.check',
      'begin',
      'codes.consume(tx)',
      'codes.settle',
      'phones.numberOf(tx)',
      'otp.isSentTo',
      'phones.markVerified(tx)',
      'audit.record(tx)',
      'commit',
    ]);
  });
});
