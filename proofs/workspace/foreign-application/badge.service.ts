import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { NotificationService } from '@portillon/notification';
import { OtpService } from '@portillon/otp';
import { DataSource } from 'typeorm';
import { BadgeEntity } from './badge.entity';
import { codeLetter } from './code-letter';

declare module '@portillon/otp' {
  interface OtpPurposes {
    badge: 'badge';
  }
}

/** A badge that a code by mail makes active: the application's own transaction, texts and tables. */
@Injectable()
export class BadgeService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly otp: OtpService,
    private readonly notifications: NotificationService,
  ) {}

  async order(mail: string): Promise<{ id: string; delivery: string }> {
    const id = randomUUID();
    const message = await this.dataSource.transaction(async (tx) => {
      await tx.insert(BadgeEntity, { id, mail, active: false });
      const issued = await this.otp.issue(
        {
          purpose: 'badge',
          subjectId: id,
          binding: id,
          channel: 'EMAIL',
          destination: mail,
          destinationHint: mail,
        },
        tx,
      );
      if (issued.status !== 'issued') throw new Error(issued.status);
      return this.notifications.enqueue(
        codeLetter(mail, 'Badge de la cantine', issued.code),
        { kind: 'badge.code', accountId: null },
        tx,
      );
    });
    return { id, delivery: await this.notifications.deliver(message) };
  }

  async activate(id: string, code: string): Promise<string> {
    const checked = await this.otp.check({ purpose: 'badge', binding: id, code });
    if (checked.status !== 'accepted') return checked.status;
    const isOurs = await this.dataSource.transaction(async (tx) => {
      if (!(await this.otp.consume(checked, tx))) return false;
      await tx.update(BadgeEntity, { id }, { active: true });
      return true;
    });
    return isOurs ? 'active' : 'used';
  }

  /** As `activate`, but the application changes its mind: what the transaction did is undone, the code stays good. */
  async activateInVain(id: string, code: string): Promise<string> {
    const checked = await this.otp.check({ purpose: 'badge', binding: id, code });
    if (checked.status !== 'accepted') return checked.status;
    const undone = this.dataSource.transaction(async (tx) => {
      await this.otp.consume(checked, tx);
      await tx.update(BadgeEntity, { id }, { active: true });
      throw new Error('undone');
    });
    return undone.catch((error: Error) => error.message);
  }

  async isActive(id: string): Promise<boolean> {
    return (await this.dataSource.manager.findOneByOrFail(BadgeEntity, { id })).active;
  }
}
