/**
 * Starts the application as a separate process:
 *
 * `node tools/orientation/main.mjs --issuer http://localhost:3000 --registration data/orientation.json`.
 *
 * It writes its address as one line of JSON once it listens. It ends with a parent that holds a channel to it.
 */
import { parseArgs } from 'node:util';
import { startOrientation } from './application.mjs';

const { values } = parseArgs({
  options: {
    issuer: { type: 'string', default: 'http://localhost:3000' },
    // Written by the gate's demo, with this application's id and secret.
    registration: { type: 'string', default: 'data/orientation.json' },
    port: { type: 'string', default: '0' },
  },
});

process.once('disconnect', () => process.exit(0));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, () => process.exit(0));

const { url } = await startOrientation({ ...values, port: Number(values.port) });
console.log(JSON.stringify({ url }));
