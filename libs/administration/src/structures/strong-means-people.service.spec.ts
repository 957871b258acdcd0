import type { AccountIds, CardlessAccountService } from '@portillon/account';
import type { AuthenticatorService } from '@portillon/authenticator';
import { StrongMeansPeopleService } from './strong-means-people.service';

const [ANNE, PAUL] = ['anne', 'paul'].map((id) => ({ id, username: id, displayName: id }));
const HOLDERS = [{ getQuery: () => 'who holds one' }];
const ACCEPTED = { kind: 'device', identity: 'proven', totp: true } as const;

/** Of 122 people 50 have no card, of whom 13 hold another means; the first without either is Paul. */
function people() {
  const asked: unknown[] = [];
  const cardless = {
    countActive: async () => 122,
    count: async () => ({ count: 50, sms: 9 }),
    countAmong: async (_: string | null, ids: AccountIds) => (asked.push(ids), { count: 13, sms: 2 }),
    firstExcept: async (_: string | null, ids: AccountIds, limit: number) => {
      asked.push(limit);
      return ids === HOLDERS ? [PAUL] : [ANNE, PAUL];
    },
  } as unknown as CardlessAccountService;
  const authenticators = {
    holdersQueries: (accepted: unknown) => (accepted === ACCEPTED ? HOLDERS : []),
  } as unknown as AuthenticatorService;
  return { asked, service: new StrongMeansPeopleService(cardless, authenticators) };
}

describe('who could not enter without password and code', () => {
  it('has neither card nor e-CPS nor a passkey or an app that the structure accepts', async () => {
    const { asked, service } = people();
    expect(await service.count(null, ACCEPTED)).toEqual({
      people: 122,
      withoutCard: 50,
      withoutStrongMeans: 37,
      sms: 7,
    });
    expect(asked).toEqual([HOLDERS]);
  });

  it('is counted whole, and named up to a hundred', async () => {
    const { asked, service } = people();
    expect(await service.of('hospital', ACCEPTED)).toMatchObject({
      withoutStrongMeans: 37,
      firstWithoutCard: [ANNE, PAUL],
      firstWithoutStrongMeans: [PAUL],
    });
    expect(asked).toEqual([HOLDERS, 100, 100]);
  });
});
