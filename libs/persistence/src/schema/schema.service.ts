import { Injectable } from '@nestjs/common';
import { schemaFaults } from './schema.policy';
import { SchemaRepository } from './schema.repository';

/** Whether the tables are those that the code expects, whatever the list of migrations says. */
@Injectable()
export class SchemaService {
  constructor(private readonly schema: SchemaRepository) {}

  /** What is missing, or other than expected, a phrase each; empty when this version can work. */
  async faults(): Promise<string[]> {
    return schemaFaults(this.schema.expected(), await this.schema.found());
  }
}
