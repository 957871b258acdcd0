import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { renewAuthorities } from './mysql/server.data-source';

/** The authorities that the certificate of the database server is believed by. */
@Injectable()
export class DatabaseAuthorityService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** `ca`: PEM. For every connection from the next one on; those that are there keep what they began with. */
  renew(ca: string): void {
    renewAuthorities(this.dataSource, ca);
  }
}
