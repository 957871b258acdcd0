import { AppError } from '@portillon/kernel';
import type { Session, SessionService, TrustedDevice, TrustedDeviceService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import { claire, OF_HOSPITAL } from '../testing/administrator.fixture';
import { AccountDeviceService } from './account-device.service';
import type { AdministeredAccountService } from '../core/administered-account.service';

const AT = new Date('2026-11-24T10:00:00.000Z');
const DEVICE = { userAgent: 'Firefox', address: '192.0.2.7' };

function devices(reachable = true) {
  const steps = new Steps();
  const session = { id: 'session', means: 'cpx', device: DEVICE, signedInAt: AT } as Session;
  const browser = { id: 'browser', device: DEVICE, codeValidUntilAt: AT, lastUsedAt: AT } as TrustedDevice;
  const service = new AccountDeviceService(
    steps.of<AdministeredAccountService>('administered', {
      read: async () => {
        if (!reachable) throw new AppError('not-found');
        return claire();
      },
    }),
    steps.of<SessionService>('sessions', { list: async () => [session] }),
    steps.of<TrustedDeviceService>('browsers', {
      list: async () => [
        { ...browser, codeStillValid: true },
        { ...browser, codeStillValid: false },
      ],
    }),
  );
  return { steps, service };
}

describe('the sessions and browsers of a person', () => {
  it('say where and since when, and by which id a session is ended', async () => {
    const at = AT.toISOString();
    expect(await devices().service.of(OF_HOSPITAL, 'claire')).toEqual({
      sessions: [{ id: 'session', means: 'cpx', device: 'Firefox', address: '192.0.2.7', signedInAt: at }],
      browsers: [
        { device: 'Firefox', codeValidUntil: at, lastUsedAt: at },
        { device: 'Firefox', codeValidUntil: null, lastUsedAt: at },
      ],
    });
  });

  it('are not looked for out of reach', async () => {
    const { steps, service } = devices(false);
    await expect(service.of(OF_HOSPITAL, 'paul')).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken).toEqual(['administered.read']);
  });
});
