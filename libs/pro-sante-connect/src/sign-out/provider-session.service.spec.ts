import { Keyring, MINUTE, parseToken, shift, SystemRandom } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { SettableClock, Steps } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import type { Identity } from '../provider/identity.types';
import type { ProviderSessionEntity } from './provider-session.entity';
import type { ProviderSessionRepository } from './provider-session.repository';
import { ProviderSessionService } from './provider-session.service';

const IDENTITY = { subject: 'f:1', sid: 'psc-session', idToken: 'the.id.token' } as Identity;
const SESSION = {
  id: new SystemRandom(new SettableClock()).id(),
  expiresAt: new Date('2026-11-25'),
} as Session;

function sessions() {
  const steps = new Steps();
  const rows = new Map<string, ProviderSessionEntity>();
  const clock = new SettableClock();
  const repository = steps.of<ProviderSessionRepository>('rows', {
    insert: async (row: ProviderSessionEntity) => void rows.set(row.sessionId, row),
    remove: async (id: string) => void rows.delete(id),
    find: async (id: string) => rows.get(id) ?? null,
    beginSignOut: async (id: string, signOutDigest: string) => {
      const row = rows.get(id);
      if (row) rows.set(id, { ...row, signOutDigest });
      return row !== undefined;
    },
    removeSignedOut: async (id: string, digest: string) =>
      rows.get(id)?.signOutDigest === digest && rows.delete(id),
  } as unknown as Partial<ProviderSessionRepository>);
  const keyring = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 7).fill(9, 3) }]);
  const service = new ProviderSessionService(repository, clock, new SystemRandom(clock), keyring);
  const inOne = <Result>(work: (tx: EntityManager) => Promise<Result>) => steps.transactions.run(work);
  return { steps, rows, clock, service, inOne };
}

describe('a session that Pro Santé Connect opened', () => {
  it('is kept under the name that PSC has for it, and its token is not to be read', async () => {
    const { steps, rows, service, inOne } = sessions();
    await inOne((tx) => service.keep(SESSION, IDENTITY, tx));
    expect(rows.get(SESSION.id)).toMatchObject({ subject: 'f:1', sid: 'psc-session', signOutDigest: null });
    expect(JSON.stringify([...rows.values()])).not.toContain('the.id.token');
    expect(steps.taken).toEqual(['begin', 'rows.insert(tx)', 'commit']);
  });

  it('takes the place of the one that was proved there before', async () => {
    const { steps, service, inOne } = sessions();
    await inOne((tx) => service.keepAnew(SESSION, IDENTITY, tx));
    expect(steps.taken).toEqual(['begin', 'rows.remove(tx)', 'rows.insert(tx)', 'commit']);
  });

  it('gives its token once to the browser that signs out, and to no other', async () => {
    const { service, inOne } = sessions();
    await inOne((tx) => service.keep(SESSION, IDENTITY, tx));
    const token = (await service.beginSignOut(SESSION.id))!;
    const other = (await sessions().service.keepTurnedAway(IDENTITY)).split('.')[1];
    for (const guess of [undefined, '', 'text', `${SESSION.id}.${other}`])
      expect(await service.takeIdToken(guess)).toBeUndefined();
    expect(await service.takeIdToken(token)).toBe('the.id.token');
    expect(await service.takeIdToken(token)).toBeUndefined();
  });

  it('gives it to no one before a sign-out has begun, and begins none of a session that is not of PSC', async () => {
    const { service, inOne } = sessions();
    await inOne((tx) => service.keep(SESSION, IDENTITY, tx));
    const token = (await sessions().service.keepTurnedAway(IDENTITY)).split('.')[1];
    expect(await service.takeIdToken(`${SESSION.id}.${token}`)).toBeUndefined();
    expect(await service.beginSignOut('another')).toBeUndefined();
  });
});

describe('a person who was proved and may not enter', () => {
  it('can end their session at PSC for a quarter of an hour, which ends none of ours', async () => {
    const { rows, clock, service } = sessions();
    const token = await service.keepTurnedAway(IDENTITY);
    const row = rows.get(parseToken(token)!.id)!;
    expect(row).toMatchObject({ sid: null, expiresAt: shift(clock.now(), 15 * MINUTE) });
    expect(await service.takeIdToken(token)).toBe('the.id.token');
  });
});
