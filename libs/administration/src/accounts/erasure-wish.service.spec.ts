import { AppError } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { ActSteps } from '../testing/act.fixture';
import { claire, OF_HOSPITAL } from '../testing/administrator.fixture';
import type { ChangeHoldService } from './change-hold.service';
import { erasureWish, isPastDay } from './erasure-wish';
import { ErasureWishService } from './erasure-wish.service';

const WISH = { receivedOn: '2026-11-01', reason: 'Lettre du 1er novembre' };
const NOW = new Date('2026-11-20T10:00:00Z');

function wishes({ erased = false, refusal }: { erased?: boolean; refusal?: Error } = {}) {
  const steps = new ActSteps(claire(erased ? { email: '' } : {}), refusal);
  const held: unknown[] = [];
  const clock = new SettableClock();
  clock.set(NOW);
  const service = new ErasureWishService(
    steps.transactions,
    steps.administered,
    steps.lastAdministrator,
    steps.of<ChangeHoldService>('changeHold', {
      hold: async (_administrator, _account, change, reason) => void held.push([change, reason]),
    }),
    clock,
  );
  return { steps, held, request: (wish = WISH) => service.request(OF_HOSPITAL, 'claire', wish) };
}

describe('an erasure that somebody asked for by another means', () => {
  it('waits, with when the request came and why, as the second administrator reads it', async () => {
    const { steps, held, request } = wishes();
    await request();
    expect(steps.taken).toEqual([
      'administered.touchOther',
      'begin',
      'lastAdministrator.requireAnother(tx)',
      'administered.claim(tx)',
      'changeHold.hold(tx)',
      'commit',
      'administered.get',
    ]);
    const change = { kind: 'erasure', value: '2026-11-01 Lettre du 1er novembre' };
    expect(held).toEqual([[change, WISH.reason]]);
    expect(erasureWish(change.value)).toEqual(WISH);
  });

  it.each([
    ['receivedOn', { ...WISH, receivedOn: '2026-11-22' }],
    ['receivedOn', { ...WISH, receivedOn: '0000-01-01' }],
    ['receivedOn', { ...WISH, receivedOn: '2018-05-24' }],
    ['receivedOn', { ...WISH, receivedOn: '2026-02-30' }],
    ['receivedOn', { ...WISH, receivedOn: 'hier' }],
  ])('needs a %s that is one', async (field, wish) => {
    const { steps, request } = wishes();
    await expect(request(wish)).rejects.toMatchObject({
      code: 'validation.failed',
      errors: [{ field }],
    });
    expect(steps.taken).toEqual(['administered.touchOther']);
  });

  it('is refused of who is erased already, and of the last national administrator', async () => {
    await expect(wishes({ erased: true }).request()).rejects.toMatchObject({ code: 'account.state' });
    const last = wishes({ refusal: new AppError('administrator.last') });
    await expect(last.request()).rejects.toMatchObject({ code: 'administrator.last' });
    expect(last.held).toEqual([]);
  });

  it('takes the day that has begun in Nouméa, and none after', () => {
    expect(isPastDay('2026-11-21', new Date('2026-11-20T13:00:00Z'))).toBe(true);
    expect(isPastDay('2026-11-21', new Date('2026-11-20T11:59:00Z'))).toBe(false);
  });
});
