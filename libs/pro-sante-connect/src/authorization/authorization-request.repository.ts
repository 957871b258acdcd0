import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ExpiringRepository } from '../expiring.repository';

/** The table `pscRequest`: sign-ins that came back from PSC, so that none is taken back twice. */
@Entity('pscRequest')
@Index('pscRequestByExpiry', ['expiresAt'])
export class AuthorizationRequestEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}

/** The table `pscRequest`: authorization requests that came back. */
@Injectable()
export class AuthorizationRequestRepository extends ExpiringRepository<AuthorizationRequestEntity> {
  constructor(@InjectRepository(AuthorizationRequestEntity) rows: Repository<AuthorizationRequestEntity>) {
    super(rows);
  }

  /** Records that the request is used, and commits at once: the unique key lets only one caller do so. */
  use(request: AuthorizationRequestEntity): Promise<boolean> {
    return this.insertNew(request);
  }
}
