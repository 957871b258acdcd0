import type { AccountService, SignInAccount } from '@portillon/account';
import { CodeChannelService } from './code-channel.service';
import { ConfirmingWaysService } from './confirming-ways.service';
import type { OwnFactor } from './own-factor.types';
import type { SecondFactorRegistry } from './second-factor.registry';
import { CLAIRE } from '../testing/people.fixture';

function ways({ known = true, takesCodes = true, own = [] as OwnFactor[] }) {
  const asked: string[] = [];
  const service = new ConfirmingWaysService(
    { getForSignIn: async () => (known ? CLAIRE : undefined) } as unknown as AccountService,
    { confirming: async () => own } as unknown as SecondFactorRegistry,
    {
      of: (_: SignInAccount, purpose: string) => {
        asked.push(purpose);
        return takesCodes ? ['EMAIL', 'SMS'] : [];
      },
    } as unknown as CodeChannelService,
  );
  return { asked, of: () => service.of('claire') };
}

describe('the ways by which a person may confirm who they are', () => {
  it('are an app first, then the codes that a session may be sent', async () => {
    const { asked, of } = ways({ own: ['totp'] });
    expect(await of()).toEqual(['totp', 'EMAIL', 'SMS']);
    expect(asked).toEqual(['session']);
  });

  it('are no codes where a code stands in for no strong means', async () => {
    const { of } = ways({ takesCodes: false, own: ['totp'] });
    expect(await of()).toEqual(['totp']);
  });

  it('are none of an account that is no more', async () => {
    expect(await ways({ known: false, own: ['totp'] }).of()).toEqual([]);
  });
});
