import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { LessThan, MoreThanOrEqual, Repository } from 'typeorm';
import { SmsRouteEntity } from './sms-route.entity';
import type { Conversion } from './sms-route.policy';

/** The table `smsRoute`. An hour is written once, when it is over. */
@Injectable()
export class SmsRouteRepository extends EntityRepository<SmsRouteEntity> {
  constructor(@InjectRepository(SmsRouteEntity) rows: Repository<SmsRouteEntity>) {
    super(rows);
  }

  async insertAll(hours: SmsRouteEntity[]): Promise<void> {
    for (const hour of hours) await this.insertNew(hour);
  }

  /** Of each provider since then: a row an hour and provider. */
  async conversionsSince(time: Date): Promise<Map<string, Conversion>> {
    const rows = await this.of()
      .createQueryBuilder('route')
      .select('route.provider', 'provider')
      .addSelect('SUM(route.sent)', 'sent')
      .addSelect('SUM(route.converted)', 'converted')
      .where({ hourAt: MoreThanOrEqual(time) })
      .groupBy('route.provider')
      .getRawMany<{ provider: string; sent: string; converted: string }>();
    return new Map(
      rows.map(({ provider, sent, converted }) => [
        provider,
        { sent: Number(sent), converted: Number(converted) },
      ]),
    );
  }

  async deleteBefore(time: Date): Promise<void> {
    await this.of().delete({ hourAt: LessThan(time) });
  }
}
