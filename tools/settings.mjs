// Writes docs/guide/settings.md. Run it after changing a setting or .env.example.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFERENCE, settingsReference, settingSources } from './checks/settings-reference.mjs';
import { ROOT } from './workspace/command.mjs';

const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
writeFileSync(REFERENCE, settingsReference(example, settingSources()));
