import type { Environment } from '../environment.types';
import { readSettings } from './read-settings';
import { complete } from '../testing/settings.fixture';

describe('passkeys', () => {
  const passkeysOf = (environment: Environment) =>
    readSettings({ ...complete, PUBLIC_URL: 'https://portillon.hopital.example', ...environment }, '/nowhere')
      .passkeys;

  it('are off unless they are switched on', () => {
    expect(passkeysOf({})).toBeNull();
    expect(passkeysOf({ PASSKEY_RP_ID: 'hopital.example' })).toBeNull();
  });

  it('are used by the pages of other origins that are named', () => {
    const PASSKEY_RELATED_ORIGINS = 'https://orientation.example, https://sante.example/';
    expect(passkeysOf({ PASSKEYS: 'on', PASSKEY_RELATED_ORIGINS })?.relatedOrigins).toEqual([
      'https://orientation.example',
      'https://sante.example',
    ]);
    expect(passkeysOf({ PASSKEYS: 'on' })?.relatedOrigins).toEqual([]);
  });

  it('keep their former domain where it lets the new one use them', () => {
    const moved = { PASSKEYS: 'on', PASSKEY_RP_ID: 'orientation.example' };
    const PASSKEY_RELATED_ORIGINS = 'https://portillon.hopital.example';
    expect(passkeysOf({ ...moved, PASSKEY_RELATED_ORIGINS })?.rpId).toBe('orientation.example');
    expect(() => passkeysOf({ ...moved, PASSKEY_RELATED_ORIGINS: 'https://sante.example' })).toThrow(
      'PASSKEY_RP_ID',
    );
  });

  it('are made for the domain that people see, or for one above it', () => {
    expect(passkeysOf({ PASSKEYS: 'on' })).toMatchObject({ rpId: 'portillon.hopital.example' });
    expect(passkeysOf({ PASSKEYS: 'on', PASSKEY_RP_ID: 'hopital.example' })).toMatchObject({
      rpId: 'hopital.example',
    });
  });
});
