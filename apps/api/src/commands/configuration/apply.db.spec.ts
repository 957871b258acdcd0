import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { AccountAdministrationService, AccountService } from '@portillon/account';
import { LegalNoticeService } from '@portillon/administration-setup';
import { StructureBrandingService, StructureService } from '@portillon/structure';
import { ConfigurationService, EntryChange, SECTIONS } from '@portillon/administration-configuration';
import { ApplicationSecretService, ApplicationService } from '@portillon/application';
import { issueToken, SystemClock, SystemRandom } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { concurrently, describeOnEveryEngine } from '@portillon/testing';
import { DataSource } from 'typeorm';
import { parse, stringify } from 'yaml';
import { PERSISTENCE_PARTS } from '../../persistence-parts';
import { faultsOf, openTestContext } from '../testing/test-context';

const SIGNING = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const SECRET = issueToken(new SystemRandom(new SystemClock())).value;
const SECRETS: Record<string, string> = { 'env:ORIENTATION': SECRET, 'env:ANNUAIRE': SIGNING };

const DIGEST = expect.stringMatching(/^[0-9a-f]{64}$/) as unknown;

const FILE = `
version: 1
structures:
  - name: Hôpital des Trois Dames
    finess: 75 071 218 4
    policy: { codeWindowHours: 12, egressAddresses: [192.0.2.0/24], fourEyes: true, strongMeansFrom: null }
    face: { displayName: ' CHU des Dames ', accent: '#FF0000', logo: '<svg viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>' }
  - { name: Centre de santé du Port, siret: '73282932000074' }
applications:
  - clientId: orientation
    name: Orientation
    kind: web
    redirectUris: [https://orientation.example/cb]
    audienceStructures: [Hôpital des Trois Dames]
    secretRef: env:ORIENTATION
  - clientId: dossier
    name: Dossier
    kind: gate
    structure: '750712184'
    redirectUris: [https://dossier.example/.portillon/callback]
    rules:
      - { paths: [/public], access: public }
      - { paths: [/], access: signed-in, structures: [Centre de santé du Port] }
webhooks:
  - { name: Annuaire, url: https://annuaire.example/portillon, events: [account.created], secretRef: env:ANNUAIRE }
administrators:
  - { username: nora.roy, email: nora@service.example, displayName: Nora Roy, roles: [national-admin] }
  - username: luc.petit
    email: luc@port.example
    displayName: Luc Petit
    roles: [professional, structure-admin]
    structure: Centre de santé du Port
legalNotice: { publisherName: GCS Santé, publisherPhone: 01 23 45 67 89, dataProtectionEmail: dpo@sante.example }
`;

