import type { INestApplicationContext } from '@nestjs/common';
import { AccountAdministrationService, AccountService } from '@portillon/account';
import { StructureService } from '@portillon/structure';
import { AuditSealService, AuditService } from '@portillon/audit';
import { Clock, HOUR, addMilliseconds } from '@portillon/kernel';
import { SigningKeyService } from '@portillon/openid';
import { Transactions } from '@portillon/persistence';
import { describeOnEveryEngine } from '@portillon/testing';
import { DataSource, type EntityManager } from 'typeorm';
import { PERSISTENCE_PARTS } from '../../persistence-parts';
import { StatementService } from '@portillon/operation';
import { twilio } from '../../settings/testing/settings.fixture';
import { openTestContext, testEnvironment } from '../testing/test-context';
import { stateTrust, TrustOptions } from './trust';

const PSC = {
  PSC_DISCOVERY_URL: 'https://psc.example/.well-known/openid-configuration',
  PSC_CLIENT_ID: 'portillon',
  PSC_CLIENT_SECRET: 'secret',
};

describeOnEveryEngine('the statement of a deployment', PERSISTENCE_PARTS, (bench) => {
  let app: INestApplicationContext;

  beforeAll(async () => {
    app = await openTestContext(bench.url, twilio);
  }, 60_000);
  beforeEach(() => bench.empty());
  afterAll(() => app.close());

  const read = () => app.get(StatementService).read();

  async function makeDeployment(): Promise<void> {
    const structures = app.get(StructureService);
    const created = await structures.create('Centre de santé du Port');
    if (created.status !== 'created') throw new Error('taken');
    const { id, policy, version } = created.structure;
    const from = addMilliseconds(app.get(Clock).now(), 24 * 90 * HOUR);
    await app.get(Transactions).run(async (tx) => {
      await structures.setPolicy(id, { ...policy, strongMeansFrom: from, codeWindowHours: 3 }, version, tx);
      const claire = await makePerson('claire', id, tx);
      await makePerson('nadia', null, tx);
      const opened = { means: 'password', until: addMilliseconds(app.get(Clock).now(), HOUR) } as const;
      await app.get(AccountAdministrationService).openEmergencyAccess(claire, opened, tx);
    });
    await app.get(SigningKeyService).jwks();
    await app.get(AuditService).record({ name: 'backup_restored', outcome: 'SUCCESS' });
    await app.get(AuditSealService).seal();
  }

  it('counts people, dates, keys, open accesses and seals', async () => {
    await makeDeployment();
    const { people, structures, signingKeys, emergencyAccesses, journal, codeWindow } = await read();
    expect(people).toEqual({ total: 2, card: 0, passkey: 0, sms: 0, mail: 2, outsideStructures: 1 });
    expect(structures).toMatchObject({ total: 1, codesOpen: 1, withoutDate: 0 });
    expect(structures.dated).toMatchObject([
      { stage: 'encouraged', codeWindowHours: 3, people: 1, lacking: 1 },
    ]);
    expect(codeWindow).toEqual({ hours: 24, scope: 'browser', strictestHours: 3, laxestHours: 24 });
    expect(signingKeys.map(({ algorithm, bits, ageDays }) => [algorithm, bits, ageDays]).sort()).toEqual([
      ['ES256', 256, 0],
      ['RS256', 3_072, 0],
    ]);
    expect(emergencyAccesses).toMatchObject([{ means: 'password' }]);
    expect(journal).toMatchObject({ head: { sequence: 1 }, proof: null, stream: 'off' });
  });

  it('says which means open by the rule of each structure, and nothing else opens', async () => {
    const structures = app.get(StructureService);
    const created = await structures.create('Centre de santé du Port');
    if (created.status !== 'created') throw new Error('taken');
    const { id, policy, version } = created.structure;
    const opening = async () => {
      const statement = await read();
      return statement.means.filter(({ opens }) => opens).map(({ means }) => means);
    };
    const rules = [
      { smsForbidden: true },
      { strongMeansFrom: addMilliseconds(app.get(Clock).now(), -24 * 90 * HOUR) },
      { proSanteConnectFrom: addMilliseconds(app.get(Clock).now(), -HOUR) },
    ];
    const found: string[][] = [await opening()];
    for (const [index, rule] of rules.entries()) {
      await app
        .get(Transactions)
        .run((tx) => structures.setPolicy(id, { ...policy, ...rule }, version + index, tx));
      found.push(await opening());
    }
    expect(found).toEqual([['password+mail', 'password+sms'], ['password+mail'], [], []]);
  });

  it('says who may administer as the rule of access does', async () => {
    expect((await read()).administering).toEqual(['password']);
    const strict = await openTestContext(bench.url, { ADMIN_STRONG_MEANS: 'true', ...PSC });
    const { administering } = await strict.get(StatementService).read();
    await strict.close();
    expect(administering).toEqual(['pro-sante-connect', 'emergency']);
  });

  it('contains no names', async () => {
    await makeDeployment();
    expect(JSON.stringify(await read())).not.toMatch(/claire|nadia/);
  });

  it('is written by a command that writes nothing else: no key, no line of the journal', async () => {
    const empty = await rowsOfEachTable();
    expect(await command({})).toMatch(/^ {2}À FAIRE {3}LCEN/m);
    expect(await rowsOfEachTable()).toEqual(empty);
    await makeDeployment();
    const full = await rowsOfEachTable();
    expect(await command({ attestation: true })).toMatch(/^# Attestation/);
    expect(await command({ engagement: true })).toMatch(/^# Engagement/);
    expect(JSON.parse(await command({ json: true }))).toMatchObject({
      people: { total: 2 },
      signable: false,
    });
    expect(await rowsOfEachTable()).toEqual(full);
  });

  it('is asked for in one form', async () => {
    await expect(command({ json: true, attestation: true })).rejects.toThrow(/^Give one of --json/);
  });

  /** Returns the output of the command. It ends with 1: the legal texts are missing, and this is not production. */
  async function command(options: TrustOptions): Promise<string> {
    const environment = jest.replaceProperty(process, 'env', testEnvironment(bench.url));
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      await stateTrust(options);
      expect(process.exitCode).toBe(1);
      return String(write.mock.calls[0]![0]);
    } finally {
      process.exitCode = 0;
      write.mockRestore();
      environment.restore();
    }
  }

  /** All of what each table holds. */
  async function rowsOfEachTable(): Promise<Record<string, unknown[]>> {
    const dataSource = app.get(DataSource);
    const rows: Record<string, unknown[]> = {};
    for (const { tableName } of dataSource.entityMetadatas)
      rows[tableName] = await dataSource.query(`SELECT * FROM ${dataSource.driver.escape(tableName)}`);
    return rows;
  }

  async function makePerson(
    username: string,
    structureId: string | null,
    tx: EntityManager,
  ): Promise<string> {
    const draft = { username, email: `${username}@port.example`, displayName: username, structureId };
    const made = await app.get(AccountService).create(draft, tx);
    if (made.status !== 'created') throw new Error(made.status);
    return made.account.id;
  }
});
