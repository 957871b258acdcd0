import { Test, type TestingModule } from '@nestjs/testing';
import {
  AccountModule,
  accountPersistence,
  AccountService,
  type AccountDraft,
  DirectoryChangeService,
} from '@portillon/account';
import { DAY, HOUR, KernelModule, Keyring } from '@portillon/kernel';
import { OutboundModule } from '@portillon/outbound';
import { PersistenceModule, Transactions } from '@portillon/persistence';
import { StructureModule, StructureService } from '@portillon/structure';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { FhirServer, organizationOf, practitionerOf, roleOf } from '../testing/fhir-server.fixture';
import { DirectoryClientService } from './directory-client.service';
import { DirectoryFeedJob } from './directory-feed.job';
import { DirectoryFeedService } from './directory-feed.service';
import { DIRECTORY_OPTIONS } from './practitioner-directory.service';

const NIGHT = new Date('2026-12-03T01:00:00.000Z');
const MINUTE = 60_000;
const FINESS = '750712184';
const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const idOf = (index: number) => `8${String(10_000_000_000 + index)}`;

describeOnEveryEngine('the reading of the Annuaire Santé', [accountPersistence], (engine) => {
  const server = new FhirServer();
  let clock: SettableClock;
  let app: TestingModule;
  let structureId: string;

  beforeAll(() => server.start());
  afterAll(() => server.stop());
  beforeEach(async () => {
    await engine.empty();
    server.reset();
    clock = new SettableClock(NIGHT);
    app = await Test.createTestingModule({
      imports: [
        KernelModule.forRoot({ keyring, clock }),
        PersistenceModule.forRoot({ url: engine.url, parts: [accountPersistence] }),
        OutboundModule.forRoot({ allow: ['127.0.0.1'] }),
        StructureModule,
        AccountModule.forRoot({}),
      ],
      providers: [
        DirectoryClientService,
        DirectoryFeedService,
        DirectoryFeedJob,
        { provide: DIRECTORY_OPTIONS, useValue: { annuaire: { url: server.url, key: 'key' } } },
      ],
    }).compile();
    app.useLogger(false);
    const made = await app.get(StructureService).create({ name: 'Hôpital', finess: FINESS });
    if (made.status !== 'created') throw new Error(made.status);
    structureId = made.structure.id;
  });
  afterEach(() => app.close());

  async function person(nationalId: string, changes: Partial<AccountDraft> = {}): Promise<string> {
    const names = { displayName: 'Claire Martin', givenName: 'Claire', familyName: 'Martin' };
    const draft = {
      username: nationalId.replace(/\W/g, ''),
      email: 'c@h.example',
      ...names,
      structureId,
      nationalId,
      ...changes,
    };
    const made = await app.get(Transactions).run((tx) => app.get(AccountService).create(draft, tx));
    if (made.status !== 'created') throw new Error(made.status);
    return made.account.id;
  }

  const read = (mayGoOn = () => true) => app.get(DirectoryFeedService).read(mayGoOn);
  const proposed = async () =>
    (await app.get(DirectoryChangeService).listOpen(null, { limit: 100 })).items.map(
      ({ kind, account, details }) => [kind, account?.id ?? null, details],
    );
  async function nextNight(): Promise<void> {
    clock.advance(DAY);
    await read();
  }

  it('proposes all that differs, once, and changes no account', async () => {
    const [gone, married, moved] = [await person(idOf(1)), await person(idOf(2)), await person('0759800012')];
    const stays = await person(idOf(4));
    server.resources = [
      practitionerOf([idOf(1)], { active: false }),
      practitionerOf([idOf(2)], { family: 'ROUX' }),
      practitionerOf(['0759800012', idOf(3)]),
      practitionerOf([idOf(4)], { id: 'p4' }),
      roleOf('p4', `o-${FINESS}`, { end: '2026-11-01' }),
      organizationOf(FINESS, { active: false }),
    ];
    await read();
    const all = [
      ['inactive', gone, {}],
      ['renamed', married, { givenName: 'CLAIRE', familyName: 'ROUX' }],
      ['replaced-id', moved, { nationalId: idOf(3) }],
      ['left', stays, { finess: FINESS }],
      ['closed-structure', null, { finess: FINESS }],
    ];
    expect(await proposed()).toEqual(all);
    await nextNight();
    expect(await proposed()).toEqual(all);
    const accounts = (await app.get(AccountService).list({ limit: 10 })).items;
    expect(accounts.map(({ status, version }) => [status, version])).toEqual(Array(4).fill(['ACTIVE', 1]));
  });

  it('asks about people and structures of this service alone, ten at once, one request after the other', async () => {
    for (let index = 0; index < 23; index++) await person(idOf(index));
    await person('30B0057881/CPET0002');
    await person(idOf(30), { status: 'DEACTIVATED' });
    await read();
    const searched = server.asked.filter((one) => one.startsWith('Practitioner?'));
    expect(searched.map((one) => one.split('|').length - 1)).toEqual([10, 10, 3]);
    expect(server.asked.every((one) => one.includes('dentifier=https://'))).toBe(true);
    expect(server.asked.at(-1)).toBe(
      `Organization?identifier=https://finess.esante.gouv.fr|${FINESS}&_count=100`,
    );
    expect(server.mostAtOnce).toBe(1);
  });

  it('reads afterwards what changed since, and then all entries of the person', async () => {
    await person(idOf(1));
    server.resources = [practitionerOf([idOf(1)])];
    await read();
    server.asked.length = 0;
    clock.advance(3 * DAY);
    await read();
    server.asked.length = 0;
    await nextNight();
    expect(server.asked).toHaveLength(3);
    expect(server.asked.every((one) => one.includes('_lastUpdated=gt2026-12-04T01:00:00.000Z'))).toBe(true);
    const updated = '2026-12-06T12:00:00.000Z';
    server.resources.push(practitionerOf([idOf(1)], { id: 'old', active: false, updated }));
    await nextNight();
    expect(await proposed()).toEqual([]);
    server.resources = [practitionerOf([idOf(1)], { active: false, updated: '2026-12-08T12:00:00.000Z' })];
    await nextNight();
    expect(await proposed()).toMatchObject([{ 0: 'inactive' }]);
  });

  it('withdraws what the directory shows no more, and what concerns an account that was closed here', async () => {
    const [back, closed] = [await person(idOf(1)), await person(idOf(2))];
    server.resources = [idOf(1), idOf(2)].map((id) => practitionerOf([id], { active: false }));
    await read();
    expect((await proposed()).map(([, id]) => id)).toEqual([back, closed]);
    server.resources[0] = practitionerOf([idOf(1)], { updated: '2026-12-03T12:00:00.000Z' });
    await engine.dataSource.query(`UPDATE account SET status = 'DEACTIVATED' WHERE id = '${closed}'`);
    await nextNight();
    expect(await proposed()).toEqual([]);
  });

  it('follows links to further pages, whatever host they name, and takes an entry that comes twice once', async () => {
    const id = await person(idOf(1));
    server.pageSize = 2;
    server.resources = [
      practitionerOf([idOf(1)], { id: 'a', active: false }),
      practitionerOf([idOf(1)], { id: 'a', active: false }),
      practitionerOf([idOf(1)], { id: 'b', active: false }),
      practitionerOf([idOf(1)], { id: 'c', active: false }),
    ];
    await read();
    expect(await proposed()).toEqual([['inactive', id, {}]]);
    server.resources.push(practitionerOf([idOf(1)], { id: 'd', updated: '2026-12-03T12:00:00.000Z' }));
    await nextNight();
    expect(await proposed()).toEqual([]);
  });

  it.each<[string, FhirServer['next']]>([
    ['lead back to the first page', (_, path) => `http://x/fhir${path}`],
    ['are missing', () => undefined],
    ['are no address', () => 'page 2'],
    ['lead to a page that fails', (_, path, offset) => `${path}&_offset=${offset}&broken=1`],
  ])('concludes nothing from half of an answer: links that %s', async (_, next) => {
    await person(idOf(1));
    const usual = server.next;
    server.next = next;
    server.pageSize = 1;
    server.behaviour = ({ url }, response) =>
      url!.includes('broken') && (response.writeHead(500).end(), true);
    server.resources = [practitionerOf([idOf(1)], { active: false }), practitionerOf([idOf(1)], { id: 'b' })];
    await read();
    server.next = usual;
    expect(await proposed()).toEqual([]);
    expect(server.asked.length).toBeLessThan(10);
  });

  it('splits a search whose answer is too large, and passes over one person who has too much', async () => {
    const ids = [];
    for (let index = 0; index < 10; index++) ids.push(await person(idOf(index)));
    server.resources = ids.map((_, index) => practitionerOf([idOf(index)], { active: false }));
    server.behaviour = ({ url }, response) => {
      const isLarge =
        url!.includes('Practitioner?') && (url!.includes('%2C') || url!.includes(idOf(3).slice(1)));
      if (isLarge) response.writeHead(200).end(' '.repeat(300 * 1024));
      return isLarge;
    };
    await read();
    expect((await proposed()).map(([, id]) => id)).toEqual(ids.filter((_, index) => index !== 3));
  });

  it.each([
    ['seconds', '1800'],
    ['a date', new Date(NIGHT.getTime() + 30 * MINUTE).toUTCString()],
  ])(
    'waits as the directory asks in %s, in every instance, and goes on at the same place',
    async (_, header) => {
      for (let index = 0; index < 12; index++) await person(idOf(index));
      server.resources = Array.from({ length: 12 }, (_, index) =>
        practitionerOf([idOf(index)], { active: false }),
      );
      server.behaviour = (_request, response) => {
        const isEnough = server.asked.length === 3;
        if (isEnough) response.writeHead(429, { 'retry-after': header }).end();
        return isEnough;
      };
      await read();
      expect([await proposed(), server.asked.length]).toMatchObject([{ length: 10 }, 3]);
      await concurrently(4, () => read());
      clock.advance(29 * MINUTE);
      await read();
      expect(server.asked).toHaveLength(3);
      clock.advance(MINUTE);
      await read();
      expect(await proposed()).toHaveLength(12);
      expect(server.asked[3]).toBe(server.asked[2]);
    },
  );

  it('goes on where a process died, in one of several instances', async () => {
    for (let index = 0; index < 25; index++) await person(idOf(index));
    server.resources = Array.from({ length: 25 }, (_, index) =>
      practitionerOf([idOf(index)], { active: false }),
    );
    let chunks = 0;
    await read(() => chunks++ < 1).catch(() => undefined);
    expect(await proposed()).toHaveLength(10);
    const [before] = [server.asked.length];
    await concurrently(8, () => read());
    expect(await proposed()).toHaveLength(25);
    expect(server.asked.slice(before).filter((one) => one.startsWith('Practitioner?'))).toHaveLength(2);
  });

  it('passes over a chunk that fails three times, and not while the directory is away', async () => {
    for (let index = 0; index < 11; index++) await person(idOf(index));
    server.resources = Array.from({ length: 11 }, (_, index) =>
      practitionerOf([idOf(index)], { active: false }),
    );
    server.behaviour = ({ url }, response) =>
      url!.includes(idOf(0).slice(1)) && (response.writeHead(500).end('{}'), true);
    for (let turn = 0; turn < 4; turn++) {
      await read();
      clock.advance(15 * MINUTE);
    }
    expect(await proposed()).toHaveLength(1);
    server.behaviour = (request) => (request.socket.destroy(), true);
    clock.advance(DAY);
    for (let turn = 0; turn < 6; turn++) {
      await read();
      clock.advance(HOUR);
    }
    server.behaviour = () => false;
    await read();
    expect(await proposed()).toHaveLength(11);
  });

  it.each<[string, string]>([
    ['is no JSON', '<html>maintenance</html>'],
    ['is no search', '{"resourceType":"Bundle","type":"batch-response","entry":[]}'],
    ['is null', 'null'],
    ['is a nest', '['.repeat(100_000)],
  ])('proposes nothing from an answer that %s', async (_, body) => {
    await person(idOf(1));
    server.behaviour = (_request, response) => (response.writeHead(200).end(body), true);
    await read();
    expect([await proposed(), server.asked]).toMatchObject([[], { length: 1 }]);
  });

  it('takes place at night', async () => {
    const job = app.get(DirectoryFeedJob);
    await person(idOf(1));
    clock.set(new Date('2026-12-03T05:00:00.000Z'));
    await job.run();
    expect(server.asked).toEqual([]);
    clock.set(new Date('2026-12-04T00:00:00.000Z'));
    await job.run();
    expect(server.asked).toHaveLength(3);
  });
});
