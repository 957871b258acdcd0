import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { GuardEntity, GuardRepository } from '@portillon/persistence';
import { Entity, Repository } from 'typeorm';

/** The table `accountGuard`. */
@Entity('accountGuard')
export class AccountGuardEntity extends GuardEntity {}

/** The table `accountGuard`. */
@Injectable()
export class AccountGuardRepository extends GuardRepository {
  constructor(@InjectRepository(AccountGuardEntity) rows: Repository<AccountGuardEntity>) {
    super(rows);
  }
}
