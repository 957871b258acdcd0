import { Test } from '@nestjs/testing';
import { KernelModule, Keyring } from '@portillon/kernel';
import { MigratorService, PersistenceModule } from '@portillon/persistence';
import { AuditModule, auditPersistence, AuditService } from './index';

it('the module gives a journal that works', async () => {
  const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
  const application = await Test.createTestingModule({
    imports: [
      KernelModule.forRoot({ keyring }),
      PersistenceModule.forRoot({ url: ':memory:', parts: [auditPersistence] }),
      AuditModule,
    ],
  }).compile();
  await application.get(MigratorService).migrate();
  await application
    .get(AuditService)
    .record({ name: 'authn_logout', outcome: 'SUCCESS', accountId: 'claire' });
  expect((await application.get(AuditService).ofAccount('claire', { limit: 1 })).items).toHaveLength(1);
  await application.close();
});
