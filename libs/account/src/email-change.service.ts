import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock } from '@portillon/kernel';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, LessThan, Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `emailChange`: an address that an account holder asked for and has not proved yet. */
@Entity('emailChange')
@Index('emailChangeExpiry', ['expiresAt'])
@Index('emailChangeOfAccount', ['accountId'])
export class EmailChangeEntity {
  /** The challenge whose code was sent to the address. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  proofId!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  @Column({ type: 'varchar', length: 254 })
  email!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}

/** The table `emailChange`. */
@Injectable()
export class EmailChangeRepository extends EntityRepository<EmailChangeEntity> {
  constructor(@InjectRepository(EmailChangeEntity) rows: Repository<EmailChangeEntity>) {
    super(rows);
  }

  async insert(change: EmailChangeEntity, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(change);
  }

  find(proofId: string, accountId: string, tx: EntityManager): Promise<EmailChangeEntity | null> {
    return this.of(tx).findOneBy({ proofId, accountId });
  }

  /** Deletes a proposal. Returns whether it was there: `true` for one concurrent caller. */
  async delete(proofId: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).delete({ proofId }));
  }

  async deleteOf(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  /** Deletes at most `batch` expired proposals. Returns how many. */
  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThan(now) }, { expiresAt: 'ASC' }, batch);
  }
}

/** A new address of a person, and the code that must prove it. */
export interface EmailProposal {
  /** The challenge whose code was sent to the address: that code proves this address and no other. */
  proofId: string;
  accountId: string;
  email: string;
  expiresAt: Date;
}

/** Mail addresses that were requested and not proved. */
@Injectable()
export class EmailChangeService {
  constructor(
    private readonly changes: EmailChangeRepository,
    private readonly clock: Clock,
  ) {}

  async propose({ proofId, accountId, email, expiresAt }: EmailProposal, tx: EntityManager): Promise<void> {
    await this.changes.insert({ proofId, accountId, email, expiresAt }, tx);
  }

  /** Returns the address of this proof, once: one of several concurrent callers gets it. */
  async take(proofId: string, accountId: string, tx: EntityManager): Promise<string | undefined> {
    const change = await this.changes.find(proofId, accountId, tx);
    return change && (await this.changes.delete(proofId, tx)) ? change.email : undefined;
  }

  /** Deletes at most `batch` whose code has expired. Returns how many. */
  purge(batch: number): Promise<number> {
    return this.changes.deleteExpired(this.clock.now(), batch);
  }
}
