import type { CardlessAccountService, CardlessPerson } from '@portillon/account';
import type { AuthenticatorService } from '@portillon/authenticator';
import { StrongMeansPeopleService } from './strong-means-people.service';

const person = (id: string, channel: CardlessPerson['channel'] = 'EMAIL'): CardlessPerson => {
  return { id, username: id, displayName: id, channel };
};

function people(batches: CardlessPerson[][], holders: string[]) {
  const asked: unknown[] = [];
  const cardless = {
    countActive: async () => 122,
    async *batches() {
      yield* batches;
    },
  } as unknown as CardlessAccountService;
  const authenticators = {
    holders: async (_ids: string[], accepted: unknown) => {
      asked.push(accepted);
      return new Set(holders);
    },
  } as unknown as AuthenticatorService;
  return { asked, service: new StrongMeansPeopleService(cardless, authenticators) };
}

describe('who could not enter without password and code', () => {
  it('has neither card nor e-CPS nor a passkey or an app that the structure accepts', async () => {
    const { asked, service } = people([[person('anne'), person('paul', 'SMS')], [person('zoe')]], ['anne']);
    const accepted = { kind: 'device', identity: 'proven', totp: true } as const;
    expect(await service.of('hospital', accepted)).toEqual({
      people: 122,
      withoutCard: { count: 3, items: [person('anne'), person('paul', 'SMS'), person('zoe')] },
      withoutStrongMeans: { count: 2, items: [person('paul', 'SMS'), person('zoe')], sms: 1 },
    });
    expect(asked).toEqual([accepted, accepted]);
  });

  it('is counted whole, and named up to a hundred', async () => {
    const many = Array.from({ length: 150 }, (_, index) => person(`p${index}`));
    const found = await people([many, many], []).service.of(null, {
      kind: 'any',
      identity: 'any',
      totp: false,
    });
    expect(found.withoutStrongMeans.count).toBe(300);
    expect(found.withoutStrongMeans.items).toHaveLength(100);
  });
});
