/** Loaded into the built server before its own code, so that a test can move its clock. */
const { subscribe } = require('node:diagnostics_channel');

const machineNow = Date.now;
let ahead = Number(process.env.TEST_CLOCK_AHEAD);
Date.now = () => machineNow() + ahead;

// Node writes this header by the machine's clock; the pages take the server's time from it.
subscribe('fastify.initialization', ({ fastify }) => {
  fastify.addHook('onSend', async (_request, reply) => {
    reply.header('date', new Date(Date.now()).toUTCString());
  });
});

process.on('message', (advance) => {
  ahead += advance;
  process.send(ahead);
});
// A server whose test was interrupted does not outlive it.
process.once('disconnect', () => process.exit(1));
process.channel?.unref();
