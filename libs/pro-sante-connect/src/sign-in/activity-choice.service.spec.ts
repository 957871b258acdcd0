import { Keyring, MINUTE, shift, SystemRandom } from '@portillon/kernel';
import { SettableClock, Steps } from '@portillon/testing';
import type { Identity } from '../provider/identity.types';
import type { ActivityChoiceEntity } from './activity-choice.entity';
import type { ActivityChoiceRepository } from './activity-choice.repository';
import { ActivityChoiceService } from './activity-choice.service';

const IDENTITY = { subject: 'f:1', nationalId: '899700366240' } as unknown as Identity;

function choices() {
  const rows = new Map<string, ActivityChoiceEntity>();
  const clock = new SettableClock();
  const repository = new Steps().of<ActivityChoiceRepository>('rows', {
    insert: async (row: ActivityChoiceEntity) => void rows.set(row.id, row),
    findOpen: async (id: string, now: Date) => {
      const row = rows.get(id);
      return row && row.expiresAt > now ? row : null;
    },
  } as unknown as Partial<ActivityChoiceRepository>);
  const keyring = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 7).fill(9, 3) }]);
  const service = new ActivityChoiceService(repository, clock, new SystemRandom(clock), keyring);
  return { rows, clock, service };
}

describe('a person who has several activities', () => {
  it('is found again in their browser with what PSC has proved, which no table shows', async () => {
    const { rows, service } = choices();
    const token = await service.offer(IDENTITY, '/mon-compte');
    expect(await service.find(token)).toMatchObject({ identity: IDENTITY, returnTo: '/mon-compte' });
    expect(JSON.stringify([...rows.values()])).not.toContain('899700366240');
  });

  it('chooses within a quarter of an hour', async () => {
    const { clock, service } = choices();
    const begin = clock.now();
    const token = await service.offer(IDENTITY, '/');
    clock.set(shift(begin, 15 * MINUTE - 1));
    expect(await service.find(token)).toBeDefined();
    clock.set(shift(begin, 15 * MINUTE));
    expect(await service.find(token)).toBeUndefined();
  });

  it('is not found by a guess, nor by the token of another', async () => {
    const { service } = choices();
    const token = await service.offer(IDENTITY, '/');
    const other = await service.offer(IDENTITY, '/');
    const mixed = `${token.split('.')[0]}.${other.split('.')[1]}`;
    for (const guess of [undefined, '', 'text', mixed]) expect(await service.find(guess)).toBeUndefined();
  });
});
