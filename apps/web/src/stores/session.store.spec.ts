import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { challenge, NOW, session } from '../../test/samples';
import { ApiProblem } from '../api/problem';
import * as api from '../api/session.api';
import { keepChallenge, keptChallenge } from '../composables/codes/kept-challenge';
import { useSessionStore } from './session.store';

vi.mock('../api/session.api');
const server = vi.mocked(api);
const refuse = (code: string) => Promise.reject(new ApiProblem(code));

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  vi.resetAllMocks();
});

describe('who is signed in', () => {
  it('is asked once', async () => {
    server.readSession.mockResolvedValue(session());
    const sessions = useSessionStore();
    await sessions.load(true);
    await sessions.load(true);
    expect(server.readSession).toHaveBeenCalledTimes(1);
    expect(sessions.account?.displayName).toBe('Claire Martin');
  });

  it('is no one at a first visit, without a farewell', async () => {
    server.readSession.mockImplementation(() => refuse('session.required'));
    const sessions = useSessionStore();
    await sessions.load(true);
    expect(sessions.signedIn).toBe(false);
    expect(sessions.farewell).toBeNull();
  });

  it('needs a code at the 24-hour limit, asked only where a page wants it', async () => {
    server.readSession.mockImplementation(() => refuse('code.required'));
    server.getSession.mockResolvedValue(session());
    const sessions = useSessionStore();
    await sessions.load(false);
    expect(server.getSession).not.toHaveBeenCalled();
    await sessions.load(true);
    expect(sessions.signedIn).toBe(true);
  });

  it('is unknown while the service is silent: a public page opens, another explains it', async () => {
    server.readSession.mockImplementation(() => refuse('unreachable'));
    const sessions = useSessionStore();
    await sessions.load(false);
    await expect(sessions.load(true)).rejects.toMatchObject({ code: 'unreachable' });
  });
});

describe('a session that changes under the page', () => {
  it('closes the page when another person signed in with this browser', async () => {
    const sessions = useSessionStore();
    sessions.adopt(session());
    keepChallenge(challenge({ purpose: 'phone-verification' }));
    const other = { ...session().account, id: 'a2' };
    server.getSession.mockResolvedValue(session({ account: other }));
    await sessions.verify();
    expect(sessions.signedIn).toBe(false);
    expect(sessions.farewell).toBe('someone-else');
    expect(keptChallenge('phone-verification')).toBeNull();
  });

  it('takes the limits that another tab pushed', async () => {
    const sessions = useSessionStore();
    sessions.adopt(session());
    const pushed = session({ idleExpiresAt: '2026-11-24T12:00:00.000Z' });
    server.getSession.mockResolvedValue(pushed);
    await sessions.verify();
    expect(sessions.session).toEqual(pushed);
  });
});

describe('signing out', () => {
  it('closes the other tabs at once', async () => {
    vi.useRealTimers();
    const otherTab = useSessionStore();
    otherTab.adopt(session());
    setActivePinia(createPinia());
    server.signOut.mockResolvedValue(null);
    await useSessionStore().leave();
    await vi.waitFor(() => expect(otherTab.farewell).toBe('signed-out'));
    expect(otherTab.signedIn).toBe(false);
  });

  it('says goodbye also where what the page asked meanwhile is refused first', async () => {
    const sessions = useSessionStore();
    sessions.adopt(session());
    server.signOut.mockImplementation(async () => {
      sessions.lose();
      return null;
    });
    await sessions.leave();
    sessions.lose();
    expect(sessions.farewell).toBe('signed-out');
  });

  it('says goodbye also in another tab that noticed it before', async () => {
    vi.useRealTimers();
    const otherTab = useSessionStore();
    otherTab.adopt(session());
    otherTab.lose();
    expect(otherTab.farewell).toBe('ended');
    setActivePinia(createPinia());
    server.signOut.mockResolvedValue(null);
    await useSessionStore().leave();
    await vi.waitFor(() => expect(otherTab.farewell).toBe('signed-out'));
  });

  it('for the next person ends the session and says no goodbye', async () => {
    server.signOut.mockResolvedValue(null);
    const sessions = useSessionStore();
    sessions.adopt(session());
    await sessions.changePerson();
    expect(server.signOut).toHaveBeenCalledOnce();
    expect([sessions.signedIn, sessions.farewell]).toEqual([false, null]);
  });

  it('ends here what is already ended there', async () => {
    server.signOut.mockImplementation(() => refuse('session.required'));
    const sessions = useSessionStore();
    sessions.adopt(session());
    await sessions.leave();
    expect(sessions.farewell).toBe('signed-out');
  });

  it('never pretends: without an answer the person is still signed in, and warned', async () => {
    const sessions = useSessionStore();
    sessions.adopt(session());
    for (const code of ['unreachable', 'internal', 'service.busy', 'origin.refused']) {
      server.signOut.mockImplementation(() => refuse(code));
      await expect(sessions.leave()).rejects.toMatchObject({ code });
      expect(sessions.signedIn).toBe(true);
    }
  });
});
