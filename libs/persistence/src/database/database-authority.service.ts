import { Injectable, Optional } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { renewAuthorities } from '../mysql/server.data-source';
import { Replica } from '../replica/replica.service';

/** Renews the certificate authorities for the connections to the database server and its replica. */
@Injectable()
export class DatabaseAuthorityService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Optional() private readonly replica?: Replica,
  ) {}

  /** Sets the authorities (`ca`, PEM) for new connections; open ones are not affected. */
  renew(ca: string): void {
    renewAuthorities(this.dataSource, ca);
    void this.replica?.renew(ca);
  }
}
