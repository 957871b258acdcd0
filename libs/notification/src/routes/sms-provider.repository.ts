import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { MoreThan, Repository } from 'typeorm';
import { SmsProviderEntity } from './sms-provider.entity';

/** The table `smsProvider`: a row a provider. */
@Injectable()
export class SmsProviderRepository extends EntityRepository<SmsProviderEntity> {
  constructor(@InjectRepository(SmsProviderEntity) rows: Repository<SmsProviderEntity>) {
    super(rows);
  }

  /** Those that are tried last. */
  async passedOver(now: Date): Promise<string[]> {
    const where = { passedOverUntilAt: MoreThan(now) };
    return (await this.of().find({ select: { id: true }, where, order: { id: 'ASC' } })).map(({ id }) => id);
  }

  async passOver(id: string, passedOverUntilAt: Date | null): Promise<void> {
    await this.of().upsert({ id, passedOverUntilAt }, ['id']);
  }
}
