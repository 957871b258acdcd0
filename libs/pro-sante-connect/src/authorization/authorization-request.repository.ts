import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AuthorizationRequestEntity } from './authorization-request.entity';
import { ExpiringRepository } from '../expiring.repository';

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
