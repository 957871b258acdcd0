import { Inject, Injectable } from '@nestjs/common';
import { AppError, Clock, isCalendarDay } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ActJournalService, type Administrator } from '@portillon/user-management';
import type { EntityManager } from 'typeorm';
import { STATEMENTS } from '../setup/setup.options';
import { LegalNoticeRepository } from './legal-notice.repository';
import {
  type AccessibilityState,
  type LegalField,
  type LegalNotice,
  type LegalTexts,
  missingTexts,
  NO_LEGAL_NOTICE,
} from './legal-notice.types';
import { missingStatements, textsFromFiles } from './site-statements.policy';
import type { PublishedStatements } from '../setup/statements/site-statements.dto';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^[+()\d .-]{2,40}$/;

/** The operator's legal texts: the publisher, the host, the contacts, the accessibility. */
@Injectable()
export class LegalNoticeService {
  constructor(
    private readonly rows: LegalNoticeRepository,
    private readonly clock: Clock,
    /** The texts from files of the server. */
    @Inject(STATEMENTS) readonly statements: PublishedStatements,
    private readonly transactions: Transactions,
    private readonly journal: ActJournalService,
  ) {}

  /** The public notice. A field comes from a file of the server when there is one, else from the stored row. */
  async published(): Promise<LegalNotice> {
    return { ...(await this.get()), ...textsFromFiles(this.statements) };
  }

  /** The fields that the operator must still fill in before users come. */
  async missing(): Promise<string[]> {
    return [...missingTexts(await this.published()), ...missingStatements(this.statements)];
  }

  /** The stored notice, or an empty one. */
  async get(tx?: EntityManager): Promise<LegalNotice> {
    const row = await this.rows.find(tx);
    if (!row) return NO_LEGAL_NOTICE;
    const { id: _id, ...notice } = row;
    return notice;
  }

  async accessibilityState(): Promise<AccessibilityState> {
    const { accessibility: declared } = this.statements;
    if (declared) return declared.state;
    return (await this.rows.accessibilityState()) ?? NO_LEGAL_NOTICE.accessibilityState;
  }

  /**
   * Keeps all of it. False when it was changed since that version was read: nothing was overwritten.
   * @throws AppError `validation.failed` naming every field that cannot be published
   */
  async set(texts: LegalTexts, version: number, tx: EntityManager): Promise<boolean> {
    this.#refuseWrong(texts);
    return this.rows.write(version, { ...texts, updatedAt: this.clock.now() }, tx);
  }

  /** Publishes the texts, with their line of the journal. @throws AppError `precondition.failed`, `validation.failed` */
  async edit(
    administrator: Administrator,
    texts: LegalTexts,
    version: number,
    reason?: string,
  ): Promise<LegalNotice> {
    return this.transactions.run(async (tx) => {
      const fields = changedFields(await this.get(tx), texts);
      if (!(await this.set(texts, version, tx))) throw new AppError('precondition.failed');
      const act = { name: 'legal_notice_updated', reason, data: { fields } } as const;
      await this.journal.record(administrator, act, tx);
      return this.get(tx);
    });
  }

  #refuseWrong(texts: LegalTexts): void {
    const wrong: LegalField[] = [
      ...(['publisherPhone', 'hostPhone'] as const).filter((field) => !isEmptyOr(PHONE, texts[field])),
      ...(['dataProtectionEmail', 'accessibilityEmail'] as const).filter(
        (field) => !isEmptyOr(EMAIL, texts[field]),
      ),
      ...this.#wrongAudit(texts),
    ];
    if (wrong.length === 0) return;
    const errors = wrong.map((field) => ({ field, code: 'invalid', message: `${field} is not valid` }));
    throw new AppError('validation.failed', { errors });
  }

  /** A claim of conformity needs an audit: its date and its auditor (RGAA 4.1, statement of accessibility). */
  #wrongAudit(texts: LegalTexts): LegalField[] {
    const { accessibilityState, accessibilityAuditedOn: day, accessibilityAuditor } = texts;
    const isAudited = accessibilityState !== 'none' || day !== null || accessibilityAuditor !== null;
    if (!isAudited) return [];
    const today = this.clock.now().toISOString().slice(0, 10);
    return [
      ...(day === null || !isCalendarDay(day) || day > today ? (['accessibilityAuditedOn'] as const) : []),
      ...(accessibilityAuditor === null ? (['accessibilityAuditor'] as const) : []),
    ];
  }
}

function isEmptyOr(form: RegExp, text: string | null): boolean {
  return text === null || form.test(text);
}

function changedFields(before: LegalTexts, after: LegalTexts): LegalField[] {
  const fields = Object.keys(after) as LegalField[];
  return fields.filter((field) => before[field] !== after[field]);
}
