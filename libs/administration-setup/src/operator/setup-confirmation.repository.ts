import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, Repository } from 'typeorm';
import { SetupConfirmationEntity } from './setup-confirmation.entity';

/** The table `setupConfirmation`. */
@Injectable()
export class SetupConfirmationRepository extends EntityRepository<SetupConfirmationEntity> {
  constructor(@InjectRepository(SetupConfirmationEntity) rows: Repository<SetupConfirmationEntity>) {
    super(rows);
  }

  all(): Promise<SetupConfirmationEntity[]> {
    return this.of().find();
  }

  /** The latest counts. */
  async write(confirmation: SetupConfirmationEntity, tx: EntityManager): Promise<void> {
    if (await this.insertNew(confirmation, tx)) return;
    await this.of(tx).update({ step: confirmation.step }, confirmation);
  }
}
