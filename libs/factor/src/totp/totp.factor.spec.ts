import { FactorRegistry, FactorPolicy } from '@portillon/access';
import type { TotpService } from '@portillon/authenticator';
import { CLAIRE } from '../testing/totp.fixture';
import { totpFactor } from './totp.factor';

/** The second factors once the deployment has started, of which Claire alone has an app. */
function started(offered: boolean) {
  const factors = new FactorRegistry({ acceptsOwn: () => true } as unknown as FactorPolicy);
  const holders = async (ids: string[]) => (offered ? ids.filter((id) => id === 'claire') : []);
  factors.register(totpFactor, { holders } as unknown as TotpService);
  return factors;
}

describe('an authenticator app as a second factor', () => {
  it('is that of a person who has confirmed one, and of no other', async () => {
    const factors = started(true);
    expect(await factors.of(CLAIRE)).toEqual(['totp']);
    expect(await factors.of({ ...CLAIRE, id: 'paul' })).toEqual([]);
  });

  it('is none where the deployment takes none, whatever is left of one', async () => {
    expect(await started(false).of(CLAIRE)).toEqual([]);
  });
});
