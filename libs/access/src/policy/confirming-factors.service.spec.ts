import type { AccountService, SignInAccount } from '@portillon/account';
import { CodeChannelService } from './code-channel.service';
import { ConfirmingFactorsService } from './confirming-factors.service';
import type { FactorRegistry } from './factor.registry';
import type { OwnFactor } from './factor.types';
import { CLAIRE } from '../testing/people.fixture';

function factors({ known = true, takesCodes = true, own = [] as OwnFactor[] }) {
  const asked: string[] = [];
  const service = new ConfirmingFactorsService(
    { getForSignIn: async () => (known ? CLAIRE : undefined) } as unknown as AccountService,
    {
      confirming: async () => own,
      ordered: (factors: OwnFactor[], channels: string[]) => [...factors, ...channels],
    } as unknown as FactorRegistry,
    {
      of: (_: SignInAccount, purpose: string) => {
        asked.push(purpose);
        return takesCodes ? ['EMAIL', 'SMS'] : [];
      },
    } as unknown as CodeChannelService,
  );
  return { asked, of: () => service.of('claire') };
}

describe('the factors by which a person may confirm who they are', () => {
  it('are an app first, then the codes that a session may be sent', async () => {
    const { asked, of } = factors({ own: ['totp'] });
    expect(await of()).toEqual(['totp', 'EMAIL', 'SMS']);
    expect(asked).toEqual(['session']);
  });

  it('excludes codes where a code replaces no strong means', async () => {
    const { of } = factors({ takesCodes: false, own: ['totp'] });
    expect(await of()).toEqual(['totp']);
  });

  it('are none of an account that is no more', async () => {
    expect(await factors({ known: false, own: ['totp'] }).of()).toEqual([]);
  });
});