describeOnEveryEngine('the configuration of a deployment as one file', PERSISTENCE_PARTS, (bench) => {
  let app: INestApplicationContext;
  let configuration: ConfigurationService;

  beforeAll(async () => {
    app = await openTestContext(bench.url);
    configuration = app.get(ConfigurationService);
  }, 60_000);
  beforeEach(() => bench.empty());
  afterAll(() => app.close());

  const read = (reference: string) => SECRETS[reference];
  const apply = (text: string, keep = true, secrets: (reference: string) => string | undefined = read) =>
    configuration.apply(parse(text), { secrets, keep });
  const exported = async () => stringify(await configuration.export(SECTIONS));
  const kinds = (changes: EntryChange[]) => changes.map(({ kind }) => kind);
  const journal = async () =>
    (await app.get(DataSource).query<{ n: number | string }[]>('SELECT COUNT(*) AS n FROM auditEvent'))[0]!.n;
  const refusal = (text: string) => faultsOf(apply(text));

  it('is made of nothing, with its journal and its invitations', async () => {
    expect(kinds(await apply(FILE))).toEqual(Array(8).fill('created'));
    const hospital = (await app.get(StructureService).findByName('Hôpital des Trois Dames'))!;
    expect(hospital).toMatchObject({ finess: '750712184', policy: { codeWindowHours: 12, fourEyes: true } });
    expect(hospital.branding).toEqual({
      displayName: 'CHU des Dames',
      logo: DIGEST,
      accent: '#b50000',
    });
    expect(await app.get(StructureBrandingService).logo(hospital.branding.logo!)).toContain('d="M0 0h9v9z"');
    expect(await app.get(LegalNoticeService).get()).toMatchObject({
      publisherName: 'GCS Santé',
      hostName: null,
      accessibilityState: 'none',
      version: 1,
    });
    const orientation = await app.get(ApplicationService).getClient('orientation');
    expect(orientation).toMatchObject({ audienceStructures: [hospital.id], scopes: ['openid', 'profile'] });
    expect(await app.get(ApplicationSecretService).matches(orientation!.secrets, SECRET)).toBe(true);
    const nora = (await app.get(AccountService).findByUsername('nora.roy'))!;
    expect(nora).toMatchObject({ status: 'INVITED', roles: ['national-admin'], passwordDigest: null });
    const lines = await app
      .get(DataSource)
      .query<{ name: string; data: string | null }[]>('SELECT name, data FROM auditEvent');
    expect(lines.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'structure_created',
        'policy_changed',
        'application_created',
        'webhook_created',
        'structure_updated',
        'legal_notice_updated',
      ]),
    );
    expect(lines.filter(({ name }) => name !== 'user_invited').map(({ data }) => data)).toEqual(
      lines.filter(({ name }) => name !== 'user_invited').map(() => expect.stringContaining('command-line')),
    );
  });

  it('changes nothing a second time, nor when it is exported and applied, and exports the same again', async () => {
    await apply(FILE);
    const [before, text] = [await journal(), await exported()];
    expect(kinds(await apply(FILE))).toEqual(Array(8).fill('left-alone'));
    expect(kinds(await apply(text, true, () => undefined))).toEqual(Array(8).fill('left-alone'));
    expect(await exported()).toBe(text);
    expect(await journal()).toBe(before);
    for (const secret of [SECRET, SIGNING]) expect(text).not.toContain(secret.slice(-20));
  });

  it('is made anew elsewhere by what was exported, once its secrets are given', async () => {
    await apply(FILE);
    const text = await exported();
    await bench.empty();
    await expect(apply(text, true, () => undefined)).rejects.toMatchObject({
      errors: [
        expect.objectContaining({ field: 'applications.1.secretRef', code: 'secret-missing' }),
        expect.objectContaining({ field: 'webhooks.0.secretRef', code: 'secret-missing' }),
      ],
    });
    await apply(text, true, (reference) => (reference.includes('WEBHOOK') ? SIGNING : SECRET));
    expect(await exported()).toBe(text);
  });

  it('says of two new applications with one secret that the second needs its own', async () => {
    const application = (clientId: string) =>
      `  - { clientId: ${clientId}, name: ${clientId}, kind: service, secretRef: env:X }\n`;
    const file = `version: 1\napplications:\n${application('first')}${application('second')}`;
    const errors = [expect.objectContaining({ field: 'applications.1.secretRef', code: 'secret-taken' })];
    await expect(apply(file, true, () => SECRET)).rejects.toMatchObject({ errors });
  });

  it('refuses a redirect address that the gate never takes, and says why', async () => {
    const file = FILE.replace('dossier.example/.portillon/callback', 'dossier.example/portillon/callback');
    await expect(apply(file)).rejects.toMatchObject({
      errors: [expect.objectContaining({ field: 'applications.1.redirectUris', code: 'redirect-of-gate' })],
    });
  });

  it('names a structure of a long name and no number wherever one is named', async () => {
    const name = 'Maison de santé pluriprofessionnelle universitaire des Trois Rivières';
    await app.get(StructureService).create(name);
    await apply(
      FILE.replace('[Hôpital des Trois Dames]', `[${name}]`).replace(
        '[Centre de santé du Port]',
        `[${name}]`,
      ),
    );
    const text = await exported();
    expect([text.split(name).length - 1, kinds(await apply(text, true, () => undefined))]).toEqual([
      3,
      Array(9).fill('left-alone'),
    ]);
  });

  it('is what the guide shows', async () => {
    const example = readFileSync(join(__dirname, '../../../../../docs/guide/gate.example.yaml'), 'utf8');
    const secrets = (reference: string) =>
      reference.includes('WEBHOOK') ? SIGNING : issueToken(new SystemRandom(new SystemClock())).value;
    expect(kinds(await apply(example, true, secrets))).toEqual(Array(9).fill('created'));
    expect(kinds(await apply(example, false, () => undefined))).toEqual(Array(9).fill('left-alone'));
  });

  it('says by name what differs, and writes nothing for a dry run', async () => {
    await apply(FILE);
    const before = await exported();
    const changed = FILE.replace('codeWindowHours: 12', 'codeWindowHours: 8')
      .replace('access: public', 'access: closed')
      .replace('annuaire.example/portillon', 'annuaire.example/v2')
      .replace("'#FF0000'", 'null')
      .replace('M0 0h9v9z', 'M0 0h9v9H0z')
      .replace('GCS Santé', 'GIP Santé');
    const told = (await apply(changed, false)).filter(({ kind }) => kind === 'changed');
    expect(told).toEqual([
      expect.objectContaining({
        name: 'Hôpital des Trois Dames',
        fields: [
          { field: 'codeWindowHours', from: 12, to: 8 },
          { field: 'logo', from: DIGEST, to: DIGEST },
          { field: 'accent', from: '#b50000', to: null },
        ],
      }),
      expect.objectContaining({ name: 'Dossier', fields: [expect.objectContaining({ field: 'rules' })] }),
      expect.objectContaining({
        name: 'Annuaire',
        fields: [
          { field: 'url', from: 'https://annuaire.example/portillon', to: 'https://annuaire.example/v2' },
        ],
      }),
      expect.objectContaining({
        section: 'legalNotice',
        fields: [{ field: 'publisherName', from: 'GCS Santé', to: 'GIP Santé' }],
      }),
    ]);
    expect(await exported()).toBe(before);
  });

  it('is not applied at all when a later section is wrong, and names everything that is', async () => {
    const wrong = FILE.replace('finess: 75 071 218 4', "finess: '123456789'")
      .replace(
        'redirectUris: [https://orientation.example/cb]',
        'redirectUris: [http://orientation.example/cb]',
      )
      .replace('url: https://annuaire', 'url: http://annuaire');
    expect(await refusal(wrong)).toEqual([
      'structures.0.finess invalid',
      'applications.0.audienceStructures structure-unknown',
      'applications.1.structure structure-unknown',
      'webhooks.0.url url-refused',
    ]);
    expect(Number(await journal())).toBe(0);
    expect(parse(await exported())).toMatchObject({ structures: [], applications: [], administrators: [] });
  });

  it('never changes what an application is', async () => {
    await apply(FILE);
    expect(await refusal(FILE.replace('kind: web', 'kind: native'))).toContain('applications.0.kind fixed');
  });

  it('leaves alone what the file does not list, and what an entry leaves out', async () => {
    await apply(FILE);
    const before = parse(await exported()) as { structures: object[] };
    await apply("version: 1\nstructures: [{ name: Hôpital Nord, finess: '750712184' }]");
    const after = parse(await exported()) as { structures: object[] };
    expect(after.structures).toEqual([
      before.structures[0],
      { ...before.structures[1], name: 'Hôpital Nord' },
    ]);
  });

  it('leaves alone what a face and the texts of the law leave out, and takes away what is null', async () => {
    await apply(FILE);
    const before = parse(await exported()) as { structures: { face: object }[]; legalNotice: object };
    const changes = await apply(`version: 1
structures: [{ name: Hôpital des Trois Dames, finess: '750712184', face: { logo: null } }]
legalNotice: { publisherPhone: ' ' }`);
    expect(changes.map(({ fields }) => fields)).toEqual([
      [{ field: 'logo', from: DIGEST, to: null }],
      [{ field: 'publisherPhone', from: '01 23 45 67 89', to: null }],
    ]);
    const after = parse(await exported()) as typeof before;
    expect(after.structures[1]!.face).toEqual({ ...before.structures[1]!.face, logo: null });
    expect(after.legalNotice).toEqual({ ...before.legalNotice, publisherPhone: null });
  });

  it('gives and takes the roles of an account that is there, and keeps the last national administrator', async () => {
    await apply(FILE);
    const { id } = (await app.get(AccountService).findByUsername('nora.roy'))!;
    await app.get(DataSource).query(`UPDATE account SET status = 'ACTIVE' WHERE id = '${id}'`);
    const lesser = FILE.replace(
      'roles: [national-admin]',
      "roles: [structure-admin], structure: '750712184'",
    );
    await expect(apply(lesser)).rejects.toMatchObject({
      errors: [{ field: 'administrators.0', code: 'administrator.last' }],
    });
    const both = FILE.replace(
      'roles: [national-admin]',
      "roles: [national-admin, structure-admin], structure: '750712184'",
    );
    const changes = await apply(both);
    expect(changes.at(-3)).toMatchObject({
      name: 'nora.roy',
      fields: [
        { field: 'roles', from: ['national-admin'], to: ['national-admin', 'structure-admin'] },
        { field: 'structure', from: null, to: '750712184' },
      ],
    });
  });

  const TREE = `version: 1
structures:
  - { name: Hôpital des Trois Dames, finess: '750712184', parent: ght du littoral }
  - { name: Centre de santé du Port, siret: '73282932000074', parent: '750712184' }
  - { name: GHT du Littoral, kind: grouping, parent: Région Ouest }
  - { name: Région Ouest, kind: grouping }`;
  const GROUPED = TREE.replace("parent: '750712184'", 'parent: GHT du Littoral');

  it('puts structures below their parents, which may be later entries', async () => {
    expect((await apply(GROUPED)).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'Hôpital des Trois Dames created',
      'Centre de santé du Port created',
      'GHT du Littoral created',
      'Région Ouest created',
    ]);
    const structures = app.get(StructureService);
    const hospital = (await structures.findByName('Hôpital des Trois Dames'))!;
    const above = await structures.findAbove(hospital.id);
    expect(above.map(({ name }) => name)).toEqual(['GHT du Littoral', 'Région Ouest']);
    const text = await exported();
    expect(kinds(await apply(text))).toEqual(Array(5).fill('left-alone'));
    await bench.empty();
    await apply(text);
    expect(await exported()).toBe(text);
    const moved = await apply(GROUPED.replace('parent: ght du littoral', 'parent: null'));
    expect(moved[0]!.fields).toEqual([{ field: 'parent', from: 'GHT du Littoral', to: null }]);
  });

  it('refuses a parent that is no grouping, is unknown, or is below', async () => {
    expect(await refusal(TREE)).toEqual(['structures.1.parent parent-not-grouping']);
    expect(await refusal(GROUPED.replace('Région Ouest }', 'Région Est }'))).toContain(
      'structures.2.parent structure-unknown',
    );
    await apply(GROUPED);
    const circle = GROUPED.replace(/grouping }$/, 'grouping, parent: GHT du Littoral }');
    expect(await refusal(circle)).toEqual(['structures.3.parent parent-below']);
  });

  it('opens no account that was closed', async () => {
    await apply(FILE);
    const { id } = (await app.get(AccountService).findByUsername('luc.petit'))!;
    await app.get(Transactions).run((tx) => app.get(AccountAdministrationService).deactivate(id, tx));
    expect(await refusal(FILE)).toEqual(['administrators.1.username account-closed']);
  });

  it('is made once when several commands apply it at the same moment', async () => {
    const { results, errors } = await concurrently(4, () => apply(FILE));
    const made = results.filter((changes) => kinds(changes).includes('created'));
    expect([made.length, errors]).toEqual([1, []]);
    expect(kinds(await apply(FILE))).toEqual(Array(8).fill('left-alone'));
  });
});
