import { Injectable } from '@nestjs/common';
import { LegalField, LegalNotice, LegalTexts } from '../operator/legal-notice.types';
import { LegalNoticeService } from '../operator/legal-notice.service';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';

/** Has the operator's texts changed, with their line of the journal. */
@Injectable()
export class LegalNoticeEditService {
  constructor(
    private readonly transactions: Transactions,
    private readonly notices: LegalNoticeService,
    private readonly journal: ActJournalService,
  ) {}

  /** @throws AppError `precondition.failed`, `validation.failed` */
  async edit(
    administrator: Administrator,
    texts: LegalTexts,
    version: number,
    reason?: string,
  ): Promise<LegalNotice> {
    return this.transactions.run(async (tx) => {
      const fields = changedFields(await this.notices.get(tx), texts);
      if (!(await this.notices.set(texts, version, tx))) throw new AppError('precondition.failed');
      const act = { name: 'legal_notice_updated', reason, data: { fields } } as const;
      await this.journal.record(administrator, act, tx);
      return this.notices.get(tx);
    });
  }
}

function changedFields(before: LegalTexts, after: LegalTexts): LegalField[] {
  const fields = Object.keys(after) as LegalField[];
  return fields.filter((field) => before[field] !== after[field]);
}
