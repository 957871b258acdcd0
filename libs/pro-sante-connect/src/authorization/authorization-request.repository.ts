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

  /** Writes down that it is used, committed at once: the key lets one caller do so. */
  use(request: AuthorizationRequestEntity): Promise<boolean> {
    return this.insertNew(request);
  }
}
