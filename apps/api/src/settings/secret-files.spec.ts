import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentReader } from './environment-reader';
import { credentialFiles } from './secret-files';

describe('the folder of secrets that systemd passes on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-credentials-'));
  const file = (name: string) => join(folder, name);
  const credentials = { CREDENTIALS_DIRECTORY: folder };

  beforeAll(() => {
    writeFileSync(file('portillon_redis-url'), 'redis://127.0.0.1:6379\n');
    writeFileSync(file('portillon_dkim-key'), 'PEM');
    writeFileSync(file('vendor-key'), 'of another LoadCredential= line');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('names the file of each setting', () =>
    expect(credentialFiles(credentials)).toEqual({
      REDIS_URL_FILE: file('portillon_redis-url'),
      DKIM_KEY_FILE: file('portillon_dkim-key'),
    }));

  it('holds what the settings read', () =>
    expect(new EnvironmentReader(credentialFiles(credentials)).text('REDIS_URL')).toBe(
      'redis://127.0.0.1:6379',
    ));

  it('is none outside systemd', () => expect(credentialFiles({})).toEqual({}));
});
