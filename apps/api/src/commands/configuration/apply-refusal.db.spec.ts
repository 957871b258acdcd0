import type { INestApplicationContext } from '@nestjs/common';
import { ConfigurationService } from '@portillon/administration-configuration';
import { describeOnEveryEngine } from '@portillon/testing';
import { parse } from 'yaml';
import { PERSISTENCE_PARTS } from '../../persistence-parts';
import { faultsOf, openTestContext } from '../testing/test-context';

describeOnEveryEngine('a file of configuration that is wrong', PERSISTENCE_PARTS, (bench) => {
  let app: INestApplicationContext;

  beforeAll(async () => {
    app = await openTestContext(bench.url);
  }, 60_000);
  afterAll(() => app.close());

  it.each([
    ['another version', 'version: 2', ['version choice']],
    ['a section that is not known', 'version: 1\nrobots: []', ['robots unknown-field']],
    [
      'a field that the API does not know',
      'version: 1\nstructures: [{ name: N, color: red }]',
      ['structures.0.color unknown-field'],
    ],
    [
      'a number where a text is',
      'version: 1\nstructures: [{ name: N, finess: 750712184 }]',
      ['structures.0.finess type'],
    ],
    [
      'null where a rule has none',
      'version: 1\nstructures: [{ name: N, policy: { fourEyes: null } }]',
      ['structures.0.policy.fourEyes type'],
    ],
    [
      'a structure without a number',
      'version: 1\nstructures: [{ name: N }]',
      ['structures.0.finess required'],
    ],
    [
      'a secret in the file',
      `version: 1\nwebhooks: [{ name: A, url: 'https://a.example', events: [account.created], secretRef: whsec_c2VjcmV0 }]`,
      ['webhooks.0.secretRef format'],
    ],
    [
      'a role that administers nothing',
      'version: 1\nadministrators: [{ username: a.b, email: a@b.example, displayName: A, roles: [professional] }]',
      ['administrators.0.roles administrator-role'],
    ],
    [
      'a logo that runs something',
      `version: 1\nstructures: [{ name: N, finess: '750712184', face: { logo: '<svg viewBox="0 0 9 9" onload="x"/>' } }]`,
      ['structures.0.face.logo active'],
    ],
    [
      'a colour that is none',
      "version: 1\nstructures: [{ name: N, finess: '750712184', face: { accent: red } }]",
      ['structures.0.face.accent format'],
    ],
    [
      'an accessibility that nobody audited',
      'version: 1\nlegalNotice: { accessibilityState: full, publisherName: GCS }',
      ['legalNotice.accessibilityAuditedOn invalid', 'legalNotice.accessibilityAuditor invalid'],
    ],
    [
      'a state of accessibility that there is not',
      'version: 1\nlegalNotice: { accessibilityState: null, publisher: GCS }',
      ['legalNotice.publisher unknown-field', 'legalNotice.accessibilityState choice'],
    ],
    ['several legal notices', 'version: 1\nlegalNotice: [{ publisherName: GCS }]', ['legalNotice format']],
    [
      'what is wrong in its sections, its fields and what they name, all at once',
      `version: 1
robots: []
webhooks: {}
structures: [{ name: N, finess: 750712184 }, { name: M, finess: '750712184', color: red }]
administrators:
  - { username: a.b, email: a@b.example, displayName: A, roles: [professional] }
  - { username: c.d, email: c@d.example, displayName: C, roles: [king] }
legalNotice: { accessibilityState: full }`,
      [
        'robots unknown-field',
        'webhooks type',
        'structures.0.finess type',
        'structures.1.color unknown-field',
        'administrators.0.roles administrator-role',
        'administrators.1.roles choice',
        'legalNotice.accessibilityAuditedOn invalid',
        'legalNotice.accessibilityAuditor invalid',
      ],
    ],
    [
      'the same twice',
      "version: 1\nstructures: [{ name: N, finess: '750712184' }, { name: M, finess: '750712184' }]",
      ['structures.1 repeated'],
    ],
  ])('is refused for %s', async (_what, text, faults) => {
    const applying = app
      .get(ConfigurationService)
      .apply(parse(text), { secrets: () => undefined, keep: true });
    expect(await faultsOf(applying)).toEqual(faults);
  });
});
