import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationSchema } from './configuration-schema';

it('the schema in the guide is the one that the command prints', async () => {
  const committed = readFileSync(join(__dirname, '../../../../../docs/guide/gate.schema.json'), 'utf8');
  expect(JSON.parse(JSON.stringify(await configurationSchema()))).toEqual(JSON.parse(committed));
});
