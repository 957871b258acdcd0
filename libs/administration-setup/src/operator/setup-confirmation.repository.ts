import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, Repository } from 'typeorm';
import { ConfirmedStep, SetupConfirmationEntity } from './setup-confirmation.entity';

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
