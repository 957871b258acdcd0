import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, IsNull, Repository } from 'typeorm';
import { AccountEntity } from './account.entity';

/** The rows of `account`. Each change of state is one guarded UPDATE. */
@Injectable()
export class AccountRepository extends EntityRepository<AccountEntity> {
  constructor(@InjectRepository(AccountEntity) rows: Repository<AccountEntity>) {
    super(rows);
  }

  /** Locks the row until `tx` ends, while the account is active and has this very password. Changes nothing. */
  async holdActive(id: string, passwordChangedAt: Date | null, tx: EntityManager): Promise<boolean> {
    const guard = { id, status: 'ACTIVE', passwordChangedAt: passwordChangedAt ?? IsNull() };
    return exactlyOne(await this.of(tx).update(guard, { version: () => 'version' }));
  }

  /** Locks the row until `tx` ends, while the account is active. */
  async setLastSignedIn(id: string, at: Date, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ id, status: 'ACTIVE' }, { lastSignedInAt: at }));
  }

  /** The sealed number, the row locked until `tx` ends; `undefined` when there is no such account. */
  async lockPhone(id: string, tx: EntityManager): Promise<string | null | undefined> {
    if (!exactlyOne(await this.of(tx).update({ id }, { version: () => 'version' }))) return undefined;
    return (await this.of(tx).findOne({ select: { phoneSealed: true }, where: { id } }))?.phoneSealed;
  }
}
