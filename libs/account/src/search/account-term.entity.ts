import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `accountTerm`: search terms of accounts; a beginning is a range of its index. */
@Entity('accountTerm')
@Index('accountTermTerm', ['term', 'accountId'])
@Index('accountTermStructure', ['structureId', 'term', 'accountId'])
export class AccountTermEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  @PrimaryColumn({ type: 'varchar', length: 48 })
  term!: string;

  /** The account's structure, so that one structure's people are one range of the index. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  structureId!: string | null;
}
