// Loaded before the server (`node --require`) when its inside is wanted: profiles or weighs it when asked by IPC.
const { Session } = require('node:inspector');

const session = new Session();
session.connect();
const post = (method, params) =>
  new Promise((resolve, reject) =>
    session.post(method, params, (error, result) => (error ? reject(error) : resolve(result))),
  );

const ACTS = {
  async 'profile-start'({ intervalMicroseconds }) {
    await post('Profiler.enable');
    await post('Profiler.setSamplingInterval', { interval: intervalMicroseconds });
    await post('Profiler.start');
  },
  'profile-stop': async () => (await post('Profiler.stop')).profile,
  // Twice: what the first collection finalises, the second gives back.
  async heap() {
    globalThis.gc();
    await new Promise(setImmediate);
    globalThis.gc();
    return process.memoryUsage();
  },
};

process.on('message', async ({ act, ...params }) => process.send({ act, result: await ACTS[act](params) }));
process.channel.unref();
