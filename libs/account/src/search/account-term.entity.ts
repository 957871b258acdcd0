import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `accountTerm`: every beginning that an account is found by, each a range of an index. */
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
