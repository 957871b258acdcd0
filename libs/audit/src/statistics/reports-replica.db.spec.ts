import { Test, TestingModule } from '@nestjs/testing';
import { KernelModule, Keyring } from '@portillon/kernel';
import { MigratorService, PersistenceModule, ReportsDatabase } from '@portillon/persistence';
import { describeOnMariadb, SettableClock } from '@portillon/testing';
import { ThrowAwayMariadb } from '@portillon/testing/servers';
import { AuditCounterEntity } from './audit-counter.repository';
import {
  AuditModule,
  auditPersistence,
  AuditSealService,
  AuditService,
  AuditStatisticsService,
  EventCounts,
} from '..';
import { StatisticsRegistry } from './statistics.registry';
import { anyEvent, KEY } from '../testing/journal.fixture';

const COUNTS = { authn_login_success: () => [{ metric: 'sign-in' }] } as EventCounts;
const MINUTE = 60_000;

describeOnMariadb('reports, where a replica is set,', () => {
  let primary: ThrowAwayMariadb;
  let replica: ThrowAwayMariadb;
  let service: TestingModule;
  const clock = new SettableClock();

  beforeAll(async () => {
    primary = await ThrowAwayMariadb.start({ args: ['--log-bin', '--server-id=1'] });
    replica = await ThrowAwayMariadb.start({ args: ['--server-id=2'] });
    await replica.query(
      `CHANGE MASTER TO master_host = '127.0.0.1', master_port = ${primary.port}, master_user = 'root', ` +
        'master_use_gtid = slave_pos',
    );
    await replica.kill();
    const url = await primary.createDatabase('portillon');
    const replicaUrl = replica.url('portillon');
    service = await Test.createTestingModule({
      imports: [
        KernelModule.forRoot({ keyring: new Keyring([KEY]), clock }),
        PersistenceModule.forRoot({ url, replicaUrl, parts: [auditPersistence] }),
        AuditModule,
      ],
    }).compile();
    service.get(StatisticsRegistry).register(COUNTS);
    await service.get(MigratorService).migrate();
  }, 60_000);
  afterAll(async () => {
    await service.close();
    await Promise.all([primary.stop(), replica.stop()]);
  });

  async function replicated(): Promise<void> {
    await replica.query('START SLAVE');
    const [at] = (await primary.query('SELECT @@gtid_binlog_pos AS position')) as { position: string }[];
    await replica.query(`DO MASTER_GTID_WAIT('${at!.position}', 20)`);
  }
  async function signIn(): Promise<void> {
    await service.get(AuditService).record(anyEvent({}));
    await service.get(AuditSealService).seal();
  }
  const lagMs = () => service.get(AuditStatisticsService).lagMs();
  async function signIns(): Promise<number> {
    const year = { structureIds: null, from: '2026-01-01', to: '2026-12-31', by: 'month' } as const;
    return (await service.get(AuditStatisticsService).of(year)).total.signIns.total;
  }

  it('answer « busy » until the replica does: the service starts without it', async () => {
    await expect(signIns()).rejects.toMatchObject({ code: 'service.busy' });
    await replica.restart();
    await replicated();
    expect(await signIns()).toBe(0);
  }, 30_000);

  it('are read from the replica: they stay unchanged while it is stopped, and people still sign in', async () => {
    await signIn();
    await replicated();
    expect([await signIns(), await lagMs()]).toEqual([1, 0]);

    await replica.query('STOP SLAVE');
    await signIn();
    clock.advance(7 * MINUTE);
    expect([await signIns(), await lagMs()]).toEqual([1, 7 * MINUTE]);

    await replicated();
    expect([await signIns(), await lagMs()]).toEqual([2, 0]);
  }, 30_000);

  it('write nothing to the replica', async () => {
    const manager = await service.get(ReportsDatabase).manager();
    await expect(manager.getRepository(AuditCounterEntity).clear()).rejects.toMatchObject({
      code: 'service.busy',
    });
  });

  it('answer « busy » while the replica is down, and are never read from the primary', async () => {
    await replica.kill();
    await signIn();
    await expect(signIns()).rejects.toMatchObject({ code: 'service.busy' });
    await replica.restart();
    await replicated();
    expect(await signIns()).toBe(3);
  }, 30_000);
});
