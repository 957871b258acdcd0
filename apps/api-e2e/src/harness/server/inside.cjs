/**
 * Loaded into the built server before its own code, so that a test can move its clock, list its routes and its loaded
 * packages, and read what processor time it took and what statements a request made, while everything else is what
 * production runs.
 */
const { AsyncLocalStorage } = require('node:async_hooks');
const { subscribe } = require('node:diagnostics_channel');

const { TEST_AHEAD_MS, TEST_TURN_MS } = process.env;
const machineNow = Date.now;
// Negative where a test goes back to the day of its data.
let ahead = Number(TEST_AHEAD_MS ?? 0);
Date.now = () => machineNow() + ahead;

// Tests that wait for what the server does by itself, such as mails that no request awaits, need not wait for long.
if (TEST_TURN_MS) {
  const machineInterval = setInterval;
  globalThis.setInterval = (work, ms, ...rest) =>
    machineInterval(work, Math.min(ms, Number(TEST_TURN_MS)), ...rest);
}

const routes = [];
/** The texts that the latest request sent to MariaDB, without their values. */
let latest = [];
const asking = new AsyncLocalStorage();
for (const way of ['query', 'execute'])
  subscribe(`tracing:mysql2:${way}:start`, ({ query }) => asking.getStore()?.push(query));

subscribe('fastify.initialization', ({ fastify }) => {
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, url });
  });
  fastify.addHook('onRequest', (_request, _reply, done) => asking.run((latest = []), done));
});

/** The names of the packages of `node_modules` that were loaded so far. */
function packages() {
  const names = Object.keys(require.cache).map((file) => /.*node_modules.((@[^/]+.)?[^/]+)/.exec(file)?.[1]);
  return [...new Set(names)];
}

process.on('message', ({ id, advance }) => {
  ahead += advance ?? 0;
  const { user, system } = process.cpuUsage();
  const processorMs = (user + system) / 1_000;
  process.send({ id, routes, packages: packages(), statements: latest, processorMs });
});
// A server whose test was interrupted does not outlive it.
process.once('disconnect', () => process.exit(1));
process.channel?.unref();
