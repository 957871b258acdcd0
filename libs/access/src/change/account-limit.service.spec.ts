import type { Account } from '@portillon/account';
import type { CountedLimitService, LimitSubject } from '@portillon/rate-limit';
import { AccountLimitService } from './account-limit.service';

const CLAIRE = { id: 'claire', email: 'claire@hopital.example', phone: null } as Account;
const PHONE = { number: '+33612345678', verifiedAt: null };

/** The subjects whose counts an unlock of this account ends. */
async function cleared(account: Account): Promise<LimitSubject[]> {
  const ended: LimitSubject[] = [];
  const counted = { clear: async (subjects: LimitSubject[]) => void ended.push(...subjects) };
  await new AccountLimitService(counted as unknown as CountedLimitService).clear(account);
  return ended;
}

describe('an unlock', () => {
  it('ends what was counted of the account, its address and its number, proved or not, and of no other', async () => {
    expect(await cleared({ ...CLAIRE, phone: PHONE })).toEqual([
      { kind: 'account', value: 'claire' },
      { kind: 'address', value: 'claire@hopital.example' },
      { kind: 'address', value: '+33612345678' },
    ]);
  });

  it('needs no number', async () => {
    expect(await cleared(CLAIRE)).toHaveLength(2);
  });
});
