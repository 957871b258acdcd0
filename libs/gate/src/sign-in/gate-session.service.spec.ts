import { issueToken, parseToken, secretMatches, SystemRandom } from '@portillon/kernel';
import { SettableClock, Steps } from '@portillon/testing';
import type { GateSessionEntity, GateSessionRepository } from './gate-session.repository';
import { GateSessionService } from './gate-session.service';
import type { GateSignInRepository } from './gate-sign-in.repository';
import type { GateSignIn } from './own-pages';

const SESSION = { sessionId: 'session', sid: 'sid', expiresAt: new Date('2026-11-25') };
const SIGN_IN = { id: 'sign-in', applicationId: 'app' } as GateSignIn;

function opening(isFirst = true) {
  const steps = new Steps();
  const rows: GateSessionEntity[] = [];
  const deleted: string[] = [];
  const clock = new SettableClock();
  const service = new GateSessionService(
    steps.of<GateSignInRepository>('signIns', { use: async () => isFirst }),
    steps.of<GateSessionRepository>('sessions', {
      insert: async (row) => void rows.push(row),
      delete: async (id, applicationId) => void deleted.push(`${id} of ${applicationId}`),
    }),
    steps.transactions,
    clock,
    new SystemRandom(clock),
  );
  return { steps, rows, deleted, open: (former?: string) => service.open(SIGN_IN, SESSION, former) };
}

describe('the session of an application behind the gate', () => {
  it('opens once its sign-in is used up, in one transaction, and keeps no secret of its cookie', async () => {
    const { steps, rows, open } = opening();
    const token = await open();
    expect(steps.taken).toEqual(['begin', 'signIns.use(tx)', 'sessions.insert(tx)', 'commit']);
    const { id, secret } = parseToken(token)!;
    expect(rows).toMatchObject([{ ...SESSION, id, applicationId: 'app' }]);
    expect(secretMatches(secret, rows[0]!.secretDigest)).toBe(true);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('takes the place of the one that the browser had, at this application alone', async () => {
    const { steps, deleted, open } = opening();
    const former = issueToken(new SystemRandom(new SettableClock()));
    await open(former.value);
    expect(deleted).toEqual([`${former.id} of app`]);
    expect(steps.taken).toEqual([
      'begin',
      'signIns.use(tx)',
      'sessions.delete(tx)',
      'sessions.insert(tx)',
      'commit',
    ]);
  });

  it('leaves a cookie of nothing alone', async () => {
    const { deleted, open } = opening();
    await open('text');
    expect(deleted).toEqual([]);
  });

  it('does not open for the second of two with one sign-in', async () => {
    const { rows, deleted, open } = opening(false);
    expect(await open(issueToken(new SystemRandom(new SettableClock())).value)).toBeUndefined();
    expect([rows, deleted]).toEqual([[], []]);
  });
});
