import { stringList } from '@portillon/persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

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
