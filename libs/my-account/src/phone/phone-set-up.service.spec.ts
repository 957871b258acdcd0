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
  it('is written, then whatever was opened with the one before ends, in one transaction', async () => {
    const { steps, phone } = setUp(own());
    await phone.set(session, { phoneNumber: '06 12 34 56 42' }, client);
    const change = ['begin', 'phones.set(tx)', 'changes.complete(tx)', 'commit'];
    expect(steps.taken).toEqual(['numbers.parse', 'proofs.require', ...change]);
  });

  it('changes nothing when it is the same', async () => {
    const { steps, phone } = setUp(withNumber(NUMBER, new Date(0)));
    await phone.set(session, { phoneNumber: '06 12 34 56 42' }, client);
    expect(steps.taken).toEqual(['numbers.parse', 'proofs.require']);
  });

  it('is refused before anything is read when no SMS reaches it', async () => {
    const { steps, phone } = setUp(own());
    await expect(phone.set(session, { phoneNumber: '01 42 34 56 78' }, client)).rejects.toMatchObject({
      code: 'phone.not-mobile',
    });
    expect(steps.taken).toEqual(['numbers.parse']);
  });

  it('is removed with whatever was opened with it', async () => {
    const { steps, phone } = setUp(withNumber(NUMBER));
    await phone.remove(session, undefined, client);
    const removal = ['begin', 'phones.remove(tx)', 'changes.complete(tx)', 'commit'];
    expect(steps.taken).toEqual(['proofs.require', ...removal]);
  });

  it('has its code counted before the transaction, and sent after the commit', async () => {
    const { steps, phone } = setUp(withNumber(NUMBER));
    expect(await phone.requestCode(session, client)).toBe(pending);
    const write = ['codes.countedSend', 'begin', 'codes.issue(tx)', 'commit'];
    expect(steps.taken).toEqual(['own.get', ...write, 'codes.deliver']);
  });

  it.each([
    ['phone.missing', own()],
    ['phone.already-verified', withNumber(NUMBER, new Date(0))],
  ])('gets no code: %s', async (code, account) => {
    const { steps, phone } = setUp(account);
    await expect(phone.requestCode(session, client)).rejects.toMatchObject({ code });
    expect(steps.taken).toEqual(['own.get']);
  });
});
