import { Column, Entity, PrimaryColumn, LessThanOrEqual, Repository } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import type { LinePlace } from '../journal/audit-event.repository';

/** Progress of the stream, and the process that sends: one row. */
@Entity('auditStream')
export class AuditStreamEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Seal of the last line that the collector has. */
  @Column({ type: 'int' })
  sealSequence!: number;

  @Column({ type: 'varchar', length: 36 })
  lineId!: string;

  /** The process that sends, or sent last. */
  @Column({ type: 'varchar', length: 36 })
  heldBy!: string;

  /** When another process may take over. */
  @Column({ type: 'datetime', precision: 3 })
  heldUntilAt!: Date;
}

const ID = 'journal';
/** Before the first line of the journal. */
const BEGINNING: LinePlace = { sealSequence: 0, id: '' };

/** The row of the table `auditStream`. */
@Injectable()
export class AuditStreamRepository extends EntityRepository<AuditStreamEntity> {
  constructor(@InjectRepository(AuditStreamEntity) rows: Repository<AuditStreamEntity>) {
    super(rows);
  }

  /** Makes `heldBy` the sender until `heldUntilAt`, unless another process is. */
  async takeLease(heldBy: string, now: Date, heldUntilAt: Date): Promise<boolean> {
    const renewed = await this.of().update({ id: ID, heldBy }, { heldUntilAt });
    if (exactlyOne(renewed)) return true;
    const first = { id: ID, sealSequence: 0, lineId: '', heldBy, heldUntilAt: now };
    await this.of().createQueryBuilder().insert().values(first).orIgnore().updateEntity(false).execute();
    const free = { id: ID, heldUntilAt: LessThanOrEqual(now) };
    return exactlyOne(await this.of().update(free, { heldBy, heldUntilAt }));
  }

  /** Lets another process send immediately. */
  async release(heldBy: string, now: Date): Promise<void> {
    await this.of().update({ id: ID, heldBy }, { heldUntilAt: now });
  }

  /** Position of the last line that the collector has. */
  async findPlace(): Promise<LinePlace> {
    const select = { id: true, sealSequence: true, lineId: true } as const;
    const row = await this.of().findOne({ select, where: { id: ID } });
    return row ? { sealSequence: row.sealSequence, id: row.lineId } : BEGINNING;
  }

  /** Records that the collector has the lines from `from` to `to`, if `heldBy` is still the sender. */
  async advance(heldBy: string, from: LinePlace, to: LinePlace): Promise<boolean> {
    const guard = { id: ID, heldBy, sealSequence: from.sealSequence, lineId: from.id };
    return exactlyOne(await this.of().update(guard, { sealSequence: to.sealSequence, lineId: to.id }));
  }
}
