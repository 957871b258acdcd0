import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../data-source';
import { renewAuthorities } from '../mysql/server.data-source';
import type { PersistenceOptions } from '../persistence.options';

/** A read-only replica of the database. It is opened at the first read: the service starts without it. */
@Injectable()
export class Replica implements OnApplicationShutdown {
  #opening?: Promise<DataSource>;

  constructor(private options: PersistenceOptions) {}

  /** Returns the replica. @throws AppError `service.busy` when it does not answer */
  open(): Promise<DataSource> {
    this.#opening ??= openDataSource(this.options).catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  /** Sets the authorities (`ca`, PEM) for new connections. */
  async renew(ca: string): Promise<void> {
    this.options = { ...this.options, tls: { mode: 'verify', ca } };
    const source = await this.#opened();
    if (source) renewAuthorities(source, ca);
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.#opened())?.destroy();
  }

  async #opened(): Promise<DataSource | undefined> {
    return this.#opening?.catch(() => undefined);
  }
}
