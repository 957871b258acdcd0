import './workspace/node-version.mjs';
import { build } from './build.mjs';
import { writeOpenapi } from './checks/openapi.mjs';
import { step } from './workspace/progress.mjs';

await build(['api']);
await step('Writing apps/api/openapi.json and docs/guide/gate.schema.json', writeOpenapi);
