import type { Account, AccountPhoneService, PhoneNumberService } from '@portillon/account';
import type { CodeDeliveryService, DeliveredCode, EnrolmentProofService } from '@portillon/auth';
import type { SecurityChangeService } from '@portillon/access';
import { Steps } from '@portillon/testing';
import type { OwnAccountService } from '../own-account.service';
import { PhoneSetUpService } from './phone-set-up.service';
import { client, own, session } from '../testing/own.fixture';

const NUMBER = '+33612345642';
const pending = { message: { id: 'message' } } as DeliveredCode;
const withNumber = (number: string, verifiedAt: Date | null = null) =>
  own({ phone: { number, verifiedAt } } as Partial<Account>);

function setUp(account: Account) {
  const steps = new Steps();
  const phone = new PhoneSetUpService(
    steps.transactions,
    steps.of<OwnAccountService>('own', { get: async () => account }),
    steps.of<AccountPhoneService>('phones', { set: async () => true, remove: async () => true }),
    steps.of<PhoneNumberService>('numbers', {
      parse: (text) => (text.startsWith('01') ? { status: 'not-mobile' } : { status: 'ok', e164: NUMBER }),
    }),
    steps.of<CodeDeliveryService>('codes', {
      countedSend: (request, work) => work(request),
      issue: async () => pending,
      deliver: async () => pending,
    }),
    steps.of<SecurityChangeService>('changes', { complete: async () => undefined }),
    steps.of<EnrolmentProofService>('proofs', { require: async () => account }),
  );
  return { steps, phone };
}

describe('a mobile number', () => {
  it('has its code counted before the transaction, and sent after the commit', async () => {
    const { steps, phone } = setUp(withNumber(NUMBER));
    expect(await phone.requestCode(session, client)).toBe(pending);
    const write = ['codes.countedSend', 'begin', 'codes.issue(tx)', 'commit'];
    expect(steps.taken).toEqual(['own.get', ...write, 'codes.deliver']);
  });
});
