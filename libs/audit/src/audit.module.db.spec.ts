import { Test } from '@nestjs/testing';
import { DAY, KernelModule, Keyring } from '@portillon/kernel';
import { MigratorService, PersistenceModule } from '@portillon/persistence';
import {
  AuditModule,
  auditPersistence,
  AuditService,
  EventName,
  JournalDeclaration,
  registerJournal,
} from '.';
import { AuditPolicy } from './audit.options';
import { JournalRegistry } from './journal.registry';
import { AuditStreamService } from './stream/audit-stream.service';

/** The words of a lib that is not ours: it touches none of our files. */
const couponJournal = {
  events: {
    coupon_spent: { subject: 'service', siem: 'entity.update', fr: 'Bon utilisé', en: 'Coupon spent' },
    coupon_refused: { subject: 'service', siem: 'entity.other', fr: 'Bon refusé', en: 'Coupon refused' },
  },
  reasons: { 'coupon-forged': { fr: 'Bon falsifié', en: 'Forged coupon' } },
  data: { couponNumber: { fr: 'Numéro du bon', en: 'Number of the coupon' } },
  words: {
    couponKind: {
      meal: { fr: 'Repas', en: 'Meal' },
      transport: { fr: 'Transport', en: 'Transport' },
    },
  },
} as const satisfies JournalDeclaration;

declare module './index' {
  interface JournalVocabulary {
    specs: typeof couponJournal;
  }
}

it("the module provides a journal that stores another library's events in its own vocabulary", async () => {
  const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
  const application = await Test.createTestingModule({
    imports: [
      KernelModule.forRoot({ keyring }),
      PersistenceModule.forRoot({ url: ':memory:', parts: [auditPersistence] }),
      AuditModule,
    ],
    providers: [registerJournal(couponJournal)],
  }).compile();
  await application.get(MigratorService).migrate();
  const audit = application.get(AuditService);
  const [accountId, couponKind] = ['claire', 'meal'] as const;
  await audit.record({ name: 'coupon_spent', outcome: 'SUCCESS', accountId, data: { couponKind } });
  await audit.record({ name: 'coupon_refused', outcome: 'FAILURE', accountId, reason: 'coupon-forged' });
  // @ts-expect-error: a word that no lib registers
  await audit.record({ name: 'coupon_lost', outcome: 'SUCCESS', accountId });
  // @ts-expect-error: a reason that no lib registers
  await audit.record({ name: 'coupon_refused', outcome: 'FAILURE', accountId, reason: 'coupon-wet' });
  const data = { couponKind: 'hotel' } as const;
  // @ts-expect-error: none of the words that this data can be
  await audit.record({ name: 'coupon_spent', outcome: 'SUCCESS', accountId, data });
  const { items } = await audit.search(
    { names: Object.keys(couponJournal.events) as EventName[] },
    { limit: 2 },
  );
  expect(items.map(({ name }) => name)).toEqual(Object.keys(couponJournal.events));
  const [spent] = (await audit.ofAccount('claire', { limit: 5 })).items.slice(-1);
  expect(spent).toMatchObject({ name: 'coupon_spent', data: { couponKind: 'meal' } });
  expect(application.get(JournalRegistry).eventOf('coupon_spent')?.siem).toBe('entity.update');
  await application.close();
});

it.each([
  ['nowhere without a collector', undefined, false],
  ['to the collector of its options', 'otlp', true],
] as const)(
  'the module, whose options may come late, streams the journal %s',
  async (_, kind, isStreamed) => {
    const stream = kind && { kind, url: new URL('http://127.0.0.1:1'), tls: false, headers: {} };
    const application = await Test.createTestingModule({
      imports: [
        KernelModule.forRoot({ keyring: new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]) }),
        PersistenceModule.forRoot({ url: ':memory:', parts: [auditPersistence] }),
        AuditModule.forRootAsync({ useFactory: () => Promise.resolve({ retentionMonths: 6, stream }) }),
      ],
    }).compile();
    expect(application.get(AuditPolicy).keptMs).toBe(183 * DAY);
    expect(Boolean(application.get(AuditStreamService))).toBe(isStreamed);
    await application.close();
  },
);
