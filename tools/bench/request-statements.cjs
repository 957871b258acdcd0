/**
 * Loaded into the built server by the row of counts: writes each statement that a request asks of MariaDB to the file of
 * `STATEMENTS_FILE`, a line each. What the clock has the server do meanwhile belongs to no request.
 */
const { AsyncLocalStorage } = require('node:async_hooks');
const { subscribe } = require('node:diagnostics_channel');
const { appendFileSync } = require('node:fs');

const inRequest = new AsyncLocalStorage();
const oneLine = (sql) => `${sql.replace(/\s+/g, ' ').trim()}\n`;

for (const way of ['query', 'execute'])
  subscribe(`tracing:mysql2:${way}:start`, ({ query }) => {
    if (inRequest.getStore()) appendFileSync(process.env.STATEMENTS_FILE, oneLine(query));
  });

subscribe('fastify.initialization', ({ fastify }) =>
  fastify.addHook('onRequest', (_request, _reply, done) => inRequest.run(true, done)),
);
