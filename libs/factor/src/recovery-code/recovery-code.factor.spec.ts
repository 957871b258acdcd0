import { FactorRegistry, FactorPolicy } from '@portillon/access';
import type { RecoveryCodeService } from '@portillon/authenticator';
import { CLAIRE } from '../testing/recovery-code.fixture';

describe('a recovery code as a second factor', () => {
  it('is that of a person who has one left, and confirms nothing in a session that is open', async () => {
    const factors = new FactorRegistry({ acceptsOwn: () => true } as unknown as FactorPolicy);
    const codes = { holders: async (ids: string[]) => new Set(ids.filter((id) => id === 'claire')) };
    factors.register({ id: 'recovery-code', code: null }, codes as unknown as RecoveryCodeService);
    expect(await factors.of(CLAIRE)).toEqual(['recovery-code']);
    expect(await factors.confirming(CLAIRE)).toEqual([]);
    expect(await factors.of({ ...CLAIRE, id: 'paul' })).toEqual([]);
  });
});
