import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KernelModule, Keyring } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import { DataSource } from 'typeorm';
import { MigratorService } from './migrator.service';
import { PersistenceModule } from './persistence.module';
import { tableOptions } from './data-source';
import { COUNTER, CounterEntity } from './testing/counter';

const KEYRING = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const KERNEL = KernelModule.forRoot({ keyring: KEYRING });

describeOnEveryEngine('an application that takes a library', [], (bench, engine) => {
  it('has its tables once it has started', async () => {
    const persistence = PersistenceModule.forRoot({ url: bench.url, parts: [COUNTER], migrate: true });
    const application = await Test.createTestingModule({ imports: [KERNEL, persistence] }).compile();
    expect(await application.get(DataSource).getRepository(CounterEntity).count()).toBe(0);
    await application.close();
  });

  it('may find out late how to open the database', async () => {
    const useFactory = () => Promise.resolve({ url: bench.url, parts: [COUNTER], migrate: true });
    const kernel = KernelModule.forRootAsync({ useFactory: () => ({ keyring: KEYRING }) });
    const persistence = PersistenceModule.forRootAsync({ useFactory });
    const application = await Test.createTestingModule({ imports: [kernel, persistence] }).compile();
    expect(await application.get(MigratorService).pending()).toBe(false);
    expect(await application.get(DataSource).getRepository(CounterEntity).count()).toBe(0);
    await application.close();
  });

  // On the embedded engine TypeORM alone loses transactions: see the README.
  if (engine === 'embedded') return;

  it('may then open the database by TypeORM alone: nothing is made a second time', async () => {
    const own = TypeOrmModule.forRoot({ type: 'mysql', url: bench.url, ...tableOptions([COUNTER]) });
    const application = await Test.createTestingModule({
      imports: [KERNEL, own, PersistenceModule],
    }).compile();
    expect(await application.get(MigratorService).pending()).toBe(false);
    expect(await application.get(DataSource).getRepository(CounterEntity).count()).toBe(0);
    await application.close();
  });
});
