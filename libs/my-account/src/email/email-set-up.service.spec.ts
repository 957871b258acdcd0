import type { EmailChangeService } from '@portillon/account';
import type { CodeDeliveryService, DeliveredCode, EnrolmentProofService } from '@portillon/auth';
import { Steps } from '@portillon/testing';
import { EmailSetUpService } from './email-set-up.service';
import { client, own, session } from '../testing/own.fixture';

const NEXT = 'claire.martin@hopital.example';

function setUp() {
  const steps = new Steps();
  const proposed: object[] = [];
  const pending = { challenge: { id: 'challenge', expiresAt: new Date(0) } } as DeliveredCode;
  const email = new EmailSetUpService(
    steps.transactions,
    steps.of<EnrolmentProofService>('proofs', { require: async () => own() }),
    steps.of<EmailChangeService>('emailChanges', { propose: async (wish) => void proposed.push(wish) }),
    steps.of<CodeDeliveryService>('codes', {
      countedSend: (request, work) => work(request),
      issue: async () => pending,
      deliver: async () => pending,
    }),
  );
  return { steps, email, proposed };
}

describe('the wish for another mail address', () => {
  it('is kept beside its code, which leaves after the commit', async () => {
    const { steps, email, proposed } = setUp();
    await email.requestCode(session, { email: NEXT }, client);
    const write = ['codes.countedSend', 'begin', 'codes.issue(tx)', 'emailChanges.propose(tx)', 'commit'];
    expect(steps.taken).toEqual(['proofs.require', ...write, 'codes.deliver']);
    expect(proposed).toEqual([
      { proofId: 'challenge', accountId: 'claire', email: NEXT, expiresAt: new Date(0) },
    ]);
  });
});
