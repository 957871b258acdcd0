import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { LessThan, MoreThanOrEqual, Repository, MoreThan, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Conversion } from './sms-route.policy';

/** The table `smsRoute`: what became of the SMS that one provider took in one hour. */
@Entity('smsRoute')
export class SmsRouteEntity {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  provider!: string;

  @PrimaryColumn({ type: 'datetime', precision: 3 })
  hourAt!: Date;

  @Column({ type: 'int' })
  sent!: number;

  /** As the provider reports. */
  @Column({ type: 'int' })
  delivered!: number;

  /** As the provider reports. */
  @Column({ type: 'int' })
  undelivered!: number;

  /** How many of their codes were entered. */
  @Column({ type: 'int' })
  converted!: number;
}

/** The table `smsProvider`: until when a provider of SMS is tried last. */
@Entity('smsProvider')
export class SmsProviderEntity {
  /** Its name. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  passedOverUntilAt!: Date | null;
}

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

/** The table `smsProvider`: a row a provider. */
@Injectable()
export class SmsProviderRepository extends EntityRepository<SmsProviderEntity> {
  constructor(@InjectRepository(SmsProviderEntity) rows: Repository<SmsProviderEntity>) {
    super(rows);
  }

  /** Those that are tried last. */
  async findAvoided(now: Date): Promise<string[]> {
    const where = { passedOverUntilAt: MoreThan(now) };
    return (await this.of().find({ select: { id: true }, where, order: { id: 'ASC' } })).map(({ id }) => id);
  }

  async avoidUntil(id: string, passedOverUntilAt: Date | null): Promise<void> {
    await this.of().upsert({ id, passedOverUntilAt }, ['id']);
  }
}
