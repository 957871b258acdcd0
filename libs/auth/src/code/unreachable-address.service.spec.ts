import type { Account, AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { journalOf, Steps } from '@portillon/testing';
import { CLAIRE } from '../testing/sign-in.fixture';
import { UnreachableAddressService } from './unreachable-address.service';

const RETURNED = { accountId: CLAIRE.id, address: CLAIRE.email, code: '5.1.1' };

async function record(isNew: boolean) {
  const steps = new Steps();
  const { audit, entries } = journalOf<AuditService>(steps);
  const account = { ...CLAIRE, structure: { id: 'hospital', name: 'Hôpital' } } as Account;
  const accounts = steps.of<AccountService>('accounts', {
    recordUnreachable: async () => isNew,
    getForSignIn: async () => account,
  });
  const service = new UnreachableAddressService(steps.transactions, accounts, audit);
  return { recorded: await service.record(RETURNED), steps, entries };
}

describe('a mail that came back for good', () => {
  it('marks the address and is in the journal of the structure, both or neither', async () => {
    const { recorded, steps, entries } = await record(true);
    expect(recorded).toBe(true);
    expect(steps.taken.at(0)).toBe('begin');
    expect(steps.taken.slice(-2)).toEqual(['audit.record(tx)', 'commit']);
    expect(entries).toMatchObject([
      {
        name: 'mail_address_unreachable',
        accountId: 'claire',
        structureId: 'hospital',
        data: { mailStatus: '5.1.1' },
      },
    ]);
  });

  it('says nothing the second time, nor of an address that the person has no more', async () => {
    const { recorded, entries } = await record(false);
    expect([recorded, entries]).toEqual([false, []]);
  });
});
