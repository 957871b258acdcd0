/**
 * Starts the provider as a separate process: `node tools/psc-provider/main.mjs --public-url http://localhost:3000`.
 *
 * It writes one line of JSON once it listens. A parent that holds a channel to it may change its behaviour; it ends
 * with the parent.
 */
import { parseArgs } from 'node:util';

// The library warns about settings unfit for production; this provider is for demos and tests.
console.warn = console.info = () => undefined;

const { values } = parseArgs({
  options: {
    'public-url': { type: 'string', default: 'http://localhost:3000' },
    'client-id': { type: 'string', default: 'portillon' },
    'client-secret': { type: 'string', default: 'secret-of-the-demo-and-of-nothing-else' },
    port: { type: 'string', default: '0' },
    'wallet-port': { type: 'string', default: '0' },
    // Actual address of the service, if the public name does not resolve from here.
    backend: { type: 'string' },
    // A folder of tools/test-authority: TLS, and a certificate of the service instead of its secret.
    tls: { type: 'string' },
  },
});

const { startProvider } = await import('./provider.mjs');
const provider = await startProvider({
  publicUrl: values['public-url'],
  clientId: values['client-id'],
  clientSecret: values['client-secret'],
  port: Number(values.port),
  walletPort: Number(values['wallet-port']),
  tls: values.tls,
});
const { state, issuer, walletOrigin, discoveryUrl } = provider;
state.signer.clientId = values['client-id'];
state.backend = values.backend ?? null;

const ACTS = {
  mood: (mood) => void (state.mood = mood),
  person: (person) => void state.people.push(person),
  backend: (url) => void (state.backend = url),
  asked: (name) => state.asked[name] ?? 0,
  rotate: () => state.signer.rotate(),
  sign: ({ claims, ...mood }) => state.signer.sign(claims, mood),
};

process.on('message', async ({ id, act, value }) => process.send({ id, value: await ACTS[act](value) }));
process.once('disconnect', () => process.exit(0));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, () => process.exit(0));

const ready = {
  issuer,
  walletOrigin,
  discoveryUrl,
  clientId: values['client-id'],
  clientSecret: values['client-secret'],
};
console.log(JSON.stringify(ready));
