import { Injectable, Optional } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { renewAuthorities } from '../mysql/server.data-source';
import { Replica } from '../replica/replica.service';

/** The authorities that the certificates of the database server and of its replica are believed by. */
@Injectable()
export class DatabaseAuthorityService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Optional() private readonly replica?: Replica,
  ) {}

  /** `ca`: PEM. For every connection from the next one on; those that are there keep what they began with. */
  renew(ca: string): void {
    renewAuthorities(this.dataSource, ca);
    void this.replica?.renew(ca);
  }
}
