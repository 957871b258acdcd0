import type { AccountAdministrationService } from '@portillon/account';
import type { AuditEvent, AuditService } from '@portillon/audit';
import { Steps } from '@portillon/testing';
import { ErasureRequestService } from './erasure-request.service';
import { client, session } from '../testing/own.fixture';

/** Whether the request was not made before, or is still there to be taken back. */
function erasure(possible = true) {
  const steps = new Steps();
  const recorded: AuditEvent[] = [];
  const service = new ErasureRequestService(
    steps.transactions,
    steps.of<AccountAdministrationService>('administration', {
      requestErasure: async () => possible,
      withdrawErasure: async () => possible,
    }),
    steps.of<AuditService>('audit', { record: async (event) => void recorded.push(event) }),
  );
  return { steps, recorded, service };
}

describe('the wish to be erased', () => {
  it.each([
    ['request', 'requestErasure', 'erasure_requested'],
    ['withdraw', 'withdrawErasure', 'erasure_withdrawn'],
  ] as const)('%s: is written down with its line of the journal', async (act, step, name) => {
    const { steps, recorded, service } = erasure();
    await service[act](session, client);
    expect(steps.taken).toEqual(['begin', `administration.${step}(tx)`, 'audit.record(tx)', 'commit']);
    expect(recorded).toMatchObject([{ name, outcome: 'SUCCESS', accountId: 'claire' }]);
  });

  it.each(['request', 'withdraw'] as const)('%s: a second time is no second line', async (act) => {
    const { recorded, service } = erasure(false);
    await service[act](session, client);
    expect(recorded).toEqual([]);
  });
});
