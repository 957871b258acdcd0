import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, stringList } from '@portillon/persistence';
import { EntityManager, Repository, Column, Entity, PrimaryColumn } from 'typeorm';

/** `mail`: the link of a test mail was opened. `keys`: a person said that the keys are kept elsewhere. */
export type ConfirmedStep = 'mail' | 'keys';

/** The table `setupConfirmation`: steps of the first hour that no computation proves. */
@Entity('setupConfirmation')
export class SetupConfirmationEntity {
  @PrimaryColumn({ type: 'varchar', length: 8 })
  step!: ConfirmedStep;

  @Column({ type: 'datetime', precision: 3 })
  confirmedAt!: Date;

  /** The ids of the keys that are said to be kept. */
  @Column({ type: 'varchar', length: 1000, transformer: stringList })
  keyIds!: string[];
}

/** The table `setupConfirmation`. */
@Injectable()
export class SetupConfirmationRepository extends EntityRepository<SetupConfirmationEntity> {
  constructor(@InjectRepository(SetupConfirmationEntity) rows: Repository<SetupConfirmationEntity>) {
    super(rows);
  }

  async findByStep(): Promise<Partial<Record<ConfirmedStep, SetupConfirmationEntity>>> {
    const rows = await this.of().find();
    return Object.fromEntries(rows.map((row) => [row.step, row]));
  }

  /** The latest counts. */
  async save(confirmation: SetupConfirmationEntity, tx: EntityManager): Promise<void> {
    if (await this.insertNew(confirmation, tx)) return;
    await this.of(tx).update({ step: confirmation.step }, confirmation);
  }
}
