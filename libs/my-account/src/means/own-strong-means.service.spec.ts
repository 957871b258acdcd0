import { Account, AccountService } from '@portillon/account';
import { NO_POLICY, StructurePolicy } from '@portillon/structure';
import type { AuthenticatorService } from '@portillon/authenticator';
import { DAY, addMilliseconds } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { SettableClock, Steps } from '@portillon/testing';
import { OwnStrongMeansService } from './own-strong-means.service';

const SESSION = { accountId: 'claire' } as Session;
const clock = new SettableClock();
const inDays = (days: number) => addMilliseconds(clock.now(), days * DAY);

function requirement(asked: Partial<StructurePolicy>, person: Partial<Account> = {}, holders: string[] = []) {
  const steps = new Steps();
  const policy = { ...NO_POLICY, ...asked };
  const account = {
    id: 'claire',
    nationalId: null,
    strongMeansPromptedAt: null,
    policy,
    ...person,
  } as Account;
  const noted: unknown[] = [];
  const counted: unknown[] = [];
  const service = new OwnStrongMeansService(
    steps.of<AccountService>('accounts', {
      get: async () => account,
      recordPrompt: async (...given) => noted.push(given) > 0,
    }),
    steps.of<AuthenticatorService>('authenticators', {
      holders: async (_ids, accepted) => {
        counted.push(accepted);
        return new Set(holders);
      },
    }),
    clock,
  );
  return { noted, counted, service, of: () => service.of(SESSION) };
}

describe('a person on the course to strong means', () => {
  it('is asked to add one long before the date, at most once in 14 days', async () => {
    const strongMeansFrom = inDays(60);
    const asked = async (strongMeansPromptedAt: Date | null) =>
      (await requirement({ strongMeansFrom }, { strongMeansPromptedAt }).of()).prompt;
    expect(await asked(null)).toBe(true);
    expect(await asked(inDays(-13))).toBe(false);
    expect(await asked(inDays(-14))).toBe(true);
  });

  it('is not asked without a date, nor where a banner says it', async () => {
    expect(await requirement({}).of()).toMatchObject({ stage: 'none', from: null, prompt: false });
    const announced = await requirement({ strongMeansFrom: inDays(30) }).of();
    expect(announced).toMatchObject({
      stage: 'announced',
      prompt: false,
      enrolmentUntil: inDays(44).toISOString(),
    });
  });

  it.each<[string, Partial<Account>, string[]]>([
    ['a card or an e-CPS', { nationalId: '899700366240' }, []],
    ['a passkey that is accepted', {}, ['claire']],
  ])('is ready, and not asked, with %s', async (_, person, holders) => {
    const { of } = requirement({ strongMeansFrom: inDays(60) }, person, holders);
    expect(await of()).toMatchObject({ stage: 'encouraged', ready: true, prompt: false });
  });

  it.each([true, false])('counts an app where the structure does: %s', async (totpIsStrong) => {
    const { counted, of } = requirement({ strongMeansFrom: inDays(60), totpIsStrong });
    expect(await of()).toMatchObject({ totp: totpIsStrong });
    expect(counted).toEqual([{ kind: 'any', identity: 'any', totp: totpIsStrong }]);
  });

  it('gets a notice from 30 days before when the structure requires verified identities, until theirs is', async () => {
    const announced = async (days: number, identity: Account['identity'] = null) =>
      (await requirement({ identityRequiredFrom: inDays(days) }, { identity }).of()).identityRequiredFrom;
    expect(await announced(31)).toBeNull();
    expect(await announced(30)).toEqual(inDays(30).toISOString());
    expect(await announced(30, { method: 'card', at: clock.now() })).toBeNull();
  });

  it('that was asked is noted, unless another browser was first', async () => {
    const { service, noted } = requirement({ strongMeansFrom: inDays(60) });
    await service.recordPrompt(SESSION);
    expect(noted).toEqual([['claire', null]]);
  });
});
