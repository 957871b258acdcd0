import { readSettings } from './read-settings';
import { complete } from '../testing/settings.fixture';

it.each([
  ['', false],
  ['off', false],
  ['on', true],
])('authenticator apps with TOTP=%s are taken: %s', (TOTP, expected) => {
  expect(readSettings({ ...complete, TOTP }, '/nowhere').totp).toBe(expected);
});

it.each([
  [{ TOTP: 'on' }, false],
  [{ RECOVERY_CODES: 'off' }, false],
  [{ RECOVERY_CODES: 'on', TOTP: 'on' }, true],
  [{ RECOVERY_CODES: 'on', PASSKEYS: 'on' }, true],
])('recovery codes are made only where the deployment says so: %j, %s', (set, expected) => {
  expect(readSettings({ ...complete, ...set }, '/nowhere').recoveryCodes).toBe(expected);
});
