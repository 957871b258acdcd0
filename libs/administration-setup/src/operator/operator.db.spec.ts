import type { Clock } from '@portillon/kernel';
import type { Transactions } from '@portillon/persistence';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { ActJournalService } from '@portillon/user-management';
import type { DataSource } from 'typeorm';
import { administrationSetupPersistence } from '../administration-setup.persistence';
import { NO_STATEMENTS } from '../setup/statements/site-statements.dto';
import { LegalNoticeEntity, LegalNoticeRepository } from './legal-notice.repository';
import { LegalNoticeService } from './legal-notice.service';
import { LegalTexts, missingTexts, NO_LEGAL_NOTICE } from './legal-notice.types';
import { SetupConfirmationEntity, SetupConfirmationRepository } from './setup-confirmation.repository';

const { updatedAt: _updatedAt, version: _version, ...NOTHING } = NO_LEGAL_NOTICE;
const TOLD: LegalTexts = {
  ...NOTHING,
  publisherName: 'Groupement Santé',
  publisherAddress: '12 rue des Trois Dames, 75012 Paris',
  publisherPhone: '+33 1 23 45 67 89',
  publicationDirector: 'Nadia Benali',
  hostName: 'Hébergeur',
  hostAddress: '1 quai du Port, 13002 Marseille',
  hostPhone: '04 91 00 00 00',
  dataProtectionEmail: 'dpo@sante.example',
  accessibilityEmail: 'acces@sante.example',
};

function servicesOn(
  { dataSource, transactions }: { dataSource: DataSource; transactions: Transactions },
  clock: Clock,
) {
  const notices = new LegalNoticeRepository(dataSource.getRepository(LegalNoticeEntity));
  const confirmations = new SetupConfirmationRepository(dataSource.getRepository(SetupConfirmationEntity));
  return {
    legalNotices: new LegalNoticeService(
      notices,
      clock,
      NO_STATEMENTS,
      transactions,
      {} as ActJournalService,
    ),
    confirmations,
  };
}

describeOnEveryEngine('what the law has the operator publish', [administrationSetupPersistence], (engine) => {
  const clock = new SettableClock();
  let services: ReturnType<typeof servicesOn>;
  const set = (texts: LegalTexts, version: number) =>
    engine.transactions.run((tx) => services.legalNotices.set(texts, version, tx));

  beforeEach(async () => {
    services = servicesOn(engine, clock);
    await engine.empty();
  });

  it('is nothing at first, not conformant, and says what is missing', async () => {
    const notice = await services.legalNotices.get();
    expect(notice).toEqual(NO_LEGAL_NOTICE);
    expect(await services.legalNotices.accessibilityState()).toBe('none');
    expect(missingTexts(notice)).toHaveLength(9);
  });

  it('is kept whole under its version, and lacks nothing then', async () => {
    expect(await set(TOLD, 0)).toBe(true);
    const notice = await services.legalNotices.get();
    expect(notice).toEqual({ ...TOLD, version: 1, updatedAt: clock.now() });
    expect(missingTexts(notice)).toEqual([]);
    expect(await set({ ...TOLD, hostName: null }, 1)).toBe(true);
    expect(missingTexts(await services.legalNotices.get())).toEqual(['hostName']);
    expect(await set(TOLD, 1)).toBe(false);
  });

  it('is published with the text of a file instead of the typed one, which stays stored', async () => {
    await set(TOLD, 0);
    const officer = { name: null, email: 'dpo@groupement.example', phone: null, address: null };
    const statements = { ...NO_STATEMENTS, dataProtectionOfficer: officer };
    const rows = new LegalNoticeRepository(engine.dataSource.getRepository(LegalNoticeEntity));
    const notices = new LegalNoticeService(
      rows,
      clock,
      statements,
      engine.transactions,
      {} as ActJournalService,
    );
    expect(await notices.published()).toMatchObject({
      publisherName: 'Groupement Santé',
      dataProtectionEmail: 'dpo@groupement.example',
    });
    expect(await notices.get()).toMatchObject({ dataProtectionEmail: 'dpo@sante.example' });
    expect(await notices.missing()).toEqual(['accessibilityDeclaration']);
  });

  it('is stored once when sixteen callers create it concurrently', async () => {
    const { results } = await concurrently(16, () => set(TOLD, 0));
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it.each<[Partial<LegalTexts>, string[]]>([
    [{ publisherPhone: 'call us' }, ['publisherPhone']],
    [{ dataProtectionEmail: 'dpo' }, ['dataProtectionEmail']],
    [{ accessibilityState: 'full' }, ['accessibilityAuditedOn', 'accessibilityAuditor']],
    [{ accessibilityAuditor: 'A' }, ['accessibilityAuditedOn']],
    [
      { accessibilityState: 'partial', accessibilityAuditedOn: '2026-02-30', accessibilityAuditor: 'A' },
      ['accessibilityAuditedOn'],
    ],
    [
      { accessibilityState: 'partial', accessibilityAuditedOn: '2999-01-01', accessibilityAuditor: 'A' },
      ['accessibilityAuditedOn'],
    ],
  ])('is refused as %j', async (changes, fields) => {
    const errors = fields.map((field) => expect.objectContaining({ field }) as unknown);
    await expect(set({ ...TOLD, ...changes }, 0)).rejects.toMatchObject({
      code: 'validation.failed',
      errors,
    });
  });

  it('claims an accessibility that was audited', async () => {
    const audited = { accessibilityAuditedOn: '2026-01-31', accessibilityAuditor: 'Cabinet A11y' };
    await set({ ...TOLD, ...audited, accessibilityState: 'partial' }, 0);
    expect(await services.legalNotices.accessibilityState()).toBe('partial');
  });

  it('has beside it what a person confirmed last of the setting up', async () => {
    expect(await services.confirmations.findByStep()).toEqual({});
    const confirm = (keyIds: string[]) =>
      engine.transactions.run((tx) =>
        services.confirmations.save({ step: 'keys', confirmedAt: clock.now(), keyIds }, tx),
      );
    await confirm(['k1']);
    await confirm(['k2', 'k1']);
    const keys = { step: 'keys', confirmedAt: clock.now(), keyIds: ['k2', 'k1'] };
    expect(await services.confirmations.findByStep()).toEqual({ keys });
  });
});
