import { HOUR, MINUTE } from '@portillon/kernel';
import { SessionPolicy, type SessionService } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import { requestTo, sessionOf } from '../testing/gate-bench';
import { GateUseService } from './gate-use.service';

/** Whether use at this many milliseconds after the session's last one pushes its idle limit. */
async function isPushed(afterMs: number, { byPerson = true, endsInMs = 4 * HOUR } = {}): Promise<boolean> {
  const clock = new SettableClock();
  const expiresAt = new Date(clock.now().getTime() + endsInMs);
  const idleExpiresAt = new Date(Math.min(clock.now().getTime() + 30 * MINUTE, expiresAt.getTime()));
  const session = sessionOf('session', clock.now(), { expiresAt, idleExpiresAt });
  const pushed: string[] = [];
  const sessions = {
    renew: async ({ id }: { id: string }) => void pushed.push(id),
  } as unknown as SessionService;
  clock.advance(afterMs);
  await new GateUseService(sessions, new SessionPolicy(), clock).note(session, {
    ...requestTo('/'),
    byPerson,
  });
  return pushed.length > 0;
}

describe('work at an application behind the gate', () => {
  it('pushes the idle limit of the session, once a minute', async () => {
    expect(await isPushed(59_000)).toBe(false);
    expect(await isPushed(MINUTE)).toBe(true);
  });

  it('is none when a page polls', async () => {
    expect(await isPushed(MINUTE, { byPerson: false })).toBe(false);
  });

  it('cannot push what ends at the absolute limit', async () => {
    expect(await isPushed(MINUTE, { endsInMs: 20 * MINUTE })).toBe(false);
  });
});
