import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ExpiringRepository } from '../expiring.repository';
import { LogoutTokenEntity } from './logout-token.entity';

/** The table `pscLogout`: logout tokens that were taken. */
@Injectable()
export class LogoutTokenRepository extends ExpiringRepository<LogoutTokenEntity> {
  constructor(@InjectRepository(LogoutTokenEntity) rows: Repository<LogoutTokenEntity>) {
    super(rows);
  }

  /** Records that the token is used, and commits at once: the unique key lets only one caller do so. */
  insert(token: LogoutTokenEntity): Promise<boolean> {
    return this.insertNew(token);
  }

  async remove(id: string): Promise<void> {
    await this.of().delete({ id });
  }

  namesSession(sid: string): Promise<boolean> {
    return this.of().existsBy({ sid });
  }
}
