import { Injectable } from '@nestjs/common';
import { collationFault, schemaFaults } from './schema.policy';
import { SchemaRepository } from './schema.repository';

/** Compares the tables with the entities, regardless of the list of migrations. */
@Injectable()
export class SchemaService {
  constructor(private readonly schema: SchemaRepository) {}

  /** Returns what is wrong with the collation of new tables; nothing when it is right. Ask before a migration. */
  async collationFault(): Promise<string | undefined> {
    return collationFault(await this.schema.collation());
  }

  /** Returns missing or different parts as phrases; empty when this version can work. */
  async faults(): Promise<string[]> {
    return schemaFaults(this.schema.expected(), await this.schema.found());
  }
}
