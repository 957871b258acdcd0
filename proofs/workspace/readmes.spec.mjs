import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { SmtpSink } from '../../libs/testing/src/services/smtp-sink';
import { ThrowAwayMariadb } from '../../libs/testing/src/services/throw-away-mariadb';
import { DemoServer } from '../strangers/server.mjs';
import { compileExamples, examples, installReadmes, printed } from './readmes.mjs';

const EXAMPLES = examples();
/** Packages that another team installs for its application. */
const TAKEN_ALONE =
  'account api-client application audit auth authenticator credential http kernel nest-guard notification openid otp outbound persistence rate-limit scim session structure webhook';
const TABLES = {
  name: 'tables-beside',
  text: readFileSync(join(import.meta.dirname, 'tables-beside/tables-beside.ts'), 'utf8'),
};
const KINDS = ['mjs', 'cjs'];

describe('the READMEs of the libraries', () => {
  const sink = new SmtpSink();
  let mariadb, portillon, scratch;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'portillon-readmes-'));
    [mariadb, portillon] = await Promise.all([
      ThrowAwayMariadb.start(),
      DemoServer.start(join(scratch, 'demo')),
      sink.start(),
    ]);
  });
  afterAll(async () => {
    await portillon?.stop();
    await mariadb?.stop();
    await sink.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  /** An embedded database and one on MariaDB, both empty. */
  async function databases() {
    const name = `readme_${randomBytes(6).toString('hex')}`;
    return [join(scratch, `${name}.db`), await mariadb.createDatabase(name)];
  }

  /** Output of a program as an ES module and as CommonJS on each engine: four results. */
  async function onEach(folder, name) {
    const answers = [];
    for (const kind of KINDS)
      for (const url of await databases())
        answers.push(
          await printed(folder, `${name}.${kind}`, {
            DATABASE_URL: url,
            SECRET_KEYS: `2026:${randomBytes(32).toString('base64')}`,
            SMTP_URL: sink.url,
            PORTILLON_URL: portillon.url,
          }),
        );
    return answers;
  }

  it('show an example that runs, of every library that is taken alone', () => {
    expect(EXAMPLES.map(({ lib }) => lib)).toEqual(expect.arrayContaining(TAKEN_ALONE.split(' ')));
    expect(EXAMPLES.filter(({ expected }) => expected.length === 0)).toEqual([]);
  });

  describe.each([11, 12])('with NestJS %i', (nest) => {
    let folder;

    beforeAll(async () => {
      const libs = EXAMPLES.map(({ lib }) => lib);
      folder = await installReadmes(nest, inject('packages'), libs);
      await compileExamples(folder, [...EXAMPLES.map(({ lib, text }) => ({ name: lib, text })), TABLES]);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each(EXAMPLES)('$lib prints what its README says', async ({ lib, expected }) => {
      expect(await onEach(folder, lib)).toEqual(Array(4).fill(expected));
    });

    it('keeps tables of the application that are called like those of the libraries', async () => {
      const lines = ['Claire Martin, 0 waiting', 'used once', 'Claire', 'SENT', 'Amphi B', '1250', '12'];
      expect(await onEach(folder, 'tables-beside')).toEqual(Array(4).fill(lines));
    });
  });
});
